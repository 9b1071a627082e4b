import { ROOTS, META_ROOT, canonicalJson, createSharedDoc, readContent, type PlanContent, type Writable } from '@samsyn/schema';
import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { MovedText } from './authorship.rules.js';
import type { AttributionNote, CheckpointState } from './collaboration.model.js';
import { gate } from './gate.rules.js';
import { GateNo, type Decoded } from './gate.model.js';
import { pathAt, placeOfType } from './place.rules.js';

type Note = Omit<AttributionNote, 'seq'>;

/**
 * A document in memory, gc on. Updates of clients come in through `admit`, rows of the log through `replay`.
 * After `admit` threw anything but a refusal of the gate itself (`spoilt`), throw it away and build it anew from the log.
 */
export class LiveDocument {
  /** The state holds something that is not in the log and must never get there. */
  spoilt = false;
  private readonly doc = createSharedDoc({ gc: true });
  private readonly moved = new MovedText();

  constructor(checkpoint: CheckpointState | null, rows: Iterable<{ readonly bytes: Uint8Array }>) {
    // Roots get their types before any bytes do it for us.
    for (const root of [...ROOTS, META_ROOT]) this.doc.getMap(root);
    if (checkpoint) Y.applyUpdateV2(this.doc, checkpoint.state);
    for (const row of rows) this.replay(row.bytes);
  }

  /** Applies an update that is in the log. */
  replay(bytes: Uint8Array): void {
    Y.applyUpdate(this.doc, bytes);
  }

  /**
   * Takes an update through the gate and applies it.
   * @returns what is to be noted about authorship: deletions as they really happened, and text that keeps its first author
   * @throws GateNo; see `spoilt`
   */
  admit(update: Decoded, writable: Writable, userId: string): Note[] {
    const { expected, removed } = gate(this.doc, update, writable);
    const carried = this.moved.note(update, removed, userId);
    this.spoilt = true;
    const deleted = this.doc.transact((transaction) => {
      Y.applyUpdate(this.doc, update.bytes);
      this.verify(update, expected);
      return transaction.deleteSet;
    });
    this.spoilt = false;
    return [...carried, ...[...deleted.clients].flatMap(([client, ranges]) => ranges.map((range) => deletion(client, range)))];
  }

  content(): { content: PlanContent; canonicalJson: string; contentHash: string } {
    const content = readContent(this.doc);
    const json = canonicalJson(content);
    return { content, canonicalJson: json, contentHash: createHash('sha256').update(json).digest('hex') };
  }

  /** The state as one V2 update. Holds no deleted content. */
  encode(): Uint8Array {
    return Y.encodeStateAsUpdateV2(this.doc);
  }

  destroy(): void {
    this.doc.destroy();
  }

  /** The gate foresaw all of this; should Yjs ever do otherwise, nothing of it is kept. Runs before gc, while everything is still an item. */
  private verify(update: Decoded, expected: readonly string[]): void {
    const { store } = this.doc;
    if (store.pendingStructs !== null || store.pendingDs !== null) throw new GateNo('PENDING');
    update.structs.forEach(({ id }, i) => {
      const structs = store.clients.get(id.client) ?? [];
      const struct = structs[Y.findIndexSS(structs, id.clock)];
      if (!(struct instanceof Y.Item)) throw new GateNo('TARGET_GONE');
      const place = placeOfType(this.doc, struct.parent as Y.AbstractType<unknown>);
      if (pathAt(place, struct.parentSub) !== expected[i]) throw new GateNo('MALFORMED');
    });
  }
}

const deletion = (client: number, { clock, len }: { clock: number; len: number }): Note => ({
  kind: 'DELETED',
  client,
  clock,
  clocks: len,
  fromClient: null,
  fromClock: null,
});
