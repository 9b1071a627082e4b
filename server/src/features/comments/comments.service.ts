import { may, snapshot, type Actor, type ActorSnapshot } from '../accounts/index.js';
import type { AccessLog } from '../audit/index.js';
import type { CollaborationService } from '../collaboration/index.js';
import type { PlanService } from '../handlingsplaner/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import { DomainError, notFound, Refused } from '../../platform/outcome.js';
import type { Topics } from '../../platform/topics.js';
import type { CommentHint, NewThread, Note, Thread, ThreadView } from './comments.model.js';
import {
  anchorUnknown,
  MAX_NOTES,
  MAX_THREADS,
  noSuggestion,
  noteRefusal,
  notNow,
  notYours,
  quoteChanged,
  sameText,
  suggestionRefusal,
  tooManyNotes,
  tooManyThreads,
} from './comments.rules.js';
import type { CommentsStore } from './comments.store.js';

export interface CommentsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly store: CommentsStore;
  readonly accessLog: AccessLog;
  readonly plans: Pick<PlanService, 'plan'>;
  readonly collaboration: Pick<CollaborationService, 'pointedAt' | 'find' | 'leaseFor' | 'writeAs'>;
}

/** In what capacity somebody looks at, and speaks about, a plan. */
interface Speaker {
  readonly actor: Actor;
  readonly by: ActorSnapshot;
  readonly isProvider: boolean;
  readonly shared: boolean;
  readonly mayComment: boolean;
  readonly mayWrite: boolean;
}

/** Conversations about places in a plan's text, and suggestions for it. What the förvaltning may not see of them doesn't exist for it. */
export class CommentsService {
  constructor(private readonly deps: CommentsDeps) {}

  /** Oldest first, with where their text is now. @throws DomainError NOT_FOUND unless the plan's text is the actor's to read */
  async comments(actor: Actor, planId: string): Promise<ThreadView[]> {
    const speaker = await this.speaker(actor, planId);
    // Quotes are the plan's text.
    if (!speaker.isProvider) this.deps.accessLog.note(planId, speaker.by);
    return this.views((await this.deps.store.threads(planId)).filter((thread) => sees(speaker, thread)));
  }

  /** A hint whenever threads that the actor sees change. @throws DomainError NOT_FOUND like `comments` */
  async watch(actor: Actor, planId: string): Promise<AsyncIterableIterator<CommentHint>> {
    const { isProvider } = await this.speaker(actor, planId);
    return this.deps.topics.iterate<CommentHint>(topicFor(planId, isProvider));
  }

  /** Begins a thread at a place, with or without a suggestion. The place is looked up in the server's own document. */
  async start(actor: Actor, { planId, path, anchor, head, ...said }: NewThread): Promise<ThreadView | Refused> {
    const speaker = await this.speaker(actor, planId);
    const { store, collaboration, clock, db } = this.deps;
    const text = said.text.trim();
    const refused = (speaker.mayComment ? null : notNow()) ?? noteRefusal(text, said.replacement === null);
    if (refused) return refused;
    const pointed = await collaboration.pointedAt(planId, path, anchor, head);
    if (!pointed) return anchorUnknown();
    const { spans, quote } = pointed;
    if (!sameText(quote, said.quote)) return quoteChanged();
    const unfit = said.replacement === null ? null : suggestionRefusal(quote, said.replacement);
    if (unfit) return unfit;
    const before = await store.count(planId);
    if (before >= MAX_THREADS) return tooManyThreads();
    const at = clock.now();
    const suggestion =
      said.replacement === null ? null : { replacement: said.replacement, state: 'OPEN' as const, decidedBy: null, decidedAt: null };
    const place = { path, quote, spans, providerOnly: !speaker.shared };
    const thread = { id: newId(), planId, ...place, createdAt: at, resolvedAt: null, resolvedBy: null, suggestion, lease: null, notes: [] };
    await db.tx(async () => {
      await store.add(thread, before);
      await store.addNote(thread.id, this.note(speaker, text, at), 0);
      this.tell(thread);
    });
    return this.shown(thread.id);
  }

  async reply(actor: Actor, threadId: string, text: string): Promise<ThreadView | Refused> {
    const { store, clock } = this.deps;
    return this.change(actor, threadId, async (thread, speaker) => {
      const refused = noteRefusal(text.trim(), true) ?? (thread.notes.length >= MAX_NOTES ? tooManyNotes() : null);
      if (refused) return refused;
      await store.addNote(threadId, this.note(speaker, text.trim(), clock.now()), thread.notes.length);
      return null;
    });
  }

  resolve(actor: Actor, threadId: string): Promise<ThreadView | Refused> {
    return this.change(actor, threadId, async (thread, { by }) => {
      if (thread.resolvedAt === null) await this.deps.store.resolve(threadId, by, this.deps.clock.now());
      return null;
    });
  }

  reopen(actor: Actor, threadId: string): Promise<ThreadView | Refused> {
    return this.change(actor, threadId, async () => {
      await this.deps.store.resolve(threadId, null, null);
      return null;
    });
  }

