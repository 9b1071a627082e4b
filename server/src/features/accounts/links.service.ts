import type { Clock } from '../../platform/clock.js';
import { isDuplicate, type Database } from '../../platform/database.js';
import { sha256 } from '../../platform/ids.js';
import { Refused } from '../../platform/outcome.js';
import type { InvitationRow, UserRow } from './accounts.entity.js';
import { SIDE_OF_ROLE } from './accounts.model.js';
import type { FormalRecord } from './accounts.ports.js';
import { accountExists, inputFaulty, linkInvalid } from './accounts.refusals.js';
import { nameFaults } from './email.rules.js';
import { ownerOfLink, type LinksStore } from './links.store.js';
import { passwordFaults } from './password.rules.js';
import type { PasswordHasher } from './passwordHash.js';
import type { SessionsService } from './sessions.service.js';
import type { Caller, Proved, SignedIn, SignInService } from './signIn.service.js';
import type { UsersStore } from './users.store.js';

/** What someone with an invitation's link may know before there is an account. */
export type InvitationPreview = Pick<InvitationRow, 'email' | 'organisation' | 'role' | 'expiresAt'>;

/** Coming in by a link: an invitation, or a new password. */
export class LinksService {
  constructor(
    private readonly db: Database,
    private readonly users: UsersStore,
    private readonly links: LinksStore,
    private readonly sessions: SessionsService,
    private readonly signIn: SignInService,
    private readonly hasher: PasswordHasher,
    private readonly record: FormalRecord,
    private readonly clock: Clock,
  ) {}

  /** null: unknown, expired, used or revoked. */
  preview(token: string): Promise<InvitationPreview | null> {
    return this.links.openInvitation(sha256(token), this.clock.now());
  }

  /**
   * Takes up an invitation. An address without an account gets one. An address with one proves it by that account's password: whoever holds
   * the link (the inviter does) must not get into it. A closed account opens again, with a new password and nothing but the new membership.
   */
  async acceptInvitation(given: { token: string; name: string; password: string }, caller: Caller): Promise<SignedIn | Refused> {
    const invitation = await this.links.openInvitation(sha256(given.token), this.clock.now());
    if (!invitation) return linkInvalid();
    const existing = await this.users.byEmail(invitation.email);
    const holder = existing?.active
      ? await this.signIn.prove(invitation.email, given.password, caller)
      : await this.chosenAccount(invitation, existing, given, caller);
    if (holder instanceof Refused) return holder.code === 'WRONG_CREDENTIALS' ? accountExists() : holder;
    try {
      return await this.db.tx(() => this.join(invitation, holder, caller));
    } catch (error) {
      // Two invitations to one address, taken up at the same moment: the other made the account.
      if (isDuplicate(error)) return accountExists();
      throw error;
    }
  }

  /** Sets a new password by a link from someone who manages the account. Every other session of it ends. */
  async resetPassword(given: { token: string; password: string }, caller: Caller): Promise<SignedIn | Refused> {
    const reset = await this.links.openReset(sha256(given.token), this.clock.now());
    const user = reset && (await this.users.byId(reset.userId));
    if (!reset || !user?.active) return linkInvalid();
    const faults = passwordFaults(given.password, user.email);
    if (faults.length > 0) return inputFaulty(faults);
    const passwordHash = await this.hashed(given.password, caller);
    if (passwordHash instanceof Refused) return passwordHash;
    return this.db.tx(async () => {
      const [membership] = await this.users.membershipsOf(user.id);
      if (!membership || !(await this.links.useReset(reset.id, this.clock.now()))) return linkInvalid();
      await this.users.change(user.id, { passwordHash });
      await this.sessions.endAllOf(user.id);
      const { role, organisation, side } = membership;
      await this.record.record({
        ...ownerOfLink(reset),
        ...{ by: { userId: user.id, name: user.name, role, organisation, side }, act: 'user.resetPassword' },
        ...{ subjectType: 'user', subjectId: user.id, summary: 'Nytt lösenord valt med länk', details: {} },
      });
      return this.signIn.enter({ id: user.id, name: user.name, passwordHash }, caller);
    });
  }

  /** An account that isn't open yet, with what its holder chose: new (no id), or closed before. */
  private async chosenAccount(
    invitation: InvitationRow,
    closed: UserRow | null,
    given: { name: string; password: string },
    caller: Caller,
  ): Promise<NewAccount | Refused> {
    const faults = [...nameFaults(given.name), ...passwordFaults(given.password, invitation.email)];
    if (faults.length > 0) return inputFaulty(faults);
    const passwordHash = await this.hashed(given.password, caller);
    return passwordHash instanceof Refused ? passwordHash : { closedId: closed?.id ?? null, name: given.name.trim(), passwordHash };
  }

  private async hashed(password: string, caller: Caller): Promise<string | Refused> {
    return (await this.signIn.admit(caller)) ?? this.hasher.hash(password);
  }

  private async join(invitation: InvitationRow, holder: Proved | NewAccount, caller: Caller): Promise<SignedIn | Refused> {
    const now = this.clock.now();
    // Before anything is written: what is returned as a refusal doesn't roll back.
    if ('id' in holder && !(await this.signIn.stands(holder))) return accountExists();
    if (!(await this.links.useInvitation(invitation.id, now))) return linkInvalid();
    const account = 'id' in holder ? holder : await this.opened(invitation, holder, now);
    // A password link made by someone who managed the whole account before must not reach what it becomes part of now.
    await this.links.revokeResets(account.id, now);
    const { role, organisation, huvudmanId, providerId, unitId, withinHuvudmanId } = invitation;
    const side = SIDE_OF_ROLE[role];
    const byHuvudmanId = side === 'PROVIDER' ? invitation.byHuvudmanId : null;
    await this.users.addMembership(account.id, { role, organisation, huvudmanId, providerId, unitId, byHuvudmanId, withinHuvudmanId }, now);
    await this.record.record({
      ...ownerOfLink(invitation),
      ...{ by: { userId: account.id, name: account.name, role, organisation, side }, act: 'user.acceptInvitation' },
      ...{ subjectType: 'user', subjectId: account.id, summary: `Inbjudan antagen: ${role}, ${organisation}` },
      details: { invitationId: invitation.id, email: invitation.email },
    });
    return this.signIn.enter(account, caller);
  }

  private async opened(invitation: InvitationRow, { closedId, name, passwordHash }: NewAccount, now: Date): Promise<Proved> {
    const invitedAt = invitation.createdAt;
    if (closedId !== null) {
      await this.users.change(closedId, { active: true, name, passwordHash, invitedAt });
      return { id: closedId, name, passwordHash };
    }
    const id = await this.users.insert({ email: invitation.email, name, passwordHash, createdAt: now, invitedAt, demoKey: null });
    return { id, name, passwordHash };
  }
}

interface NewAccount {
  readonly closedId: string | null;
  readonly name: string;
  readonly passwordHash: string;
}
