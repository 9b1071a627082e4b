import { branchOf } from './branch.js';
import { HashCheck } from './hashCheck.js';
import { Line } from './line.js';
import { leaseLock, type TabLocks } from './locks.js';
import { Outbox } from './outbox.js';
import { Pusher } from './pusher.js';
import type { ContentReader, PlanDocumentState } from './planDocumentState.js';
import { PATIENCE_MS, saveState } from './saveState.js';
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
  readonly #reclaimedLocks: (() => void)[] = [];
  #acknowledgedAt: Date | null = null;
  #downSince: number | null = null;
  #firstPartAt: number | null = null;
  #saveTimer: ReturnType<typeof setTimeout> | null = null;
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
    const [stored, branches] = await Promise.all([storage.entries(planId, userId), storage.branches(planId, userId)]);
    for (const lease of new Set(stored.map((entry) => entry.lease))) {
      const release = await this.#options.locks.tryHold(leaseLock(planId, lease));
      if (release === null) continue;
      this.#reclaimedLocks.push(release);
      this.#reclaimed.push(...stored.filter((entry) => entry.lease === lease));
    }
    if (this.#disposed) return this.#letGo();
    this.#outbox.restore(this.#reclaimed);
    this.#publish({ branches });
    this.#downSince = this.#now();
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
    if (this.#saveTimer !== null) clearTimeout(this.#saveTimer);
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

  #letGo(): void {
    for (const release of this.#reclaimedLocks.splice(0)) release();
  }

  #newCopy(): WorkingCopy {
    return new WorkingCopy(
      (lease, update) => this.#recorded(lease, update),
      () => {
        this.#firstPartAt = this.#now();
        this.#refreshSave();
      },
    );
  }

  #newPusher(): Pusher {
    const { planId, transport } = this.#options;
    return new Pusher(planId, transport, this.#outbox, () => this.#line.up, {
      acknowledged: (answer) => {
        this.#acknowledgedAt = answer.at;
        this.#seqs.note(answer.seq);
        this.#refreshSave();
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
    this.#refreshSave();
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
    this.#downSince = null;
    this.#publish({
      phase: 'open',
      doc: copy.doc,
      epoch: event.epoch,
      writable: event.writable ?? [],
      reason: event.reason ?? this.#state.reason,
      presence: event.presence ?? [],
    });
    this.#refreshSave();
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
    this.#downSince ??= this.#now();
    this.#publish({ presence: [] });
    this.#refreshSave();
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
    this.#refreshSave();
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
    this.#refreshSave();
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

  #refreshSave(): void {
    if (this.#saveTimer !== null) clearTimeout(this.#saveTimer);
    this.#saveTimer = null;
    if (this.#disposed) return;
    const waitingSince = this.#outbox.oldestAt ?? this.#firstPartAt;
    const facts = {
      now: this.#now(),
      changes: this.waiting,
      waitingSince,
      acknowledgedAt: this.#acknowledgedAt,
      downSince: this.#downSince,
    };
    const save = saveState(facts);
    this.#publish({ save });
    const settles = save.kind === 'waiting' || save.kind === 'disconnected' || (save.kind === 'saved' && this.#downSince === null);
    if (!settles) this.#saveTimer = setTimeout(() => this.#refreshSave(), PATIENCE_MS / 4);
  }

  #publish(part: Partial<PlanDocumentState>): void {
    if (this.#disposed) return;
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener(this.#state);
  }
}
