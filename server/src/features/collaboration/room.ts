import { AsyncResource } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { CHECKPOINT_EVERY_UPDATES } from '@samsyn/schema';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { Logger } from '../../platform/log.js';
import { metrics } from '../../platform/metrics.js';
import { DomainError, notFound } from '../../platform/outcome.js';
import type { Topics } from '../../platform/topics.js';
import type { Actor } from '../accounts/index.js';
import { AccessCache } from './accessCache.js';
import { Audience } from './audience.js';
import type { Access, DocumentAccess, PresenceEntry, Push, Pushed } from './collaboration.model.js';
import type { DocumentStore } from './collaboration.store.js';
import type { DocumentState } from './documentState.js';
import type { GroupCommit } from './groupCommit.js';
import { Leases } from './leases.js';
import { Presence } from './presence.js';
import { PushPace } from './pushPace.js';
import { Staging, type Waiting } from './staging.js';
import type { Subscriber } from './subscriber.js';

/** What every room is given. */
export interface RoomDeps {
  readonly db: Database;
  readonly store: DocumentStore;
  readonly commit: GroupCommit;
  readonly access: DocumentAccess;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly log: Logger;
  readonly node: string;
}

/** Told on `documentTopic` after a commit: rows were appended up to `seq`, or access changed for a reason. */
export interface DocumentNews {
  readonly seq: number;
  readonly access?: string;
}

export const documentTopic = (documentId: string): string => `document:${documentId}`;

/** Told instead of the reason when the message that carried it was lost. */
const FOUND_BY_LOOKING = 'RIGHTS_CHANGED';
/** Pushes taken through the gate before one commit. */
const BATCH = 256;
/** A state below this is hashed for every opener; above it, the hash is told only when it is known. Bytes. */
const CHEAP_TO_HASH_BYTES = 131_072;
/** Lost races for a seq, in one batch, before the database is called too busy. */
const MAX_CONFLICTS = 20;
/** Least time between two checkpoints of a busy document. */
const CHECKPOINT_PAUSE_MS = 5_000;
/** How long one whose refusals cost too much waits for each document it opens, and for how long that goes on. */
const PENALTY_WAIT_MS = 3_000;
const PENALTY_MS = 60_000;

/**
 * One open document on this node. All that touches the state runs one after the other, in `exclusive`.
 *
 * A little past 300 lines, because it is that order: gate, commit, catching up and telling can't be read apart. What each of them does by
 * itself stands in its own file.
 */
export class Room {
  usedAt: number;
  private readonly presence: Presence;
  private readonly audience: Audience;
  private readonly leases: Leases;
  private readonly staging: Staging;
  private readonly accesses: AccessCache;
  private readonly pace = new PushPace();
  private readonly penalties = new Map<string, number>();
  private readonly waiting: Waiting[] = [];
  private readonly unlisten: () => void;
  /** Rooms are opened and messages arrive inside others' work: nothing here may join their transaction. */
  private readonly outside = new AsyncResource('room');
  private queue: Promise<unknown> = Promise.resolve();
  private draining = false;
  private behind = false;
  private checkpointAt = 0;
  /** How often the document had been locked when its rights were last looked at. */
  private locksSeen: number | null = null;

  constructor(
    readonly documentId: string,
    private readonly state: DocumentState,
    private readonly deps: RoomDeps,
  ) {
    const { store, clock, topics, node, access } = deps;
    const topic = documentTopic(documentId);
    metrics.openDocuments.inc();
    this.usedAt = this.now();
    this.leases = new Leases(documentId, store);
    this.accesses = new AccessCache(documentId, access, clock, () => this.state.head.epoch);
    this.staging = new Staging(documentId, state, this.leases, this.accesses, clock, (userId, lease) => this.punish(userId, lease));
    this.presence = new Presence(`${topic}:presence`, node, topics, clock, (entries) => this.audience.tellPresence(entries));
    this.audience = new Audience(state, this.presence, clock, () => this.used());
    this.unlisten = topics.listen<DocumentNews>(topic, (news) => this.hear(news));
  }

  get idle(): boolean {
    return this.audience.size === 0 && this.waiting.length === 0 && !this.draining;
  }

