import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { newId, newSecret, sha256 } from '../../platform/ids.js';
import { notFound, type Refused } from '../../platform/outcome.js';
import type { UserRow } from './accounts.entity.js';
import type { Actor, Invitation, ManagedUser, Membership, Owner } from './accounts.model.js';
import type { FormalRecord } from './accounts.ports.js';
import { managedElsewhere, ownAccount } from './accounts.refusals.js';
import { manages, ownerOf, sees } from './invite.rules.js';
import { ownerColumns, type LinksStore } from './links.store.js';
import { huvudmenWhere, may, providerReach, providersOf, snapshot } from './may.rules.js';
import type { SessionsService } from './sessions.service.js';
import type { HeldMembership, UsersStore } from './users.store.js';

const RESET_HOURS = 24;

/** An act on somebody's memberships in one organisation: by which membership of the actor's, and which of theirs it is about. */
interface Part {
  readonly by: Membership;
  readonly owner: Owner;
  readonly memberships: HeldMembership[];
}

/** Looking after other people's accounts. Whoever isn't the actor's to manage doesn't exist for the actor (I7). */
export class UsersService {
  constructor(
    private readonly db: Database,
    private readonly users: UsersStore,
    private readonly links: LinksStore,
    private readonly sessions: SessionsService,
    private readonly record: FormalRecord,
    private readonly clock: Clock,
    private readonly linkTo: (path: string) => string,
  ) {}

  /**
   * The people the actor may see, by name; of one huvudman when it is named. Of each, only the memberships that are the actor's to see.
   * @throws DomainError NOT_FOUND when the actor manages nobody, or not that huvudman's
   */
  async list(actor: Actor, huvudmanId: string | null): Promise<ManagedUser[]> {
    const scope = scopeOf(actor, huvudmanId);
    const seen = (await this.users.membershipsIn(scope)).filter((membership) => sees(actor, membership));
    const byUser = Map.groupBy(seen, (membership) => membership.userId);
    const rows = await this.users.byIds([...byUser.keys()]);
    return rows.map((row) => managedUser(row, byUser.get(row.id) ?? [])).sort((a, b) => a.name.localeCompare(b.name, 'sv'));
  }

  /** Invitations that still can be taken up, on behalf of the organisations the actor manages. @throws DomainError NOT_FOUND */
  async invitations(actor: Actor): Promise<Invitation[]> {
    const { huvudmanIds, providerIds } = scopeOf(actor, null);
    const open = await this.links.openInvitations(huvudmanIds, providerIds, this.clock.now());
    return open.filter(
      ({ byProviderId, withinHuvudmanId }) =>
        byProviderId === null ||
        providerReach(actor).some(
          ({ providerId, huvudmanId }) => providerId === byProviderId && (huvudmanId === null || huvudmanId === withinHuvudmanId),
        ),
    );
  }

  /**
   * Makes a link by which the person chooses a new password, for the actor to hand over. Only for an account that is wholly the actor's to
   * manage, since who holds the link can get into all of it. Earlier links stop working.
   * @throws DomainError NOT_FOUND when the actor manages nothing of it
   */
  async requestPasswordReset(actor: Actor, userId: string): Promise<{ link: string; expiresAt: Date } | Refused> {
    return this.db.tx(async () => {
      const { user, parts, elsewhere } = await this.managed(actor, userId);
      const [first] = parts;
      if (!first) throw notFound();
      if (userId === actor.userId) return ownAccount();
      if (elsewhere.length > 0) return managedElsewhere();
      const token = newSecret();
      const now = this.clock.now();
      const expiresAt = new Date(now.getTime() + RESET_HOURS * 3_600_000);
      await this.links.revokeResets(user.id, now);
      const row = { id: newId(), tokenHash: sha256(token), userId: user.id, ...ownerColumns(first.owner), expiresAt, closedAt: null };
      await this.links.insertReset(row);
      for (const part of parts) await this.note(actor, part, user, 'user.requestPasswordReset', 'Länk för nytt lösenord skapad');
      return { link: this.linkTo(`/losenord/${token}`), expiresAt };
    });
  }