  /**
   * Puts a suggestion into the text: with the acceptor's rights, in the suggester's name. First a lease is kept, then it is written, then it
   * is decided; whatever breaks between, accepting again goes on from there and writes nothing twice.
   */
  async accept(actor: Actor, threadId: string): Promise<ThreadView | Refused> {
    const { thread, speaker } = await this.found(actor, threadId);
    const { planId, quote, spans, suggestion } = thread;
    const [first] = thread.notes;
    if (suggestion?.state !== 'OPEN' || !first) return noSuggestion();
    if (!speaker.mayWrite) return notYours();
    const as = { acceptor: actor, author: first.by, lease: await this.leaseOf(thread, first.by) };
    const written = await this.deps.collaboration.writeAs(planId, as, { spans, quote, words: suggestion.replacement });
    if (written instanceof Refused) return written;
    const { db, store, clock } = this.deps;
    await db.tx(async () => {
      if (await store.decide(threadId, 'ACCEPTED', speaker.by, clock.now(), written.seq)) this.tell(thread);
    });
    return this.shown(threadId);
  }

  /** Turns a suggestion down, or takes the own one back. */
  decline(actor: Actor, threadId: string): Promise<ThreadView | Refused> {
    return this.change(actor, threadId, async ({ suggestion, notes }, { by, mayWrite }) => {
      if (suggestion?.state !== 'OPEN') return noSuggestion();
      if (!mayWrite && notes[0]?.by.userId !== actor.userId) return notYours();
      return (await this.deps.store.decide(threadId, 'DECLINED', by, this.deps.clock.now(), null)) ? null : noSuggestion();
    });
  }

  /** Changes a thread in one transaction, and tells those who see it. */
  private async change(
    actor: Actor,
    threadId: string,
    work: (thread: Thread, speaker: Speaker) => Promise<Refused | null>,
  ): Promise<ThreadView | Refused> {
    const refused = await this.deps.db.tx(async () => {
      const { thread, speaker } = await this.found(actor, threadId);
      const no = speaker.mayComment ? await work(thread, speaker) : notNow();
      if (no === null) this.tell(thread);
      return no;
    });
    return refused ?? this.shown(threadId);
  }

  private async found(actor: Actor, threadId: string): Promise<{ thread: Thread; speaker: Speaker }> {
    const thread = await this.deps.store.thread(threadId);
    if (!thread) throw notFound();
    const speaker = await this.speaker(actor, thread.planId);
    if (!sees(speaker, thread)) throw notFound();
    return { thread, speaker };
  }

  private async speaker(actor: Actor, planId: string): Promise<Speaker> {
    const { plan, sight, shared, acts } = await this.deps.plans.plan(actor, planId);
    if (!sight.canRead) throw notFound();
    const membership = may(actor, 'plan.comment', { huvudmanId: plan.huvudmanId, providerId: plan.providerId, shared }) ?? sight.membership;
    return {
      actor,
      shared,
      by: snapshot(actor, membership),
      isProvider: membership.side === 'PROVIDER',
      mayComment: acts.includes('COMMENT'),
      mayWrite: acts.includes('WRITE'),
    };
  }

  private async leaseOf(thread: Thread, author: ActorSnapshot): Promise<number> {
    if (thread.lease !== null) return thread.lease;
    const { db, store, collaboration } = this.deps;
    return db.tx(async () => {
      const lease = await collaboration.leaseFor(thread.planId, author);
      if (await store.keepLease(thread.id, lease)) return lease;
      const kept = (await store.thread(thread.id))?.lease;
      if (kept === null || kept === undefined)
        throw new DomainError('UNAVAILABLE', 'Förslaget kunde inte skrivas in just nu. Försök igen.');
      return kept;
    });
  }

  private async views(threads: readonly Thread[]): Promise<ThreadView[]> {
    const [first] = threads;
    if (!first) return [];
    const places = await this.deps.collaboration.find(
      first.planId,
      threads.map(({ spans }) => spans),
    );
    return threads.map(({ spans: _spans, lease: _lease, providerOnly: _only, ...thread }, i) => {
      const now = places[i] ?? null;
      return { ...thread, path: now?.path ?? thread.path, anchorGone: now === null, anchor: now?.anchor ?? null, head: now?.head ?? null };
    });
  }

  private async shown(threadId: string): Promise<ThreadView> {
    const thread = await this.deps.store.thread(threadId);
    const [view] = thread ? await this.views([thread]) : [];
    if (!view) throw new Error('a thread vanished in its own change');
    return view;
  }

  private note({ by }: Speaker, text: string, at: Date): Note {
    return { id: newId(), at, by, text };
  }

  private tell({ planId, providerOnly }: Pick<Thread, 'planId' | 'providerOnly'>): void {
    const { db, topics, clock } = this.deps;
    const hint: CommentHint = { planId, at: clock.now().toISOString() };
    db.afterCommit(() => {
      topics.publish(topicFor(planId, true), hint);
      if (!providerOnly) topics.publish(topicFor(planId, false), hint);
    });
  }
}

/** Threads of a private draft stay the provider's: others don't even hear that one changes (I7). */
const sees = ({ isProvider }: Speaker, { providerOnly }: Thread): boolean => isProvider || !providerOnly;
const topicFor = (planId: string, isProvider: boolean): string => (isProvider ? `comments:provider:${planId}` : `comments:${planId}`);
