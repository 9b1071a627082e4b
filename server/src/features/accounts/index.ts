export type { Actor, ActorSnapshot, Capability, Membership, Role, Side } from './accounts.model.js';
export { capabilities, huvudmenWhere, may, providersOf, snapshot, type Act, type Subject } from './may.rules.js';
export { ActorSnapshotType, MembershipType, RoleEnum, SideEnum } from './accounts.types.js';
