import { Editor } from '@tiptap/core';
import Bold from '@tiptap/extension-bold';
import BulletList from '@tiptap/extension-bullet-list';
import Collaboration from '@tiptap/extension-collaboration';
import CollaborationCaret from '@tiptap/extension-collaboration-caret';
import Document from '@tiptap/extension-document';
import Italic from '@tiptap/extension-italic';
import ListItem from '@tiptap/extension-list-item';
import { ListKeymap } from '@tiptap/extension-list';
import OrderedList from '@tiptap/extension-ordered-list';
import Paragraph from '@tiptap/extension-paragraph';
import Text from '@tiptap/extension-text';
import { MAX_LIST_START } from '@samsyn/schema';
import type * as Y from 'yjs';
import type { FieldAwareness } from '../presence/fieldAwareness.js';

/** More than this in one paste would be refused whole by the server; the person is told before. */
const MAX_PASTE_CHARACTERS = 40_000;

export interface ProseEditorOptions {
  element: HTMLElement;
  fragment: Y.XmlFragment;
  attributes: Record<string, string>;
  awareness: FieldAwareness;
  initialsOf: (role: string) => string;
  onTooMuch: () => void;
}

// The server takes `start` as a whole number and nothing else on a list.
const NumberedList = OrderedList.extend({
  addAttributes() {
    return {
      start: {
        default: 1,
        parseHTML: (element: HTMLElement) =>
          Math.min(Math.max(Math.trunc(Number(element.getAttribute('start') ?? 1)) || 1, 1), MAX_LIST_START),
      },
    };
  },
});

// Two lawful edits can merge to an item that begins with a list: shown as it is, never "repaired" by deleting it.
// Tab leaves the field, as everywhere else on the page: a list must not hold the keyboard.
const Item = ListItem.extend({
  content: 'block+',
  addKeyboardShortcuts() {
    return { Enter: () => this.editor.commands.splitListItem(this.name) };
  },
});

function caretElement(user: Record<string, unknown>, initialsOf: (role: string) => string): HTMLElement {
  const caret = document.createElement('span');
  caret.className = user['side'] === 'PROVIDER' ? 'caret caret--provider' : 'caret';
  caret.dataset['who'] = initialsOf(String(user['role']));
  // Who writes here stands in words under the field; in the text the name would be read as part of it.
  caret.setAttribute('aria-hidden', 'true');
  return caret;
}

/** The editor of one prose field: exactly what the shared shape knows, with undo of one's own work and the others' carets. */
export function createProseEditor(options: ProseEditorOptions): Editor {
  return new Editor({
    element: options.element,
    injectCSS: false,
    editorProps: {
      attributes: options.attributes,
      handlePaste: (_view, event) => {
        const length = event.clipboardData?.getData('text/plain').length ?? 0;
        if (length <= MAX_PASTE_CHARACTERS) return false;
        options.onTooMuch();
        return true;
      },
    },
    extensions: [
      Document,
      Paragraph,
      Text,
      Bold,
      Italic,
      BulletList,
      NumberedList,
      Item,
      ListKeymap,
      Collaboration.configure({ fragment: options.fragment }),
      CollaborationCaret.configure({
        provider: { awareness: options.awareness },
        render: (user) => caretElement(user, options.initialsOf),
        selectionRender: (user) => ({ class: user['side'] === 'PROVIDER' ? 'selected-by selected-by--provider' : 'selected-by' }),
      }),
    ],
  });
}
