import type { ActorSnapshot } from '../accounts/index.js';
import type { CharSpan } from '../collaboration/index.js';

export const SUGGESTION_STATES = ['OPEN', 'ACCEPTED', 'DECLINED'] as const;
export type SuggestionState = (typeof SUGGESTION_STATES)[number];

interface Suggestion {
  readonly replacement: string;
  readonly state: SuggestionState;
  readonly decidedBy: ActorSnapshot | null;
  readonly decidedAt: Date | null;
}

export interface Note {
  readonly id: string;
  readonly at: Date;
  readonly by: ActorSnapshot;
  readonly text: string;
}

/** A thread as it is kept. */
export interface Thread {
  readonly id: string;
  readonly planId: string;
  readonly path: string;
  readonly quote: string;
  readonly spans: readonly CharSpan[];
  readonly providerOnly: boolean;
  readonly createdAt: Date;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: ActorSnapshot | null;
  readonly suggestion: Suggestion | null;
  readonly lease: number | null;
  /** Oldest first, at least one. */
  readonly notes: readonly Note[];
}

/** A thread as a viewer sees it: with where its text is now. `anchor` and `head` null: the text is gone, the quote tells what it was. */
export interface ThreadView extends Omit<Thread, 'spans' | 'lease' | 'providerOnly'> {
  readonly anchorGone: boolean;
  readonly anchor: Uint8Array | null;
  readonly head: Uint8Array | null;
}

/** What a person says about a place in the text. */
export interface NewThread {
  readonly planId: string;
  readonly path: string;
  readonly quote: string;
  /** Encoded Yjs relative positions. */
  readonly anchor: Uint8Array;
  readonly head: Uint8Array;
  readonly text: string;
  /** null: no suggestion. */
  readonly replacement: string | null;
}

/** Published after the commit: the threads of a plan have changed, read them again. */
export interface CommentHint {
  readonly planId: string;
  /** RFC 3339. */
  readonly at: string;
}