  /** Opens the document for a viewer. @throws DomainError NOT_FOUND */
  async open(actor: Actor, presenceId: string, haveSeq: number | null): Promise<Subscriber> {
    this.used();
    if ((this.penalties.get(actor.userId) ?? 0) > this.now()) await sleep(PENALTY_WAIT_MS);
    await this.catchUpIfBehind();
    const { fromSeq } = await this.readable(actor);
    if (fromSeq > (this.state.checkpoint?.seq ?? 0)) await this.exclusive(() => this.raiseFloor(fromSeq));
    if (this.state.knownHash() === null && this.state.bytes <= CHEAP_TO_HASH_BYTES)
      await this.exclusive(() => Promise.resolve(this.state.read()));
    // Asked last: a change of rights before this was not told to a viewer who hadn't joined.
    const access = await this.readable(actor);
    const subscriber = this.audience.join(actor, presenceId, access, haveSeq);
    this.deps.access.opened(this.documentId, access.as);
    return subscriber;
  }

  /** Takes an update. Rejects with GateNo when it is refused, DomainError when it isn't the actor's document or the database is away. */
  async push(push: Push): Promise<Pushed> {
    this.used();
    const release = this.pace.take(push, this.now());
    try {
      return await new Promise<Pushed>((resolve, reject) => {
        this.waiting.push({ push, retried: false, resolve, reject });
        this.drainSoon();
      });
    } finally {
      release();
    }
  }

  /** @returns false when that session doesn't have the document open here */
  setPresence(presenceId: string, place: Pick<PresenceEntry, 'path' | 'anchor' | 'head'>): boolean {
    return this.audience.place(presenceId, place);
  }

  /** Seq and content hash of the newest committed state. */
  async contentHash(): Promise<{ seq: number; contentHash: string }> {
    this.used();
    await this.catchUpIfBehind();
    const { seq, contentHash } = await this.exclusive(() => Promise.resolve(this.state.read()));
    return { seq, contentHash };
  }

  /** The actor's rights now. @throws DomainError NOT_FOUND unless they include reading */
  async readable(actor: Actor): Promise<Access> {
    const access = await this.accesses.fresh(actor);
    if (!access?.canRead) throw notFound();
    return access;
  }

  get epoch(): number {
    return this.state.head.epoch;
  }

  /** What the database says of the document. Where a message was lost, this is as good, later. */
  seen({ seq, locks }: { readonly seq: number; readonly locks: number }): void {
    if (locks !== this.locksSeen)
      this.follow(async () => {
        await this.accessChanged(FOUND_BY_LOOKING, true);
        this.locksSeen = locks;
      });
    else if (this.behind || seq > this.state.head.seq) this.follow(() => this.catchUp());
  }

  /** Housekeeping, now and then: presence, and memory that nobody uses. */
  async sweep(now: number, unloadAfterMs: number): Promise<void> {
    this.presence.sweep();
    if (now - this.usedAt < unloadAfterMs || this.waiting.length > 0 || !this.state.isLoaded) return;
    if (this.state.tail.length >= CHECKPOINT_EVERY_UPDATES / 10) await this.checkpoint();
    await this.exclusive(() => Promise.resolve(this.state.unload()));
  }

  /** Ends the room, with a checkpoint for the next to open it. */
  async close(): Promise<void> {
    metrics.openDocuments.dec();
    this.unlisten();
    this.audience.end();
    this.presence.close();
    if (this.state.tail.length > 1) await this.checkpoint();
    await this.exclusive(() => Promise.resolve(this.state.unload()));
  }

  private now(): number {
    return this.deps.clock.now().getTime();
  }

