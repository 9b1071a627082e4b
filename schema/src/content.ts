/** A plan's content as plain data, in canonical order. The shape of what is hashed, frozen, shown for review and compared. */

export interface PlanContent {
  readonly v: 1;
  readonly planId: string;
  readonly causes: readonly Cause[];
  readonly measures: readonly Measure[];
}

export interface Cause {
  readonly id: string;
  readonly text: Prose;
  readonly order: string;
}

export interface Measure {
  readonly id: string;
  /** Short title. */
  readonly what: string;
  readonly how: Prose;
  readonly followUpHow: Prose;
  readonly responsible: string;
  /** Sorted. May hold ids of causes that no longer exist. */
  readonly causeIds: readonly string[];
  /** `YYYY-MM-DD` in form; the day may not exist. */
  readonly doneBy: string | null;
  readonly followUpBy: string | null;
  readonly order: string;
}

/** The blocks of a text, as in ProseMirror's JSON (`{type: 'doc', content: prose}` is a document). Empty text is `[]`. */
export type Prose = readonly ProseBlock[];
export type ProseBlock = ProseParagraph | ProseList;

export interface ProseParagraph {
  readonly type: 'paragraph';
  readonly content: readonly ProseText[];
}

export interface ProseList {
  readonly type: 'bulletList' | 'orderedList';
  /** Only on ordered lists that don't start at 1. */
  readonly attrs?: { readonly start: number };
  readonly content: readonly ProseListItem[];
}

export interface ProseListItem {
  readonly type: 'listItem';
  readonly content: readonly ProseBlock[];
}

export interface ProseText {
  readonly type: 'text';
  readonly text: string;
  /** Sorted by type; absent when there are none. */
  readonly marks?: readonly { readonly type: 'bold' | 'italic' }[];
}

/** A text without its formatting: a line for each paragraph. */
export function proseText(prose: Prose): string {
  return prose
    .map((block) => (block.type === 'paragraph' ? block.content.map((run) => run.text).join('') : itemsText(block.content)))
    .join('\n');
}

const itemsText = (items: readonly ProseListItem[]): string => items.map((item) => proseText(item.content)).join('\n');
