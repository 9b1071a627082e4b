import { In, IsNull, Not, type FindOptionsWhere } from 'typeorm';
import type { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import { MembershipRow, UserRow } from './accounts.entity.js';
import { SIDE_OF_ROLE, type ManagedMembership, type Membership, type NewMembership, type Role } from './accounts.model.js';

/** A membership with whose it is and whether it still holds. */
export interface HeldMembership extends ManagedMembership {
  readonly userId: string;
  readonly ended: boolean;
}

/** Which memberships to look through: those in these huvudmän, invited by them, or in these providers. */
export interface MembershipScope {
  readonly huvudmanIds: readonly string[];
  readonly providerIds: readonly string[];
}

/** Without what only those who manage users need. */
export function plainMembership({
  id,
  role,
  side,
  organisation,
  huvudmanId,
  providerId,
  unitId,
  withinHuvudmanId,
}: Membership): Membership {
  return { id, role, side, organisation, huvudmanId, providerId, unitId, withinHuvudmanId };
}

/** Accounts and memberships. */
export class UsersStore {
  constructor(private readonly db: Database) {}

  byEmail(email: string): Promise<UserRow | null> {
    return this.users.findOneBy({ email });
  }

  byId(id: string): Promise<UserRow | null> {
    return this.users.findOneBy({ id });
  }

  byIds(ids: readonly string[]): Promise<UserRow[]> {
    return this.users.findBy({ id: In([...ids]) });
  }

  byDemoKey(demoKey: string): Promise<UserRow | null> {
    return this.users.findOneBy({ demoKey, active: true });
  }

  /** In the order they were made. */
  withDemoKey(): Promise<UserRow[]> {
    return this.users.find({ where: { demoKey: Not(IsNull()), active: true }, order: { createdAt: 'ASC', demoKey: 'ASC' } });
  }

  /** @throws a duplicate-key error (`isDuplicate`) when the address has an account */
  async insert(user: Pick<UserRow, 'email' | 'name' | 'passwordHash' | 'createdAt' | 'invitedAt' | 'demoKey'>): Promise<string> {
    const id = newId();
    await this.users.insert({ ...user, id, active: true, lastSignInAt: null });
    return id;
  }

  async change(
    id: string,
    values: Partial<Pick<UserRow, 'name' | 'passwordHash' | 'active' | 'lastSignInAt' | 'invitedAt'>>,
  ): Promise<void> {
    await this.users.update({ id }, values);
  }

  /** Sets a hash in place of that very one. Does nothing when the password was changed meanwhile. */
  async replaceHash(id: string, passwordHash: string, instead: string): Promise<void> {
    await this.users.update({ id, passwordHash }, { passwordHash: instead });
  }

  /** Those that hold, oldest first. */
  async membershipsOf(userId: string): Promise<HeldMembership[]> {
    return this.find([{ userId, endedAt: IsNull() }]);
  }

  /** Those that hold, of several people, by person. */
  async membershipsOfAll(userIds: readonly string[]): Promise<HeldMembership[]> {
    return this.find([{ userId: In([...userIds]), endedAt: IsNull() }]);
  }

  /** Every membership in the scope, ended ones too. */
  async membershipsIn({ huvudmanIds, providerIds }: MembershipScope): Promise<HeldMembership[]> {
    const huvudmen = In([...huvudmanIds]);
    return this.find([{ huvudmanId: huvudmen }, { byHuvudmanId: huvudmen }, { providerId: In([...providerIds]) }]);
  }

  /** The people who hold one of the roles in that organisation and whose account is open, each once, by id. */
  async holders(where: { huvudmanId: string } | { providerId: string }, roles: readonly Role[]): Promise<UserRow[]> {
    const held = await this.memberships.find({ where: { ...where, role: In([...roles]), endedAt: IsNull() }, select: { userId: true } });
    const ids = [...new Set(held.map((membership) => membership.userId))];
    return this.users.find({ where: { id: In(ids), active: true }, order: { id: 'ASC' } });
  }

  async addMembership(userId: string, membership: NewMembership, createdAt: Date): Promise<void> {
    const {
      role,
      organisation,
      huvudmanId = null,
      providerId = null,
      unitId = null,
      byHuvudmanId = null,
      withinHuvudmanId = null,
    } = membership;
    const row = {
      id: newId(),
      userId,
      role,
      organisation,
      huvudmanId,
      providerId,
      unitId,
      byHuvudmanId,
      withinHuvudmanId,
      createdAt,
      endedAt: null,
    };
    await this.memberships.insert(row);
  }

  async endMemberships(ids: readonly string[], endedAt: Date): Promise<void> {
    await this.memberships.update({ id: In([...ids]), endedAt: IsNull() }, { endedAt });
  }

  private async find(where: FindOptionsWhere<MembershipRow>[]): Promise<HeldMembership[]> {
    const rows = await this.memberships.find({ where, order: { createdAt: 'ASC', id: 'ASC' } });
    return rows.map(({ id, userId, role, organisation, huvudmanId, providerId, unitId, byHuvudmanId, withinHuvudmanId, endedAt }) => ({
      ...{ id, userId, role, side: SIDE_OF_ROLE[role], organisation, huvudmanId, providerId, unitId, byHuvudmanId, withinHuvudmanId },
      ended: endedAt !== null,
    }));
  }

  private get users() {
    return this.db.em.getRepository(UserRow);
  }

  private get memberships() {
    return this.db.em.getRepository(MembershipRow);
  }
}
