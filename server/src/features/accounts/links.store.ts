import { In, IsNull, MoreThan } from 'typeorm';
import type { Database } from '../../platform/database.js';
import { InvitationRow, PasswordResetRow } from './accounts.entity.js';
import type { Owner } from './accounts.model.js';

/** The two columns that say whose affair a link is. */
export const ownerColumns = (owner: Owner): { byHuvudmanId: string | null; byProviderId: string | null } => ({
  byHuvudmanId: 'huvudmanId' in owner ? owner.huvudmanId : null,
  byProviderId: 'providerId' in owner ? owner.providerId : null,
});

const ownerWhere = (owner: Owner): { byHuvudmanId: string } | { byProviderId: string } =>
  'huvudmanId' in owner ? { byHuvudmanId: owner.huvudmanId } : { byProviderId: owner.providerId };

/** Whose affair a stored link is. */
export function ownerOfLink(link: { byHuvudmanId: string | null; byProviderId: string | null }): Owner {
  if (link.byHuvudmanId !== null) return { huvudmanId: link.byHuvudmanId };
  if (link.byProviderId !== null) return { providerId: link.byProviderId };
  throw new Error('A link belongs to a huvudman or to a provider');
}

/** Invitations and password links. Both are used at most once; only the hash of the secret in the link is stored. */
export class LinksStore {
  constructor(private readonly db: Database) {}

  async insertInvitation(invitation: InvitationRow): Promise<void> {
    await this.invitations.insert(invitation);
  }

  /** null: unknown, expired, used or revoked. Nobody is told which. */
  openInvitation(tokenHash: string, now: Date): Promise<InvitationRow | null> {
    return this.invitations.findOneBy({ tokenHash, ...open(now) });
  }

  /** On behalf of any of these, newest first. */
  openInvitations(huvudmanIds: readonly string[], providerIds: readonly string[], now: Date): Promise<InvitationRow[]> {
    const where = [
      { byHuvudmanId: In([...huvudmanIds]), ...open(now) },
      { byProviderId: In([...providerIds]), ...open(now) },
    ];
    return this.invitations.find({ where, order: { createdAt: 'DESC', id: 'ASC' } });
  }

  /** Closes the invitation. False: somebody else just did, so its link is used up. */
  async useInvitation(id: string, now: Date): Promise<boolean> {
    return (await this.invitations.update({ id, closedAt: IsNull() }, { closedAt: now })).affected === 1;
  }

  /** Revokes what is open on the owner's behalf to that address, or by that person. */
  async revokeInvitations(owner: Owner, which: { email: string } | { invitedBy: string }, now: Date): Promise<void> {
    await this.invitations.update({ ...ownerWhere(owner), ...which, closedAt: IsNull() }, { closedAt: now });
  }

  /** Revokes what is open on the owner's behalf to that address for the same place, before a new one. */
  async replaceInvitations(owner: Owner, place: Pick<InvitationRow, 'email' | 'role' | 'providerId' | 'unitId'>, now: Date): Promise<void> {
    const { email, role, providerId, unitId } = place;
    const same = { email, role, providerId: providerId ?? IsNull(), unitId: unitId ?? IsNull() };
    await this.invitations.update({ ...ownerWhere(owner), ...same, closedAt: IsNull() }, { closedAt: now });
  }

  async insertReset(reset: PasswordResetRow): Promise<void> {
    await this.resets.insert(reset);
  }

  /** null: unknown, expired, used or revoked. */
  openReset(tokenHash: string, now: Date): Promise<PasswordResetRow | null> {
    return this.resets.findOneBy({ tokenHash, ...open(now) });
  }

  /** Closes the link. False: somebody else just did. */
  async useReset(id: string, now: Date): Promise<boolean> {
    return (await this.resets.update({ id, closedAt: IsNull() }, { closedAt: now })).affected === 1;
  }

  async revokeResets(userId: string, now: Date): Promise<void> {
    await this.resets.update({ userId, closedAt: IsNull() }, { closedAt: now });
  }

  private get invitations() {
    return this.db.em.getRepository(InvitationRow);
  }

  private get resets() {
    return this.db.em.getRepository(PasswordResetRow);
  }
}

const open = (now: Date) => ({ closedAt: IsNull(), expiresAt: MoreThan(now) });
