import {
  addCause,
  addMeasure,
  contentHash,
  moveEntry,
  proseField,
  readContent,
  removeCause,
  removeMeasure,
  seedUpdate,
  setCauseIds,
  setDate,
  textField,
} from '@samsyn/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { decodeClientUpdate } from './decode.rules.js';
import { GateNo } from './gate.model.js';
import { LiveDocument } from './liveDocument.js';
import { Editor, paragraph } from './testing/editor.js';

const FIRST_LEASE = 1_000;

/** One thing a person does; the numbers say where. */
interface Step {
  readonly who: number;
  readonly act: number;
  readonly at: number;
  readonly size: number;
}
const step = fc.record({ who: fc.nat(2), act: fc.nat(13), at: fc.nat(40), size: fc.nat(9) });
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

function edit(editor: Editor, { act, at, size }: Step): void {
  const { doc } = editor;
  const { causes, measures } = readContent(doc);
  const [cause, measure] = [pick(causes, at)?.id ?? '', pick(measures, at)?.id ?? ''];
  const how = proseField(doc, 'measures', measure, 'how');
  const text = how && texts(how)[at % Math.max(1, texts(how).length)];
  const acts: (() => unknown)[] = [
    () => addMeasure(doc, { what: `Åtgärd ${size}`, how: 'Ett.\nTvå.' }),
    () => addCause(doc, { text: 'Orsak' }),
    () => insert(textField(doc, 'measures', measure, 'what'), at, 'ord '.repeat(size)),
    () => insert(text, at, 'skrift'.slice(0, size)),
    () => cut(text, at, size),
    () => text?.format(Math.min(at, text.length), Math.min(size, text.length - Math.min(at, text.length)), { bold: size % 2 ? {} : null }),
    () => how?.insert(Math.min(at, how.length), [paragraph('stycke')]),
    () => how && how.length > 0 && how.delete(at % how.length, 1),
    () => setDate(doc, measure, size % 2 ? 'doneBy' : 'followUpBy', size < 7 ? `2026-0${size + 1}-01` : null),
    () => setCauseIds(doc, measure, size % 2 ? [cause].filter((id) => id !== '') : []),
    () => moveEntry(doc, 'measures', measure, pick(measures, size)?.id ?? null),
    () => (size > 6 ? removeMeasure(doc, measure) : removeCause(doc, cause)),
    () => editor.undo.undo(),
    () => editor.undo.redo(),
  ];
  acts[act]?.();
}
const insert = (text: Y.Text | undefined, at: number, words: string) => text?.insert(Math.min(at, text.length), words);
const cut = (text: Y.Text | undefined, at: number, size: number) => {
  const from = Math.min(at, text?.length ?? 0);
  return text?.delete(from, Math.min(size, text.length - from));
};
const texts = (fragment: Y.XmlFragment): Y.XmlText[] => [...fragment.createTreeWalker((node) => node instanceof Y.XmlText)] as Y.XmlText[];

/** A server with its log, and what a client may meet: its own retransmits, others' edits late, and the news that a paragraph is gone. */
class Server {
  readonly log: Uint8Array[] = [seedUpdate('plan')];
  readonly live = new LiveDocument(null, [{ bytes: seedUpdate('plan') }]);
  lease = FIRST_LEASE;

  /** @returns the refusal's code, or null */
  take(update: Uint8Array, lease: number): string | null {
    const before = this.live.content().contentHash;
    try {
      this.live.admit(decodeClientUpdate(update, lease), ['*'], `user-${lease}`);
      this.log.push(update);
      return null;
    } catch (error) {
      if (!(error instanceof GateNo)) throw error;
      expect(this.live.spoilt).toBe(false);
      expect(this.live.content().contentHash).toBe(before);
      return error.code;
    }
  }
}

class Person {
  editor: Editor;
  private seen: number;
  private waiting: Uint8Array[] = [];

  constructor(private readonly server: Server) {
    this.editor = new Editor(server.lease++, server.log);
    this.seen = server.log.length;
  }

  edit(what: Step): void {
    edit(this.editor, what);
    this.waiting.push(...this.editor.outbox.splice(0));
  }

  /** Sends everything, batched now and then; a retransmit of what was taken must be recognised. */
  send(batched: boolean): void {
    const updates = batched && this.waiting.length > 1 ? [Y.mergeUpdates(this.waiting)] : this.waiting;
    this.waiting = [];
    for (const update of updates) {
      const refused = this.server.take(update, this.editor.lease);
      if (refused === null) {
        if (Y.decodeUpdate(update).structs.length > 0) expect(this.server.take(update, this.editor.lease)).toBe('OUT_OF_ORDER');
        continue;
      }
      // All that an honest person is ever refused for. The work is kept as a branch, and writing goes on in a new document.
      expect(refused).toBe('TARGET_GONE');
      Object.assign(this, new Person(this.server));
      return;
    }
  }

  receive(count = Infinity): void {
    for (const update of this.server.log.slice(this.seen, this.seen + count)) this.editor.receive(update);
    this.seen = Math.min(this.server.log.length, this.seen + count);
  }
}

describe('honest clients', () => {
  it('converge with the server, whatever they do, in whatever order it arrives; and the log replays to the same', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(7)), { minLength: 1, maxLength: 60 }), (steps) => {
        const server = new Server();
        const people = [new Person(server), new Person(server), new Person(server)];
        for (const [what, then] of steps) {
          const person = people[what.who] as Person;
          person.edit(what);
          if (then & 1) person.send((then & 4) > 0);
          if (then & 2) (people[(what.who + then) % 3] as Person).receive(then);
        }
        for (const person of people) person.send(false);
        for (const person of people) person.receive();
        const { contentHash: expected } = server.live.content();
        for (const person of people) expect(contentHash(readContent(person.editor.doc))).toBe(expected);
        expect(
          new LiveDocument(
            null,
            server.log.map((bytes) => ({ bytes })),
          ).content().contentHash,
        ).toBe(expected);
        const checkpoint = { seq: 1, state: server.live.encode(), contentHash: expected };
        expect(new LiveDocument(checkpoint, []).content().contentHash).toBe(expected);
      }),
      { numRuns: 150 },
    );
  });
});

describe('mutated updates', () => {
  const session = (): { update: Uint8Array; server: Server; lease: number } => {
    const server = new Server();
    const person = new Person(server);
    for (const act of [0, 1, 3, 6]) person.edit({ who: 0, act, at: 1, size: 5 });
    person.send(false);
    const { editor } = person;
    editor.doc.transact(() => [3, 4, 5, 8, 9].forEach((act) => edit(editor, { who: 0, act, at: 2, size: 4 })));
    return { update: Y.mergeUpdates(editor.outbox), server, lease: editor.lease };
  };

  it('are refused without a trace, or are lawful edits of their own sender', () => {
    const { update, server, lease } = session();
    const base = server.log.map((bytes) => ({ bytes }));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(update.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const mutated = update.slice();
        for (const [at, value] of changes) mutated[at] = value;
        const live = new LiveDocument(null, base);
        const before = live.content().contentHash;
        try {
          live.admit(decodeClientUpdate(mutated, lease), ['*'], 'u');
        } catch (error) {
          expect(error).toBeInstanceOf(GateNo);
          expect(live.spoilt).toBe(false);
          expect(live.content().contentHash).toBe(before);
          return;
        }
        const fresh = new LiveDocument(null, [...base, { bytes: mutated }]);
        expect(fresh.content().contentHash).toBe(live.content().contentHash);
        expect(new LiveDocument({ seq: 1, state: live.encode(), contentHash: '' }, []).content().contentHash).toBe(
          live.content().contentHash,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
