import { branchOf } from './branch.js';
import { claimLeftBehind } from './claims.js';
import { HashCheck } from './hashCheck.js';
import { Line } from './line.js';
import { leaseLock, type TabLocks } from './locks.js';
import { Outbox } from './outbox.js';
import { Pusher } from './pusher.js';
import type { ContentReader, PlanDocumentState } from './planDocumentState.js';
import { SaveWatch } from './saveWatch.js';
import { SeqTracker } from './seqs.js';
import type { EditStorage, StoredEntry } from './storage.js';
import type { DocumentEvent, DocumentTransport, RefusedAnswer } from './transport.js';
import { WorkingCopy } from './workingCopy.js';

export interface PlanDocumentOptions {
  planId: string;
  userId: string;
  transport: DocumentTransport;
  storage: EditStorage;
  locks: TabLocks;
  reader: ContentReader;
  now?: () => number;
  newId?: () => string;
}

const REPAIR_PAUSE_MS = 60_000;

/**
 * One plan's text in one tab: opens it, keeps it in step, records what this tab writes and sees to it that every edit is either
 * acknowledged by the server or still here, in words, with its author.
 *
 * Past 300 lines, because it is one state machine: copy, outbox, line and checks are replaced together or not at all. What each of them
 * does by itself stands in its own file.
 */
export class PlanDocument {
  readonly #options: PlanDocumentOptions;
  readonly #listeners = new Set<(state: PlanDocumentState) => void>();
  readonly #outbox: Outbox;
  readonly #line: Line;
  #pusher: Pusher;
  readonly #check: HashCheck;
  #copy: WorkingCopy;
  #seqs = new SeqTracker();
  #opened = false;
  #reclaimed: StoredEntry[] = [];
  #letGo: () => void = () => undefined;
  readonly #save: SaveWatch;
  #firstPartAt: number | null = null;
  #disposed = false;
  #state: PlanDocumentState;

