import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { RefusalType } from '../../platform/refusal.types.js';
import { DateTimeScalar } from '../../platform/scalars.js';
import type { Role } from './accounts.model.js';
import { InvitationType, MeType, RoleEnum, UserType } from './accounts.types.js';

@InputType()
export class SignInInput {
  @Field(() => String)
  email: string;
  @Field(() => String)
  password: string;
}

@InputType()
export class SignInDemoInput {
  @Field(() => String)
  key: string;
}

@InputType()
export class AcceptInvitationInput {
  @Field(() => String, { description: 'Ur länken.' })
  token: string;
  @Field(() => String)
  name: string;
  @Field(() => String, { description: 'Nytt lösenord; har adressen redan ett konto: det kontots.' })
  password: string;
}

@InputType()
export class ResetPasswordInput {
  @Field(() => String, { description: 'Ur länken.' })
  token: string;
  @Field(() => String)
  password: string;
}

@InputType()
export class InviteUserInput {
  @Field(() => String)
  email: string;
  @Field(() => String)
  name: string;
  @Field(() => RoleEnum)
  role: Role;
  @Field(() => ID, { nullable: true, description: 'Null: den egna huvudmannen, om det bara finns en.' })
  huvudmanId: string | null;
  @Field(() => ID, { nullable: true, description: 'För utförarens roller. Null: den egna utföraren.' })
  providerId: string | null;
  @Field(() => ID, { nullable: true, description: 'Null: hela utföraren.' })
  unitId: string | null;
}

@InputType()
export class RequestPasswordResetInput {
  @Field(() => ID)
  userId: string;
}

@InputType()
export class DeactivateUserInput {
  @Field(() => ID)
  userId: string;
}

@ObjectType()
export class SignInPayload {
  @Field(() => MeType)
  me: MeType;
}

@ObjectType()
export class InviteUserPayload {
  @Field(() => InvitationType)
  invitation: InvitationType;
  @Field(() => String, { description: 'Visas bara nu. Lämnas till personen av den som bjöd in.' })
  link: string;
}

@ObjectType()
export class RequestPasswordResetPayload {
  @Field(() => String, { description: 'Visas bara nu. Lämnas till personen av den som gjorde den.' })
  link: string;
  @Field(() => DateTimeScalar)
  expiresAt: Date;
}

@ObjectType()
export class DeactivateUserPayload {
  @Field(() => UserType)
  user: UserType;
}

export const SignInResult = createUnionType({
  name: 'SignInResult',
  types: () => [SignInPayload, RefusalType] as const,
  resolveType: (value) => ('me' in value ? SignInPayload : RefusalType),
});

export const InviteUserResult = createUnionType({
  name: 'InviteUserResult',
  types: () => [InviteUserPayload, RefusalType] as const,
  resolveType: (value) => ('invitation' in value ? InviteUserPayload : RefusalType),
});

export const RequestPasswordResetResult = createUnionType({
  name: 'RequestPasswordResetResult',
  types: () => [RequestPasswordResetPayload, RefusalType] as const,
  resolveType: (value) => ('link' in value ? RequestPasswordResetPayload : RefusalType),
});

export const DeactivateUserResult = createUnionType({
  name: 'DeactivateUserResult',
  types: () => [DeactivateUserPayload, RefusalType] as const,
  resolveType: (value) => ('user' in value ? DeactivateUserPayload : RefusalType),
});