  /**
   * Ends those of the person's memberships that are the actor's to manage, and every session; closes the account when none is left.
   * What the person did before keeps the name it was done under.
   * @throws DomainError NOT_FOUND when the actor manages nothing of it
   */
  async deactivate(actor: Actor, userId: string): Promise<ManagedUser | Refused> {
    return this.db.tx(async () => {
      const { user, parts, elsewhere } = await this.managed(actor, userId);
      if (parts.length === 0) throw notFound();
      if (userId === actor.userId) return ownAccount();
      const now = this.clock.now();
      const ended = parts.flatMap((part) => part.memberships);
      await this.users.endMemberships(
        ended.map((membership) => membership.id),
        now,
      );
      if (elsewhere.length === 0) await this.users.change(user.id, { active: false });
      await this.links.revokeResets(user.id, now);
      await this.sessions.endAllOf(user.id);
      for (const part of parts) {
        await this.links.revokeInvitations(part.owner, { email: user.email }, now);
        await this.links.revokeInvitations(part.owner, { invitedBy: user.id }, now);
        await this.note(actor, part, user, 'user.deactivate', 'Behörighet avslutad');
      }
      return managedUser(
        user,
        ended.map((membership) => ({ ...membership, ended: true })),
      );
    });
  }

  private async managed(actor: Actor, userId: string): Promise<{ user: UserRow; parts: Part[]; elsewhere: HeldMembership[] }> {
    const user = await this.users.byId(userId);
    if (!user?.active) throw notFound();
    const parts = new Map<string, Part>();
    const elsewhere: HeldMembership[] = [];
    for (const membership of await this.users.membershipsOf(userId)) {
      const by = manages(actor, membership);
      if (!by) {
        elsewhere.push(membership);
        continue;
      }
      const owner = ownerOf(by);
      const key = JSON.stringify(owner);
      const part = parts.get(key) ?? { by, owner, memberships: [] };
      part.memberships.push(membership);
      parts.set(key, part);
    }
    return { user, parts: [...parts.values()], elsewhere };
  }

  /** Names and addresses go in the details, which a rule may erase; the summary stays for ever. */
  private async note(actor: Actor, part: Part, user: UserRow, act: string, what: string): Promise<void> {
    const roles = part.memberships.map(({ role, organisation }) => ({ role, organisation }));
    await this.record.record({
      ...part.owner,
      ...{ by: snapshot(actor, part.by), act, subjectType: 'user', subjectId: user.id },
      summary: `${what}: ${roles.map(({ role, organisation }) => `${role}, ${organisation}`).join('; ')}`,
      details: { name: user.name, email: user.email, memberships: roles },
    });
  }
}

/** Where the actor looks after people. */
function scopeOf(actor: Actor, huvudmanId: string | null): { huvudmanIds: string[]; providerIds: string[] } {
  const huvudmanIds = huvudmenWhere(actor, 'users.manage').filter((id) => huvudmanId === null || id === huvudmanId);
  const ownProviders = providersOf(actor).filter((providerId) => may(actor, 'users.manage', { huvudmanId: null, providerId }));
  const providerIds = huvudmanId === null ? ownProviders : [];
  if (huvudmanIds.length + providerIds.length === 0) throw notFound();
  return { huvudmanIds, providerIds };
}

/** Shows the memberships that hold, or when none does those that did, so that a former colleague still has a role in the list. */
function managedUser(user: UserRow, seen: readonly HeldMembership[]): ManagedUser {
  const holding = seen.filter((membership) => !membership.ended);
  const { id, name, email, createdAt, lastSignInAt, invitedAt } = user;
  const active = user.active && holding.length > 0;
  return { id, name, email, active, memberships: holding.length > 0 ? holding : seen, createdAt, lastSignInAt, invitedAt };
}