  constructor(options: PlanDocumentOptions) {
    this.#options = options;
    const { planId, userId, storage, transport } = options;
    this.#outbox = new Outbox(planId, userId, storage, () => this.#publish({ kept: false }));
    this.#line = new Line(planId, transport, () => (this.#opened ? this.#seqs.contiguous : null), {
      event: (event) => this.#received(event),
      down: () => this.#wentDown(),
      denied: (error) => void this.#close(error.code),
    });
    this.#copy = this.#newCopy();
    this.#pusher = this.#newPusher();
    this.#check = new HashCheck(
      planId,
      transport,
      () => ({ quiet: this.#quiet && this.#state.phase === 'open', seq: this.#seqs.contiguous, version: this.#copy.version }),
      () => options.reader.contentHash(this.#copy.doc),
      (verdict) => (verdict === 'different' ? void this.#repair() : this.#line.open()),
      () => this.#now(),
    );
    this.#save = new SaveWatch(
      () => ({ changes: this.waiting, since: this.#outbox.oldestAt ?? this.#firstPartAt }),
      () => this.#now(),
      (save) => this.#publish({ save }),
    );
    this.#state = {
      phase: 'opening',
      doc: null,
      epoch: 0,
      writable: [],
      reason: null,
      presence: [],
      save: { kind: 'saved', at: null },
      branches: [],
      repairedAt: null,
      kept: storage.kept,
    };
  }

  get state(): PlanDocumentState {
    return this.#state;
  }

  /** Edits that the server has not acknowledged. */
  get waiting(): number {
    return this.#outbox.size + (this.#copy.recorder.waiting ? 1 : 0);
  }

  subscribe(listener: (state: PlanDocumentState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }

  /** Claims what dead tabs left behind, then opens the line. */
  async start(): Promise<void> {
    const { planId, userId, storage } = this.#options;
    await this.#holdOwnLease();
    const [claimed, branches] = await Promise.all([
      claimLeftBehind(storage, this.#options.locks, planId, userId),
      storage.branches(planId, userId),
    ]);
    this.#letGo = claimed.letGo;
    if (this.#disposed) return this.#letGo();
    this.#reclaimed = claimed.entries;
    this.#outbox.restore(this.#reclaimed);
    this.#publish({ branches });
    this.#save.wentDown();
    this.#line.open();
  }

  /** The browser says that the network is back. */
  online(): void {
    this.#line.hurry();
  }

  /** Hands over what was typed in the last milliseconds: before the page goes away. */
  flush(): void {
    this.#copy.recorder.flush();
  }

  /** Resolves when everything typed is in the browser's own storage. */
  stored(): Promise<void> {
    this.flush();
    return this.#outbox.stored();
  }

  /** True once everything typed is acknowledged; false when that takes longer than `withinMs`. */
  settled(withinMs: number): Promise<boolean> {
    this.flush();
    if (this.waiting === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish(false), withinMs);
      const unsubscribe = this.subscribe(() => {
        if (this.waiting === 0) finish(true);
      });
      const finish = (done: boolean): void => {
        clearTimeout(timer);
        unsubscribe();
        resolve(done);
      };
    });
  }

  async discardBranch(id: string): Promise<void> {
    await this.#options.storage.removeBranch(id);
    this.#publish({ branches: this.#state.branches.filter((branch) => branch.id !== id) });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.flush();
    this.#disposed = true;
    this.#line.end();
    this.#pusher.stop();
    this.#check.end();
    this.#save.end();
    this.#copy.destroy();
    this.#letGo();
    this.#listeners.clear();
  }

  get #quiet(): boolean {
    return this.waiting === 0;
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  #newCopy(): WorkingCopy {
    return new WorkingCopy(
      (lease, update) => this.#recorded(lease, update),
      () => {
        this.#firstPartAt = this.#now();
        this.#save.refresh();
      },
    );
  }

  #newPusher(): Pusher {
    const { planId, transport } = this.#options;
    return new Pusher(planId, transport, this.#outbox, () => this.#line.up, {
      acknowledged: (answer) => {
        this.#seqs.note(answer.seq);
        this.#save.acknowledged(answer.at);
        if (this.#quiet) this.#check.soon();
      },
      refused: (answer) => void this.#refused(answer),
      denied: (error) => void this.#close(error.code),
    });
  }

  async #holdOwnLease(): Promise<void> {
    const copy = this.#copy;
    const release = await this.#options.locks.tryHold(leaseLock(this.#options.planId, copy.lease));
    if (release === null) return;
    if (this.#disposed || copy !== this.#copy) release();
    else copy.hold(release);
  }

  #recorded(lease: number, update: Uint8Array): void {
    this.#firstPartAt = null;
    this.#outbox.record(lease, this.#state.epoch, update, this.#now());
    this.#save.refresh();
    this.#pusher.kick();
  }

  #received(event: DocumentEvent): void {
    if (event.kind === 'OPENED') return this.#gotOpened(event);
    if (!this.#opened) return;
    if (event.kind === 'UPDATES') return this.#gotUpdates(event);
    if (event.kind === 'PRESENCE') return this.#publish({ presence: event.presence ?? [] });
    if (event.kind === 'ACCESS') return this.#gotAccess(event);
    this.#seqs = new SeqTracker();
    if (event.resyncFrom === null) this.#opened = false;
    else this.#seqs.reset(event.resyncFrom);
    this.#line.open();
  }

  #gotOpened(event: DocumentEvent): void {
    const copy = this.#copy;
    copy.recorder.flush();
    copy.apply(event.checkpoint?.update ?? null, [
      ...event.updates.map((row) => row.update),
      ...this.#reclaimed.map((entry) => entry.update),
    ]);
    this.#reclaimed = [];
    this.#seqs.reset(event.seq);
    this.#opened = true;
    this.#publish({
      phase: 'open',
      doc: copy.doc,
      epoch: event.epoch,
      writable: event.writable ?? [],
      reason: event.reason ?? this.#state.reason,
      presence: event.presence ?? [],
    });
    this.#save.cameUp();
    const differs = this.#quiet && event.contentHash !== null && this.#options.reader.contentHash(copy.doc) !== event.contentHash;
    if (differs) void this.#repair();
    this.#pusher.kick();
  }

  #gotUpdates(event: DocumentEvent): void {
    this.#copy.apply(
      null,
      event.updates.map((row) => row.update),
    );
    for (const row of event.updates) this.#seqs.note(row.seq);
    this.#check.soon();
  }

  #gotAccess(event: DocumentEvent): void {
    // What is typed so far was typed under the old epoch, and says so.
    this.#copy.recorder.flush();
    this.#seqs.note(event.seq);
    if (!event.canRead) return void this.#close(event.reason ?? 'REVOKED');
    this.#publish({ epoch: event.epoch, writable: event.writable ?? [], reason: event.reason });
  }

  #wentDown(): void {
    this.#publish({ presence: [] });
    this.#save.wentDown();
  }

  async #refused(answer: RefusedAnswer): Promise<void> {
    const copy = this.#stopCopy();
    await this.#keepAsBranch(copy, answer.code, answer.message);
    copy.destroy();
    this.#startOver();
  }

  async #repair(): Promise<void> {
    const last = this.#state.repairedAt?.getTime() ?? 0;
    if (this.#now() - last < REPAIR_PAUSE_MS) return;
    const copy = this.#stopCopy();
    // Typed between the comparison and now: not the cause, not lost.
    if (!this.#quiet) await this.#keepAsBranch(copy, 'REPAIRED', '');
    copy.destroy();
    this.#publish({ repairedAt: new Date(this.#now()) });
    this.#startOver();
  }

  async #close(code: string): Promise<void> {
    const copy = this.#stopCopy();
    this.#line.end();
    this.#check.end();
    // Signed out or outdated is not refused: the edits wait for the same person to come back.
    if (code !== 'UNAUTHENTICATED' && code !== 'OUTDATED') await this.#keepAsBranch(copy, code, '');
    else await this.#outbox.stored();
    copy.destroy();
    this.#publish({ phase: 'closed', reason: code, writable: [], presence: [] });
    this.#save.refresh();
  }

  /** Nothing more is sent or written; the text stays readable until it is replaced. */
  #stopCopy(): WorkingCopy {
    this.#pusher.stop();
    this.#line.pause();
    this.#copy.recorder.stop();
    this.#publish({ phase: 'opening', doc: null, writable: [] });
    return this.#copy;
  }

  #startOver(): void {
    if (this.#disposed) return;
    this.#letGo();
    this.#copy = this.#newCopy();
    this.#outbox.startLease();
    this.#pusher = this.#newPusher();
    this.#seqs = new SeqTracker();
    this.#opened = false;
    void this.#holdOwnLease();
    this.#save.refresh();
    this.#line.open();
  }

  async #keepAsBranch(copy: WorkingCopy, code: string, message: string): Promise<void> {
    const { planId, userId, storage, reader } = this.#options;
    const id = this.#options.newId?.() ?? crypto.randomUUID();
    const branch = branchOf(reader, copy.doc, this.#outbox.updates, {
      id,
      planId,
      userId,
      at: this.#now(),
      code,
      message,
      changes: this.#outbox.size,
    });
    if (branch !== null) {
      await storage.putBranch(branch).catch(() => this.#publish({ kept: false }));
      this.#publish({ branches: [...this.#state.branches, branch] });
    }
    this.#outbox.clear();
    await this.#outbox.stored();
  }

  #publish(part: Partial<PlanDocumentState>): void {
    if (this.#disposed) return;
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener(this.#state);
  }
}
