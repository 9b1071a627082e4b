import type { PlanContent } from '@samsyn/schema';
import type { Actor, ActorSnapshot } from '../accounts/index.js';

/** Who may read a document, what they may write in it, and from where on they may see its history. Implemented by the feature that owns documents. */
export interface DocumentAccess {
  /** null: for this actor the document doesn't exist. Must answer by what is committed now. */
  accessTo(documentId: string, actor: Actor): Promise<Access | null>;
}

export interface Access {
  readonly canRead: boolean;
  /** Path patterns of @samsyn/schema. */
  readonly writable: ReadonlySet<string>;
  /** No row with a lower seq ever reaches this viewer: it starts from a checkpoint made at or after it. 0: everything. */
  readonly fromSeq: number;
  /** How the person is shown to others. */
  readonly as: ActorSnapshot;
}

/** The document's newest state in the log. */
export interface DocumentHead {
  readonly seq: number;
  readonly epoch: number;
  /** Hash of the newest row: the chain's end. */
  readonly hash: string;
}

/** One row of the log. */
export interface LogRow {
  readonly seq: number;
  readonly epoch: number;
  readonly lease: number;
  /** 1, 2, 3 … in each lease. */
  readonly n: number;
  readonly userId: string;
  readonly sessionId: string;
  readonly at: Date;
  readonly bytes: Uint8Array;
  readonly bytesHash: string;
  readonly hash: string;
  /** The clocks of its lease that the update takes: with userId, at and seq, who inserted what. */
  readonly clock: number;
  readonly clocks: number;
}

/** A row that says who deleted a range, or that a range is text that stood elsewhere before and keeps its first author. */
export interface AttributionNote {
  readonly kind: 'DELETED' | 'CARRIED';
  readonly seq: number;
  readonly client: number;
  readonly clock: number;
  readonly clocks: number;
  /** CARRIED: the range it was copied from. */
  readonly fromClient: number | null;
  readonly fromClock: number | null;
}

/** A document's state at a seq, Yjs V2, without deleted content. */
export interface CheckpointState {
  readonly seq: number;
  readonly state: Uint8Array;
  readonly contentHash: string;
}

/** Content as committed at a seq. */
export interface ReadContent {
  readonly seq: number;
  readonly content: PlanContent;
  readonly canonicalJson: string;
  readonly contentHash: string;
}

export interface LeaseState {
  readonly userId: string;
  closed: boolean;
  /** The highest n committed, or applied and about to be. */
  lastN: number;
}

/** One waiting push. */
export interface Push {
  readonly actor: Actor;
  readonly epoch: number;
  readonly lease: number;
  readonly n: number;
  readonly update: Uint8Array;
}

export interface Pushed {
  readonly seq: number;
  readonly at: Date;
}

export interface LoggedUpdate {
  readonly seq: number;
  readonly lease: number;
  readonly update: Uint8Array;
}

export interface PresenceEntry {
  readonly presenceId: string;
  readonly name: string;
  readonly role: ActorSnapshot['role'];
  readonly organisation: string;
  readonly side: ActorSnapshot['side'];
  readonly path: string | null;
  readonly anchor: Uint8Array | null;
  readonly head: Uint8Array | null;
  readonly seenAt: Date;
}

/**
 * What a subscriber gets. The same object goes to every subscriber that sees the same, so that the transport can serialise it once:
 * never put anything in it that depends on the viewer, except in OPENED and (shared by those with equal rights) ACCESS.
 */
export interface DocumentEvent {
  readonly kind: 'OPENED' | 'UPDATES' | 'PRESENCE' | 'ACCESS' | 'RESYNC';
  readonly seq: number;
  readonly epoch: number;
  readonly checkpoint: { readonly seq: number; readonly update: Uint8Array } | null;
  readonly updates: readonly LoggedUpdate[];
  readonly contentHash: string | null;
  readonly writable: readonly string[] | null;
  readonly canRead: boolean;
  readonly reason: string | null;
  readonly presence: readonly PresenceEntry[] | null;
  readonly you: string | null;
  readonly resyncFrom: number | null;
}
