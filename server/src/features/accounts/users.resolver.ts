import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { Refused } from '../../platform/outcome.js';
import { toRefusal, type RefusalType } from '../../platform/refusal.types.js';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { Invitation, ManagedUser } from './accounts.model.js';
import { InvitationType, UserType } from './accounts.types.js';
import type { InvitationsService } from './invitations.service.js';
import {
  DeactivateUserInput,
  DeactivateUserResult,
  InviteUserInput,
  InviteUserResult,
  RequestPasswordResetInput,
  RequestPasswordResetResult,
  type DeactivateUserPayload,
  type InviteUserPayload,
  type RequestPasswordResetPayload,
} from './mutations.types.js';
import type { UsersService } from './users.service.js';

@Resolver()
export class UsersResolver {
  constructor(
    private readonly people: UsersService,
    private readonly invites: InvitationsService,
  ) {}

  @Query(() => [UserType], { description: 'De du administrerar, i namnordning; hos en huvudman om den anges.' })
  users(
    @Ctx() context: RequestContext,
    @Arg('huvudmanId', () => ID, { nullable: true }) huvudmanId: string | null,
  ): Promise<ManagedUser[]> {
    return this.people.list(requireActor(context), huvudmanId ?? null);
  }

  @Query(() => [InvitationType], { description: 'Inbjudningar som väntar på svar, nyast först.' })
  invitations(@Ctx() context: RequestContext): Promise<Invitation[]> {
    return this.people.invitations(requireActor(context));
  }

  @Mutation(() => InviteUserResult)
  async inviteUser(
    @Ctx() context: RequestContext,
    @Arg('input', () => InviteUserInput) input: InviteUserInput,
  ): Promise<InviteUserPayload | RefusalType> {
    const result = await this.invites.invite(requireActor(context), input);
    return result instanceof Refused ? toRefusal(result) : result;
  }

  @Mutation(() => RequestPasswordResetResult)
  async requestPasswordReset(
    @Ctx() context: RequestContext,
    @Arg('input', () => RequestPasswordResetInput) { userId }: RequestPasswordResetInput,
  ): Promise<RequestPasswordResetPayload | RefusalType> {
    const result = await this.people.requestPasswordReset(requireActor(context), userId);
    return result instanceof Refused ? toRefusal(result) : result;
  }

  @Mutation(() => DeactivateUserResult)
  async deactivateUser(
    @Ctx() context: RequestContext,
    @Arg('input', () => DeactivateUserInput) { userId }: DeactivateUserInput,
  ): Promise<DeactivateUserPayload | RefusalType> {
    const result = await this.people.deactivate(requireActor(context), userId);
    return result instanceof Refused ? toRefusal(result) : { user: result };
  }
}
