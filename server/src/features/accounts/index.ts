import type { Config } from '../../config.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { Topics } from '../../platform/topics.js';
import { InvitationRow, MembershipRow, PasswordResetRow, SessionRow, UserRow } from './accounts.entity.js';
import type { FormalRecord, Organisations } from './accounts.ports.js';
import { AccountsService } from './accounts.service.js';
import { InvitationsService } from './invitations.service.js';
import { LinksService } from './links.service.js';
import { LinksStore } from './links.store.js';
import { PasswordHasher } from './passwordHash.js';
import { SessionsService } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';
import { SignInResolver } from './signIn.resolver.js';
import { SignInService } from './signIn.service.js';
import { SignInLimit } from './signInLimit.js';
import { UsersResolver } from './users.resolver.js';
import { UsersService } from './users.service.js';
import { UsersStore } from './users.store.js';

export type { Actor, ActorSnapshot, Membership, NewMembership, Role, Side } from './accounts.model.js';
export type { Organisations } from './accounts.ports.js';
export { AccountsService } from './accounts.service.js';
export { ActorSnapshotType, RoleEnum } from './accounts.types.js';
export { huvudmenWhere, may, providerReach, providersOf, snapshot, type Act, type Subject } from './may.rules.js';

export const accountsEntities = [UserRow, MembershipRow, SessionRow, InvitationRow, PasswordResetRow] as const;

export interface AccountsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly config: Pick<Config, 'demo' | 'signInAttemptsPerQuarter' | 'sessionIdleHours'>;
  readonly organisations: Organisations;
  /** The audit feature's service. */
  readonly record: FormalRecord;
  /** The address that links begin with, without a slash at the end. Asked each time: the port may be the system's choice. */
  readonly publicUrl: () => string;
}

/** Users, sessions, roles. */
export function createAccounts(deps: AccountsDeps): { service: AccountsService; resolvers: object[] } {
  const { db, clock, topics, config, organisations, record } = deps;
  const users = new UsersStore(db);
  const links = new LinksStore(db);
  const hasher = new PasswordHasher();
  const linkTo = (path: string): string => deps.publicUrl() + path;
  const sessions = new SessionsService(db, new SessionsStore(db), users, clock, topics, config.sessionIdleHours);
  const signIn = new SignInService(db, users, sessions, hasher, new SignInLimit(config.signInAttemptsPerQuarter), clock, config.demo);
  const byLink = new LinksService(db, users, links, sessions, signIn, hasher, record, clock);
  const people = new UsersService(db, users, links, sessions, record, clock, linkTo);
  const invitations = new InvitationsService(db, users, links, organisations, record, clock, linkTo);
  const service = new AccountsService(db, users, sessions, invitations, clock, config.demo);
  return { service, resolvers: [new SignInResolver(service, signIn, byLink), new UsersResolver(people, invitations)] };
}
