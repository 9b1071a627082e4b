import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { newId, newSecret, sha256 } from '../../platform/ids.js';
import { DomainError, notFound, type Refused } from '../../platform/outcome.js';
import {
  SIDE_OF_ROLE,
  type Actor,
  type ActorSnapshot,
  type Invitation,
  type NewMembership,
  type Owner,
  type Role,
} from './accounts.model.js';
import type { FormalRecord, Organisations } from './accounts.ports.js';
import { alreadyMember, inputFaulty } from './accounts.refusals.js';
import { emailFaults, nameFaults, normaliseEmail } from './email.rules.js';
import { inviterOf } from './invite.rules.js';
import { ownerColumns, type LinksStore } from './links.store.js';
import { huvudmenWhere, may, providersOf, snapshot } from './may.rules.js';
import type { UsersStore } from './users.store.js';

const INVITATION_DAYS = 7;

/** What the inviter filled in. Organisations left out are the inviter's own, when there is only one it could be. */
export interface InviteInput {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly huvudmanId?: string | null;
  readonly providerId?: string | null;
  readonly unitId?: string | null;
}

/** The link is shown once, to the inviter, who hands it over; only its hash is kept. */
export interface Invited {
  readonly invitation: Invitation;
  readonly link: string;
}

interface Target {
  readonly membership: NewMembership;
  readonly owner: Owner;
  readonly by: ActorSnapshot;
  readonly invitedBy: string | null;
}

/** Inviting people to roles. */
export class InvitationsService {
  constructor(
    private readonly db: Database,
    private readonly users: UsersStore,
    private readonly links: LinksStore,
    private readonly organisations: Organisations,
    private readonly record: FormalRecord,
    private readonly clock: Clock,
    private readonly linkTo: (path: string) => string,
  ) {}

  /**
   * Invites someone: an administrator to the own huvudman's roles, or as verksamhetschef of a provider that has a contract with it; a
   * verksamhetschef to the own provider's other roles. Never says whether the address has an account.
   * @throws DomainError NOT_FOUND when the role or the organisation isn't the actor's to invite to; BAD_INPUT when they don't go together
   */
  async invite(actor: Actor, input: InviteInput): Promise<Invited | Refused> {
    const target = inviterOf(input.role) === 'HUVUDMAN' ? await this.fromHuvudman(actor, input) : await this.fromProvider(actor, input);
    return this.issue(target, input);
  }

  /** For the admin command: the person who will invite everyone else at a new huvudman. */
  async inviteFirstAdministrator(
    huvudman: { id: string; name: string },
    person: { email: string; name: string },
  ): Promise<Invited | Refused> {
    const role = 'ADMINISTRATOR';
    const by = { userId: '', name: 'Driften (admin-kommandot)', role, organisation: huvudman.name, side: SIDE_OF_ROLE[role] } as const;
    const membership = { role, organisation: huvudman.name, huvudmanId: huvudman.id } as const;
    return this.issue({ membership, owner: { huvudmanId: huvudman.id }, by, invitedBy: null }, person);
  }

  private async fromHuvudman(actor: Actor, { role, huvudmanId, providerId, unitId }: InviteInput): Promise<Target> {
    if (unitId || (role === 'VERKSAMHETSCHEF') !== Boolean(providerId)) throw mismatched();
    const own = huvudmenWhere(actor, 'users.manage').filter((id) => !huvudmanId || id === huvudmanId);
    for (const id of own) {
      const by = may(actor, 'users.manage', { huvudmanId: id });
      if (!by || (providerId && !(await this.organisations.providerServes(providerId, id)))) continue;
      if (!providerId && own.length > 1) throw mismatched();
      const organisation = await (providerId ? this.organisations.providerName(providerId) : this.organisations.huvudmanName(id));
      if (organisation === null) continue;
      const place = providerId ? { providerId, byHuvudmanId: id, withinHuvudmanId: id } : { huvudmanId: id };
      const membership = { role, organisation, ...place };
      return { membership, owner: { huvudmanId: id }, by: snapshot(actor, by), invitedBy: actor.userId };
    }
    throw notFound();
  }

  /** `unitId` isn't looked up: it only ever narrows what the member reaches inside this provider. */
  private async fromProvider(actor: Actor, { role, huvudmanId, providerId, unitId }: InviteInput): Promise<Target> {
    if (huvudmanId) throw mismatched();
    const own = providersOf(actor).filter((id) => may(actor, 'users.manage', { huvudmanId: null, providerId: id }));
    const [id, another] = own.filter((candidate) => !providerId || candidate === providerId);
    const by = id === undefined ? null : may(actor, 'users.manage', { huvudmanId: null, providerId: id });
    const organisation = id === undefined ? null : await this.organisations.providerName(id);
    if (id === undefined || !by || organisation === null) throw notFound();
    if (another !== undefined) throw mismatched();
    const membership = { role, organisation, providerId: id, unitId: unitId ?? null, withinHuvudmanId: by.withinHuvudmanId ?? null };
    return { membership, owner: { providerId: id }, by: snapshot(actor, by), invitedBy: actor.userId };
  }

  private async issue(target: Target, person: { email: string; name: string }): Promise<Invited | Refused> {
    const email = normaliseEmail(person.email);
    const name = person.name.trim();
    const faults = [...emailFaults(email), ...nameFaults(name)];
    if (faults.length > 0) return inputFaulty(faults);
    return this.db.tx(async () => {
      if (await this.holds(email, target.membership)) return alreadyMember();
      const { membership, owner } = target;
      const { role, organisation, huvudmanId = null, providerId = null, unitId = null, withinHuvudmanId = null } = membership;
      const now = this.clock.now();
      const expiresAt = new Date(now.getTime() + INVITATION_DAYS * 86_400_000);
      const token = newSecret();
      const id = newId();
      // One open link per person and place: the newest.
      await this.links.replaceInvitations(owner, { email, role, providerId, unitId }, now);
      await this.links.insertInvitation({
        ...{
          id,
          tokenHash: sha256(token),
          email,
          name,
          role,
          organisation,
          huvudmanId,
          providerId,
          unitId,
          withinHuvudmanId,
          ...ownerColumns(owner),
        },
        ...{ invitedBy: target.invitedBy, createdAt: now, expiresAt, closedAt: null },
      });
      await this.record.record({
        ...owner,
        ...{ by: target.by, act: 'user.invite', subjectType: 'invitation', subjectId: id },
        ...{ summary: `Inbjudan: ${role}, ${organisation}`, details: { email, name, role, organisation, huvudmanId, providerId, unitId } },
      });
      return { invitation: { id, email, role, organisation, expiresAt }, link: this.linkTo(`/inbjudan/${token}`) };
    });
  }

  private async holds(email: string, wanted: NewMembership): Promise<boolean> {
    const user = await this.users.byEmail(email);
    if (!user?.active) return false;
    const { role, huvudmanId = null, providerId = null, unitId = null, byHuvudmanId = null } = wanted;
    return (await this.users.membershipsOf(user.id)).some(
      (held) =>
        held.role === role &&
        held.huvudmanId === huvudmanId &&
        held.providerId === providerId &&
        held.unitId === unitId &&
        held.byHuvudmanId === byHuvudmanId,
    );
  }
}

const mismatched = (): DomainError => new DomainError('BAD_INPUT', 'Ange den organisation som rollen hör till, och ingen annan.');
