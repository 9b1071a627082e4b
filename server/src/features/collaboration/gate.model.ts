import type { GateCode } from '@samsyn/schema';
import type * as Y from 'yjs';

/** The gate's no. Thrown inside the gate's rules, caught by `gate` and by the room; never leaves the feature. */
export class GateNo extends Error {
  constructor(
    readonly code: GateCode,
    /** What is touched, where one path can be named. */
    readonly path: string | null = null,
  ) {
    super(code);
  }
}

export interface DeleteRange {
  readonly client: number;
  readonly clock: number;
  readonly len: number;
}

/** A client's update, decoded and checked for everything that needs no document. */
export interface Decoded {
  readonly bytes: Uint8Array;
  readonly lease: number;
  /** Items only, all of the lease, clocks contiguous. */
  readonly structs: readonly Y.Item[];
  /** First clock the update takes; meaningless when it has no structs. */
  readonly clock: number;
  /** How many clocks it takes. */
  readonly clocks: number;
  /** By client, sorted, without overlap. */
  readonly deletes: ReadonlyMap<number, readonly DeleteRange[]>;
}

/** Live text that an update deletes: part of one item. */
export interface RemovedText {
  readonly client: number;
  readonly clock: number;
  readonly text: string;
  readonly item: Y.Item;
}

/** What the gate found out about an update it lets in. */
export interface Admitted {
  readonly paths: ReadonlySet<string>;
  /** For each struct, where it must be found after it was applied. */
  readonly expected: readonly string[];
  readonly removed: readonly RemovedText[];
}