  private used(): void {
    this.usedAt = this.now();
  }

  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const run = this.outside.runInAsyncScope(() => this.queue.then(work));
    this.queue = run.catch(() => undefined);
    return run;
  }

  private drainSoon(): void {
    if (this.draining) return;
    this.draining = true;
    void this.exclusive(() => this.drain());
  }

  private async drain(): Promise<void> {
    const batch = this.waiting.splice(0, BATCH);
    try {
      await this.take(batch);
    } catch (error) {
      // Nothing of this is in the log, or we can't know. The clients send again, and the log tells which were.
      this.state.unload();
      this.staging.reset();
      this.behind = true;
      this.deps.log.error({ documentId: this.documentId, err: error }, 'append');
      for (const { reject } of batch) reject(new DomainError('UNAVAILABLE', 'Ändringen kunde inte sparas just nu. Den skickas igen.'));
    }
    this.draining = false;
    if (this.waiting.length > 0) this.drainSoon();
    else this.checkpointSoon();
  }

  private async take(batch: readonly Waiting[]): Promise<void> {
    if (this.behind) await this.catchUp();
    let todo = batch;
    for (let conflicts = 0; todo.length > 0;) {
      const later = await this.staging.stage(todo);
      if (this.staging.isEmpty || (await this.append())) {
        this.settle();
        todo = later;
        // What was refused for want of something may only be ahead of us: look in the log before saying no for good.
        if (todo.length > 0) await this.catchUp();
        continue;
      }
      if (++conflicts > MAX_CONFLICTS) throw new Error('too many conflicts');
      this.state.unload();
      todo = [...this.staging.reset(), ...later];
      await this.catchUp();
    }
  }

  /** Makes what is staged durable. @returns false on conflict */
  private append(): Promise<boolean> {
    const { rows, notes } = this.staging.batch();
    return this.deps.commit.append({ documentId: this.documentId, expected: this.state.head, rows, notes });
  }

  /** What was staged is in the log: answers its authors, then shows it to everybody. */
  private settle(): void {
    const { rows } = this.staging.batch();
    this.state.commit(rows, true);
    this.staging.settle();
    if (rows.length === 0) return;
    this.audience.tellUpdates(rows);
    this.deps.topics.publish(documentTopic(this.documentId), { seq: this.state.head.seq } satisfies DocumentNews);
  }

  private hear({ seq, access }: DocumentNews): void {
    if (access === undefined && (this.behind || seq <= this.state.head.seq)) return;
    this.behind = true;
    this.follow(() => (access === undefined ? this.catchUp() : this.accessChanged(access, false)));
  }

  private follow(work: () => Promise<void>): void {
    this.exclusive(work).catch((error: unknown) => {
      this.behind = true;
      this.deps.log.error({ documentId: this.documentId, err: error }, 'catching up');
    });
  }

  private async accessChanged(reason: string, onlyNews: boolean): Promise<void> {
    await this.catchUp();
    this.accesses.clear();
    await this.audience.tellAccess(this.accesses, reason, onlyNews);
  }

  private async catchUpIfBehind(): Promise<void> {
    const head = await this.deps.store.head(this.documentId);
    if (!head) throw notFound();
    if (head.seq > this.state.head.seq || head.epoch > this.state.head.epoch) await this.exclusive(() => this.catchUp());
  }

  /** Loads what the log has beyond our head. Only while nothing is staged. */
  private async catchUp(): Promise<void> {
    const head = await this.deps.store.head(this.documentId);
    const rows = await this.deps.store.rowsAfter(this.documentId, this.state.head.seq);
    this.behind = false;
    if (rows.length > 0) {
      this.state.commit(rows, false);
      for (const { lease, n } of rows) this.leases.learn(lease, n);
      this.audience.tellUpdates(rows);
    }
    if (head && head.epoch > this.state.head.epoch) this.state.head = { ...this.state.head, epoch: head.epoch };
  }

  private checkpointSoon(): void {
    if (this.state.tail.length < CHECKPOINT_EVERY_UPDATES || this.now() - this.checkpointAt < CHECKPOINT_PAUSE_MS) return;
    this.checkpointAt = this.now();
    this.checkpoint().catch((error: unknown) => this.deps.log.error({ documentId: this.documentId, err: error }, 'checkpoint'));
  }

  /** Edits wait for the encoding, not for the disk. */
  private async checkpoint(): Promise<void> {
    const made = await this.exclusive(() => Promise.resolve(this.state.tail.length > 0 ? this.state.makeCheckpoint() : null));
    if (!made) return;
    const { db, store, clock } = this.deps;
    await this.outside.runInAsyncScope(() => db.tx(() => store.addCheckpoint(this.documentId, made, clock.now())));
    await this.exclusive(() => Promise.resolve(this.state.rebase(made)));
  }

  /** Makes sure our checkpoint is at or after the seq where a viewer's history begins. Only while nothing is staged. */
  private async raiseFloor(fromSeq: number): Promise<void> {
    const stored = await this.deps.store.checkpoint(this.documentId);
    if (stored && stored.seq <= this.state.head.seq) this.state.rebase(stored);
    if ((this.state.checkpoint?.seq ?? 0) < fromSeq && fromSeq <= this.state.head.seq) this.state.rebase(this.state.makeCheckpoint());
  }

  private punish(userId: string, lease: number): void {
    this.penalties.set(userId, this.now() + PENALTY_MS);
    this.deps.log.warn({ documentId: this.documentId, userId, lease }, 'lease closed: its updates made the document be built anew');
    this.leases.close(lease);
    const { db, store, clock } = this.deps;
    const closing = this.outside.runInAsyncScope(() => db.tx(() => store.closeLease(this.documentId, lease, clock.now())));
    closing.catch((error: unknown) => this.deps.log.error({ documentId: this.documentId, err: error }, 'closing a lease'));
  }
}
