import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from '../../platform/scalars.js';
import { SIDE_OF_ROLE, type Capability, type Role, type Side } from './accounts.model.js';

/** The roles as GraphQL's enum wants them: each name its own value. */
export const RoleEnum = Object.fromEntries(Object.keys(SIDE_OF_ROLE).map((role) => [role, role])) as { [R in Role]: R };
export const SideEnum = { PROVIDER: 'PROVIDER', ADMINISTRATION: 'ADMINISTRATION', BOARD: 'BOARD' } as const satisfies { [S in Side]: S };
export const CapabilityEnum = {
  SEE_ASSESSMENT: 'SEE_ASSESSMENT',
  SEE_PLANS: 'SEE_PLANS',
  REVIEW_PLANS: 'REVIEW_PLANS',
  IMPORT: 'IMPORT',
  MANAGE_USERS: 'MANAGE_USERS',
  SEE_AUDIT: 'SEE_AUDIT',
} as const satisfies { [C in Capability]: C };

registerEnumType(RoleEnum, { name: 'Role', description: 'Roller, se GLOSSARY.' });
registerEnumType(SideEnum, { name: 'Side', description: 'Utförare, förvaltning eller nämnd.' });
registerEnumType(CapabilityEnum, { name: 'Capability', description: 'Vad menyerna visar. Avgörs på servern.' });

@ObjectType('Membership', { description: 'En roll i en organisation.' })
export class MembershipType {
  @Field(() => ID)
  id: string;
  @Field(() => RoleEnum)
  role: Role;
  @Field(() => SideEnum)
  side: Side;
  @Field(() => String)
  organisation: string;
  @Field(() => ID, { nullable: true, description: 'Null för utförarens roller.' })
  huvudmanId: string | null;
  @Field(() => ID, { nullable: true, description: 'Null för förvaltning och nämnd.' })
  providerId: string | null;
  @Field(() => ID, { nullable: true, description: 'Null: hela utföraren, eller ingen enhet.' })
  unitId: string | null;
}

@ObjectType('ActorSnapshot', { description: 'En person som den var känd när handlingen gjordes. Lagras med handlingen.' })
export class ActorSnapshotType {
  @Field(() => String)
  name: string;
  @Field(() => RoleEnum)
  role: Role;
  @Field(() => String)
  organisation: string;
  @Field(() => SideEnum)
  side: Side;
}

@ObjectType('Me')
export class MeType {
  @Field(() => ID)
  id: string;
  @Field(() => String)
  name: string;
  @Field(() => String)
  email: string;
  @Field(() => [MembershipType])
  memberships: readonly MembershipType[];
  @Field(() => [CapabilityEnum])
  capabilities: readonly Capability[];
}

@ObjectType('DemoAccount', { description: 'Ett konto utan lösenord, bara i demoläge.' })
export class DemoAccountType {
  @Field(() => String)
  key: string;
  @Field(() => String)
  name: string;
  @Field(() => RoleEnum)
  role: Role;
  @Field(() => SideEnum)
  side: Side;
  @Field(() => String)
  organisation: string;
}

@ObjectType('User', { description: 'Ett konto, med det som den som frågar administrerar av det.' })
export class UserType {
  @Field(() => ID)
  id: string;
  @Field(() => String)
  name: string;
  @Field(() => String)
  email: string;
  @Field(() => Boolean)
  active: boolean;
  @Field(() => [MembershipType])
  memberships: readonly MembershipType[];
  @Field(() => DateTimeScalar)
  createdAt: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Null: har aldrig loggat in.' })
  lastSignInAt: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Null: kontot kom till utan inbjudan.' })
  invitedAt: Date | null;
}

@ObjectType('Invitation')
export class InvitationType {
  @Field(() => ID)
  id: string;
  @Field(() => String)
  email: string;
  @Field(() => RoleEnum)
  role: Role;
  @Field(() => String)
  organisation: string;
  @Field(() => DateTimeScalar)
  expiresAt: Date;
}

@ObjectType('InvitationPreview', { description: 'Vad den som har länken får se innan kontot finns.' })
export class InvitationPreviewType {
  @Field(() => String)
  email: string;
  @Field(() => String)
  organisation: string;
  @Field(() => RoleEnum)
  role: Role;
  @Field(() => DateTimeScalar)
  expiresAt: Date;
}
