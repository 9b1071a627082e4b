import type { PlanContent } from '@samsyn/schema';
import type { Actor, ActorSnapshot } from '../accounts/index.js';

/** Who may read a document, what they may write in it, and from where on they may see its history. Implemented by the feature that owns documents. */
export interface DocumentAccess {
  /** null: for this actor the document doesn't exist. Must answer by what is committed now. */
  accessTo(documentId: string, actor: Actor): Promise<Access | null>;
  /** Told when a person has been let in to read the document live. */
  opened(documentId: string, as: ActorSnapshot): void;
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
  /** The user who accepted the suggestion that the server wrote here in its author's name; null: the author wrote it. */
  readonly acceptedBy: string | null;
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
  /** Whose rights it goes through the gate with. */
  readonly actor: Actor;
  /** Only when the server writes an accepted suggestion: the user whose text it is, and whose the lease is. */
  readonly authorId?: string;
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

/** A stretch of the log as authorship shows it: whose act, and when. */
export interface Mark {
  readonly seq: number;
  readonly at: Date;
  readonly userId: string;
  /** The person as known when the text was written; null: not kept. */
  readonly by: ActorSnapshot | null;
  readonly acceptedBy: string | null;
}

/**
 * Text of a field that stands or stood together, with one authorship. What is before the viewer's floor has no marks, and text that was
 * gone by then isn't here at all.
 */
export interface BlameRun {
  readonly text: string;
  /** The paragraph it stands in, counted from 0 over all that the field ever held. */
  readonly block: number;
  /** Who first wrote it. */
  readonly written: Mark | null;
  /** Who put it where it stands: the same, unless it was moved, pasted or brought back. */
  readonly placed: Mark | null;
  /** Who took it away; null: it is there. */
  readonly removed: Mark | null;
  /** Taken away only to stand elsewhere: moved, or brought back later. */
  readonly lives: boolean;
}

/** A field with all that is, and was, in it, in reading order. For dates the text is the date, for ids one id. */
export interface FieldBlame {
  readonly path: string;
  readonly runs: readonly BlameRun[];
}

/** A stretch of characters by the ids they were made with. Outlives every edit of what is around them. */
export interface CharSpan {
  readonly client: number;
  readonly clock: number;
  readonly clocks: number;
}

/** Characters that somebody pointed at, and what stands there: a line for each paragraph. */
export interface PointedText {
  readonly spans: readonly CharSpan[];
  readonly quote: string;
}

/** Where characters are now: encoded relative positions of the first and after the last that is left. */
export interface Anchored {
  readonly path: string;
  readonly quote: string;
  readonly anchor: Uint8Array;
  readonly head: Uint8Array;
}

/** A suggestion to write: other words where exactly `quote` stands. */
export interface Replacement {
  readonly spans: readonly CharSpan[];
  readonly quote: string;
  readonly words: string;
}

/** In whose rights and in whose name the server writes. */
export interface WriteAs {
  readonly acceptor: Actor;
  readonly author: ActorSnapshot;
  /** From `leaseFor`. One for each suggestion: written twice, it is still written once. */
  readonly lease: number;
}
