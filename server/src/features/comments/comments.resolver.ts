import { Arg, Ctx, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { CommentHint } from './comments.model.js';
import type { CommentsService } from './comments.service.js';
import {
  AcceptSuggestionInput,
  AcceptSuggestionResult,
  CommentsChangedType,
  CommentThreadType,
  DeclineSuggestionInput,
  DeclineSuggestionResult,
  ReopenThreadInput,
  ReopenThreadResult,
  ReplyToThreadInput,
  ReplyToThreadResult,
  ResolveThreadInput,
  ResolveThreadResult,
  StartThreadInput,
  StartThreadResult,
  type ThreadInput,
} from './comments.types.js';

@Resolver()
export class CommentsResolver {
  constructor(private readonly service: CommentsService) {}

  @Query(() => [CommentThreadType], { description: 'Kommentarerna som du ser dem, äldst först.' })
  async comments(@Ctx() context: RequestContext, @Arg('planId', () => ID) planId: string): Promise<CommentThreadType[]> {
    return this.service.comments(requireActor(context), planId);
  }

  @Mutation(() => StartThreadResult.union, { description: 'Kommenterar en plats i texten, eller föreslår andra ord.' })
  async startThread(@Ctx() context: RequestContext, @Arg('input', () => StartThreadInput) input: StartThreadInput) {
    return StartThreadResult.of(await this.service.start(requireActor(context), { ...input, replacement: input.replacement ?? null }));
  }

  @Mutation(() => ReplyToThreadResult.union)
  async replyToThread(@Ctx() context: RequestContext, @Arg('input', () => ReplyToThreadInput) input: ReplyToThreadInput) {
    return ReplyToThreadResult.of(await this.service.reply(requireActor(context), input.threadId, input.text));
  }

  @Mutation(() => ResolveThreadResult.union)
  async resolveThread(@Ctx() context: RequestContext, @Arg('input', () => ResolveThreadInput) input: ThreadInput) {
    return ResolveThreadResult.of(await this.service.resolve(requireActor(context), input.threadId));
  }

  @Mutation(() => ReopenThreadResult.union)
  async reopenThread(@Ctx() context: RequestContext, @Arg('input', () => ReopenThreadInput) input: ThreadInput) {
    return ReopenThreadResult.of(await this.service.reopen(requireActor(context), input.threadId));
  }

  @Mutation(() => AcceptSuggestionResult.union, { description: 'Servern skriver in förslaget, i förslagsställarens namn.' })
  async acceptSuggestion(@Ctx() context: RequestContext, @Arg('input', () => AcceptSuggestionInput) input: ThreadInput) {
    return AcceptSuggestionResult.of(await this.service.accept(requireActor(context), input.threadId));
  }

  @Mutation(() => DeclineSuggestionResult.union, { description: 'Avböjer ett förslag, eller tar tillbaka sitt eget.' })
  async declineSuggestion(@Ctx() context: RequestContext, @Arg('input', () => DeclineSuggestionInput) input: ThreadInput) {
    return DeclineSuggestionResult.of(await this.service.decline(requireActor(context), input.threadId));
  }
}

/** A class made around the service: type-graphql calls `subscribe` without an instance, so there is no `this` to reach it by. */
export function commentsChangedResolver(service: CommentsService): object {
  @Resolver()
  class CommentsChangedResolver {
    @Subscription(() => CommentsChangedType, {
      description: 'Kommentarer du ser har ändrats.',
      subscribe: ({ args, context }: { args: { planId: string }; context: RequestContext }) =>
        service.watch(requireActor(context), args.planId),
    })
    commentsChanged(@Root() { planId, at }: CommentHint, @Arg('planId', () => ID) _planId: string): CommentsChangedType {
      return { planId, at: new Date(at) };
    }
  }
  return new CommentsChangedResolver();
}
