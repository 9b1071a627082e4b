import { Arg, Ctx, Extensions, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { Refused } from '../../platform/outcome.js';
import { type RefusalType, toRefusal } from '../../platform/refusal.types.js';
import { requireActor, type RequestContext } from '../../transport/context.js';
import { SHARED_EVENTS } from '../../transport/fanOut.js';
import type { DocumentEvent } from './collaboration.model.js';
import type { CollaborationService } from './collaboration.service.js';
import {
  DocumentContentHashType,
  DocumentEventType,
  type LeaseType,
  PushUpdateInput,
  type PushUpdatePayload,
  PushUpdateResult,
  SetPresenceInput,
  TakeLeaseInput,
  TakeLeaseResult,
} from './collaboration.types.js';

@Resolver()
export class CollaborationResolver {
  constructor(private readonly service: CollaborationService) {}

  @Query(() => DocumentContentHashType, { description: 'Innehållets hash i loggens senaste läge, att jämföra med sin egen.' })
  documentContentHash(@Ctx() context: RequestContext, @Arg('documentId', () => ID) documentId: string): Promise<DocumentContentHashType> {
    return this.service.contentHash(documentId, requireActor(context));
  }

  @Mutation(() => TakeLeaseResult)
  async takeLease(
    @Ctx() context: RequestContext,
    @Arg('input', () => TakeLeaseInput) input: TakeLeaseInput,
  ): Promise<LeaseType | RefusalType> {
    return orRefusal(await this.service.takeLease(input.documentId, requireActor(context), input.clientId ?? null));
  }

  @Mutation(() => PushUpdateResult, { description: 'Svarar först när ändringen är sparad.' })
  async pushUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => PushUpdateInput) input: PushUpdateInput,
  ): Promise<PushUpdatePayload | RefusalType> {
    const { documentId, epoch, lease, n, update } = input;
    return orRefusal(await this.service.pushUpdate(documentId, { actor: requireActor(context), epoch, lease, n, update }));
  }

  @Mutation(() => Boolean, { description: 'false: dokumentet är inte öppet i den här sessionen.' })
  setPresence(@Ctx() context: RequestContext, @Arg('input', () => SetPresenceInput) input: SetPresenceInput): Promise<boolean> {
    const { documentId, path = null, anchor = null, head = null } = input;
    return this.service.setPresence(documentId, requireActor(context), { path, anchor, head });
  }
}

/** A class made around the service: type-graphql calls `subscribe` without an instance, so there is no `this` to reach it by. */
export function documentEventsResolver(service: CollaborationService): object {
  @Resolver()
  class DocumentEventsResolver {
    @Extensions(SHARED_EVENTS)
    @Subscription(() => DocumentEventType, {
      description: 'Ett dokument, live. Första händelsen är OPENED.',
      subscribe: ({ args, context }: { args: { documentId: string; haveSeq?: number | null }; context: RequestContext }) =>
        service.open(args.documentId, requireActor(context), args.haveSeq ?? null),
    })
    documentEvents(
      @Root() event: DocumentEvent,
      @Arg('documentId', () => ID) _documentId: string,
      @Arg('haveSeq', () => Int, { nullable: true, description: 'Det senaste nummer klienten har; null: inget.' }) _haveSeq: number | null,
    ): DocumentEventType {
      // The same object for every subscriber: the transport serialises it once.
      return event as DocumentEventType;
    }
  }
  return new DocumentEventsResolver();
}

const orRefusal = <T extends object>(result: T | Refused): T | RefusalType => (result instanceof Refused ? toRefusal(result) : result);
