import { getContext, setContext } from 'svelte';
import type * as Y from 'yjs';
import { listen, run } from '#lib/api/client.js';
import { ApiError } from '#lib/api/errors.js';
import {
  AcceptSuggestionDocument,
  CommentsChangedDocument,
  CommentsDocument,
  DeclineSuggestionDocument,
  ReopenThreadDocument,
  ReplyToThreadDocument,
  ResolveThreadDocument,
  StartThreadDocument,
  type ThreadFragment,
} from '#lib/api/generated/graphql.js';
import { act, type ActResult } from '#lib/features/editor/acts.js';
import { toBase64 } from '#lib/features/editor/document/bytes.js';
import { type Anchor, anchorOf, wholeField } from './anchors.js';

/** Words in a field that somebody has marked, to talk about. */
export interface Marked {
  readonly path: string;
  readonly quote: string;
  /** Null: found by its words when the thread starts. */
  readonly anchor: Anchor | null;
}

export interface NewThread {
  readonly path: string;
  readonly quote: string;
  readonly anchor: Anchor;
  readonly text: string;
  readonly replacement: string | null;
}

/** What conversations need to know of the text they are about. */
export interface Subject {
  /** The shared text, to point in. */
  readonly doc: () => Promise<Y.Doc | null> | Y.Doc | null;
  /** A field's words as they stand on screen. */
  readonly text: (path: string) => string;
  /** May this person write in the field, and so take a suggestion? */
  readonly canWrite: (path: string) => boolean;
}

/** A plan's conversations, live. They are no part of the text that is decided on. */
export class Comments {
  readonly planId: string;
  threads = $state.raw<readonly ThreadFragment[]>([]);
  /** What was last marked in a field. */
  marked = $state.raw<Marked | null>(null);
  /** The cause or measure that a new thread is being written on. */
  writing = $state<string | null>(null);
  mayWrite = $state(false);
  readonly subject: Subject;

  constructor(planId: string, subject: Subject) {
    this.planId = planId;
    this.subject = subject;
  }

  /** @returns stops listening */
  start(): () => void {
    void this.load();
    return listen(CommentsChangedDocument, { planId: this.planId }, () => void this.load());
  }

  async load(): Promise<void> {
    try {
      this.threads = (await run(CommentsDocument, { planId: this.planId })).comments;
    } catch (error) {
      // Not readable, or no line just now: the conversations on screen stay; the next hint or visit fetches them.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  on(root: string, id: string): ThreadFragment[] {
    return this.threads.filter((thread) => thread.path.startsWith(`${root}/${id}/`));
  }

  /** Where the marked words stand, or the whole field. Null: the text can't be had, or the words are not in one paragraph of it. */
  async anchorFor(path: string, quote: string): Promise<Anchor | null> {
    const marked = this.marked;
    if (marked?.path === path && marked.quote === quote && marked.anchor) return marked.anchor;
    const doc = await this.subject.doc();
    if (doc === null) return null;
    return quote === this.subject.text(path) ? wholeField(doc, path) : anchorOf(doc, path, quote);
  }

  startThread({ anchor, ...thread }: NewThread): Promise<ActResult<unknown>> {
    return this.#do(
      act(StartThreadDocument, {
        ...thread,
        planId: this.planId,
        anchor: toBase64(anchor.anchor),
        head: toBase64(anchor.head),
      }),
    );
  }

  reply = (threadId: string, text: string): Promise<ActResult<unknown>> => this.#do(act(ReplyToThreadDocument, { threadId, text }));
  resolve = (threadId: string): Promise<ActResult<unknown>> => this.#do(act(ResolveThreadDocument, { threadId }));
  reopen = (threadId: string): Promise<ActResult<unknown>> => this.#do(act(ReopenThreadDocument, { threadId }));
  accept = (threadId: string): Promise<ActResult<unknown>> => this.#do(act(AcceptSuggestionDocument, { threadId }));
  decline = (threadId: string): Promise<ActResult<unknown>> => this.#do(act(DeclineSuggestionDocument, { threadId }));

  async #do(doing: Promise<ActResult<unknown>>): Promise<ActResult<unknown>> {
    const result = await doing;
    await this.load();
    return result;
  }
}

const key = Symbol('comments');
export const provideComments = (comments: Comments): Comments => setContext(key, comments);
/** Undefined where a text is shown without its conversations: a receipt, the check page. */
export const useComments = (): Comments | undefined => getContext<Comments | undefined>(key);
