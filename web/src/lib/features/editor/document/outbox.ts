import * as Y from 'yjs';
import type { EditStorage, StoredEntry } from './storage.js';

/** A pause this long starts a new change; typing without pauses is one change however long the line is down. */
const SAME_CHANGE_MS = 2_000;
/** Merged changes stay well under the server's cap for one update. */
const MERGED_BYTES = 16_384;

interface Entry extends StoredEntry {
  /** May be at the server already: its bytes must never change again. */
  sent: boolean;
  touchedAt: number;
}

/**
 * The recorded, unacknowledged updates of one tab, in the order in which they were made. Updates are only ever merged with their own
 * neighbour and only before the first attempt to send it, so that a retransmit carries the bytes of the first attempt.
 */
export class Outbox {
  readonly #entries: Entry[] = [];
  #nextN = 1;
  #writes: Promise<void> = Promise.resolve();

  constructor(
    readonly planId: string,
    readonly userId: string,
    readonly storage: EditStorage,
    readonly onStorageFailed: (error: unknown) => void,
  ) {}

  get size(): number {
    return this.#entries.length;
  }

  get oldestAt(): number | null {
    return this.#entries[0]?.at ?? null;
  }

  get updates(): Uint8Array[] {
    return this.#entries.map((entry) => entry.update);
  }

  /** Adds what another, dead tab left behind, before anything of one's own. */
  restore(stored: readonly StoredEntry[]): void {
    const ordered = [...stored].sort((a, b) => a.at - b.at || a.n - b.n);
    const inOrder = [...new Set(ordered.map((entry) => entry.lease))].flatMap((lease) =>
      ordered.filter((entry) => entry.lease === lease).sort((a, b) => a.n - b.n),
    );
    this.#entries.unshift(...inOrder.map((entry) => ({ ...entry, sent: true, touchedAt: entry.at })));
  }

  /** A new lease counts from one. */
  startLease(): void {
    this.#nextN = 1;
  }

  record(lease: number, epoch: number, update: Uint8Array, now: number): void {
    const tail = this.#entries.at(-1);
    const merges =
      tail !== undefined &&
      !tail.sent &&
      tail.lease === lease &&
      tail.epoch === epoch &&
      now - tail.touchedAt < SAME_CHANGE_MS &&
      tail.update.byteLength + update.byteLength <= MERGED_BYTES;
    if (merges) {
      tail.update = Y.mergeUpdates([tail.update, update]);
      tail.touchedAt = now;
      this.#store(tail);
      return;
    }
    const entry: Entry = {
      planId: this.planId,
      userId: this.userId,
      lease,
      n: this.#nextN++,
      epoch,
      update,
      at: now,
      sent: false,
      touchedAt: now,
    };
    this.#entries.push(entry);
    this.#store(entry);
  }

  /** The next update to send. From here on its bytes are fixed. */
  takeFirst(): StoredEntry | null {
    const first = this.#entries[0];
    if (first === undefined) return null;
    first.sent = true;
    return first;
  }

  acknowledge(entry: Pick<StoredEntry, 'lease' | 'n'>): void {
    const index = this.#entries.findIndex((candidate) => candidate.lease === entry.lease && candidate.n === entry.n);
    if (index < 0) return;
    this.#entries.splice(index, 1);
    this.#write(() => this.storage.removeEntries(this.planId, this.userId, entry.lease, [entry.n]));
  }

  /** Empties the outbox, after its content went into a branch. */
  clear(): void {
    const byLease = new Map<number, number[]>();
    for (const entry of this.#entries.splice(0)) byLease.set(entry.lease, [...(byLease.get(entry.lease) ?? []), entry.n]);
    for (const [lease, ns] of byLease) this.#write(() => this.storage.removeEntries(this.planId, this.userId, lease, ns));
  }

  /** Resolves when everything recorded so far has reached the storage. */
  stored(): Promise<void> {
    return this.#writes;
  }

  #store(entry: Entry): void {
    const { sent: _sent, touchedAt: _touchedAt, ...stored } = entry;
    this.#write(() => this.storage.putEntry(stored));
  }

  #write(write: () => Promise<void>): void {
    this.#writes = this.#writes.then(write).catch(this.onStorageFailed);
  }
}
