import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { DomainError, Refused } from '../../platform/outcome.js';
import { toRefusal, type RefusalType } from '../../platform/refusal.types.js';
import type { RequestContext } from '../../transport/context.js';
import type { AccountsService, DemoAccount, Me } from './accounts.service.js';
import { DemoAccountType, InvitationPreviewType, MeType } from './accounts.types.js';
import type { InvitationPreview, LinksService } from './links.service.js';
import {
  AcceptInvitationInput,
  ResetPasswordInput,
  SignInDemoInput,
  SignInInput,
  SignInResult,
  type SignInPayload,
} from './mutations.types.js';
import type { Caller, SignedIn, SignInService } from './signIn.service.js';

type Result = Promise<SignInPayload | RefusalType>;

@Resolver()
export class SignInResolver {
  constructor(
    private readonly accounts: AccountsService,
    private readonly ways: SignInService,
    private readonly links: LinksService,
  ) {}

  @Query(() => MeType, { nullable: true, description: 'Null: inte inloggad.' })
  async me(@Ctx() context: RequestContext): Promise<Me | null> {
    return context.actor && this.accounts.me(context.actor);
  }

  @Query(() => [DemoAccountType], { description: 'Tom utanför demoläge.' })
  demoAccounts(): Promise<DemoAccount[]> {
    return this.accounts.demoAccounts();
  }

  @Query(() => InvitationPreviewType, { nullable: true, description: 'Null: länken gäller inte (okänd, använd eller för gammal).' })
  invitationPreview(@Arg('token', () => String) token: string): Promise<InvitationPreview | null> {
    return this.links.preview(token);
  }

  @Mutation(() => SignInResult)
  async signIn(@Ctx() context: RequestContext, @Arg('input', () => SignInInput) input: SignInInput): Result {
    return this.finish(context, await this.ways.signIn(input, caller(context)));
  }

  @Mutation(() => SignInResult)
  async signInDemo(@Ctx() context: RequestContext, @Arg('input', () => SignInDemoInput) input: SignInDemoInput): Result {
    return this.finish(context, await this.ways.signInDemo(input.key, caller(context)));
  }

  @Mutation(() => Boolean, { description: 'Alltid sant: efteråt finns ingen session.' })
  async signOut(@Ctx() context: RequestContext): Promise<boolean> {
    await this.accounts.signOut(context.sessionToken);
    context.setCookie(null);
    return true;
  }

  @Mutation(() => SignInResult)
  async acceptInvitation(@Ctx() context: RequestContext, @Arg('input', () => AcceptInvitationInput) input: AcceptInvitationInput): Result {
    return this.finish(context, await this.links.acceptInvitation(input, caller(context)));
  }

  @Mutation(() => SignInResult)
  async resetPassword(@Ctx() context: RequestContext, @Arg('input', () => ResetPasswordInput) input: ResetPasswordInput): Result {
    return this.finish(context, await this.links.resetPassword(input, caller(context)));
  }

  private async finish(context: RequestContext, result: SignedIn | Refused): Result {
    if (result instanceof Refused) return toRefusal(result);
    const actor = await this.accounts.actorOf(result.token);
    if (!actor) throw new DomainError('UNAUTHENTICATED', 'Du behöver logga in.');
    context.setCookie(result.token);
    return { me: await this.accounts.me(actor) };
  }
}

const caller = ({ clientAddress, sessionToken }: RequestContext): Caller => ({ address: clientAddress, sessionToken });
