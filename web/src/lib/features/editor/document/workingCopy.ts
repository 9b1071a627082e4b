import { createSharedDoc } from '@samsyn/schema';
import * as Y from 'yjs';
import { Recorder } from './recorder.js';

/** Origin of everything that came from the server or from an earlier tab: not ours to record, not ours to undo. */
const FROM_ELSEWHERE = Symbol('from elsewhere');

/** One Y.Doc with its own lease (its clientID) and its recorder. Thrown away whole when the server refuses something. */
export class WorkingCopy {
  readonly doc = createSharedDoc();
  readonly recorder: Recorder;
  /** Counts every change, whoever made it. */
  version = 0;
  #release: (() => void) | null = null;

  constructor(onRecorded: (lease: number, update: Uint8Array) => void, onFirstPart: () => void) {
    this.recorder = new Recorder(this.doc, (update) => onRecorded(this.doc.clientID, update), onFirstPart);
    this.doc.on('update', () => {
      this.version += 1;
    });
  }

  get lease(): number {
    return this.doc.clientID;
  }

  /** Held for the copy's life: whoever gets the lock later knows that this tab is gone. */
  hold(release: () => void): void {
    this.#release = release;
  }

  /** One transaction for all of it, so that readers never see half an answer. */
  apply(checkpoint: Uint8Array | null, updates: readonly Uint8Array[]): void {
    Y.transact(
      this.doc,
      () => {
        if (checkpoint !== null) Y.applyUpdateV2(this.doc, checkpoint, FROM_ELSEWHERE);
        for (const update of updates) Y.applyUpdate(this.doc, update, FROM_ELSEWHERE);
      },
      FROM_ELSEWHERE,
      false,
    );
  }

  destroy(): void {
    this.recorder.stop();
    this.doc.destroy();
    this.#release?.();
    this.#release = null;
  }
}
