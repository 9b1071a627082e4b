import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { DomainError, type Refused } from '../../platform/outcome.js';
import type { UserRow } from './accounts.entity.js';
import { SIDE_OF_ROLE, type Actor, type Capability, type NewMembership, type Owner, type Role, type Side } from './accounts.model.js';
import { normaliseEmail } from './email.rules.js';
import type { InvitationsService, Invited } from './invitations.service.js';
import { capabilities } from './may.rules.js';
import type { SessionsService } from './sessions.service.js';
import { plainMembership, type UsersStore } from './users.store.js';

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly memberships: Actor['memberships'];
  readonly capabilities: readonly Capability[];
}

export interface DemoAccount {
  readonly key: string;
  readonly name: string;
  readonly role: Role;
  readonly side: Side;
  readonly organisation: string;
}

/** How to reach somebody. */
export interface Contact {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

/** An account made without an invitation: seeding. It has no password, so only a demo button or a password link opens it. */
export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly demoKey?: string;
  readonly memberships: readonly NewMembership[];
}

/** Who people are. The front that transport, seeding and the admin command use. */
export class AccountsService {
  constructor(
    private readonly db: Database,
    private readonly users: UsersStore,
    private readonly sessions: SessionsService,
    private readonly invitations: InvitationsService,
    private readonly clock: Clock,
    private readonly demo: boolean,
  ) {}

  /** Who the session cookie's secret belongs to, as of now; null: nobody, or no longer. */
  actorOf(token: string | null): Promise<Actor | null> {
    return this.sessions.actorOf(token);
  }

  /** Ends the session; sockets hear of it on the topic `session:<sessionId>`. Fine when there is none. */
  signOut(token: string | null): Promise<void> {
    return this.sessions.end(token);
  }

  /** @throws DomainError UNAUTHENTICATED when the account is gone */
  async me(actor: Actor): Promise<Me> {
    const user = await this.users.byId(actor.userId);
    if (!user) throw new DomainError('UNAUTHENTICATED', 'Du behöver logga in.');
    return { id: user.id, name: user.name, email: user.email, memberships: actor.memberships, capabilities: capabilities(actor) };
  }

  /** The demo's buttons; none outside demo mode. */
  async demoAccounts(): Promise<DemoAccount[]> {
    if (!this.demo) return [];
    const rows = await this.users.withDemoKey();
    const memberships = Map.groupBy(await this.users.membershipsOfAll(rows.map((row) => row.id)), (membership) => membership.userId);
    return rows.flatMap(({ id, name, demoKey }) => {
      const [first] = memberships.get(id) ?? [];
      return first && demoKey !== null
        ? [{ key: demoKey, name, role: first.role, side: first.side, organisation: first.organisation }]
        : [];
    });
  }

  /**
   * Makes an account with its memberships, for seeding, and answers with the actor it makes (no session). Not recorded as a formal act.
   * @throws a duplicate-key error when the address or the demo key has an account
   */
  createUserWithMembership({ email, name, demoKey, memberships }: NewUser): Promise<Actor> {
    return this.db.tx(async () => {
      const createdAt = this.clock.now();
      const row = { email: normaliseEmail(email), name, passwordHash: null, createdAt, invitedAt: null, demoKey: demoKey ?? null };
      const userId = await this.users.insert(row);
      for (const [index, membership] of memberships.entries()) {
        checkPlace(membership);
        // A millisecond apart: memberships are read in the order they were made, and the first is the one a demo button shows.
        await this.users.addMembership(userId, membership, new Date(createdAt.getTime() + index));
      }
      return { userId, name, sessionId: '', memberships: (await this.users.membershipsOf(userId)).map(plainMembership) };
    });
  }

  /** Who holds one of the roles there now, each person once. Asks nobody's rights: for notices. */
  async usersFor(place: Owner, roles: readonly Role[]): Promise<Contact[]> {
    return (await this.users.holders(place, roles)).map(contact);
  }

  /** Of these people, those whose account is open. */
  async contacts(userIds: readonly string[]): Promise<Contact[]> {
    return (await this.users.byIds(userIds)).filter((user) => user.active).map(contact);
  }

  /** The person with the memberships that hold now, without a session: for a feed that a secret address opens. null: no open account. */
  async actorOfUser(userId: string): Promise<Actor | null> {
    const user = await this.users.byId(userId);
    if (!user?.active) return null;
    return { userId, name: user.name, sessionId: '', memberships: (await this.users.membershipsOf(userId)).map(plainMembership) };
  }

  /** For the admin command: a link for the person who will invite everyone else at a new huvudman. Joins an open transaction. */
  inviteFirstAdministrator(huvudman: { id: string; name: string }, person: { email: string; name: string }): Promise<Invited | Refused> {
    return this.invitations.inviteFirstAdministrator(huvudman, person);
  }
}

const contact = ({ id, name, email }: Pick<UserRow, 'id' | 'name' | 'email'>): Contact => ({ userId: id, name, email });

/** A membership in the wrong kind of organisation would be a hole in every rule that trusts the role's side. */
function checkPlace({ role, huvudmanId, providerId }: NewMembership): void {
  const provider = SIDE_OF_ROLE[role] === 'PROVIDER';
  if (Boolean(providerId) !== provider || Boolean(huvudmanId) === provider)
    throw new Error(`${role} belongs to ${provider ? 'a provider' : 'a huvudman'}`);
}
