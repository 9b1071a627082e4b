import { addMeasure, proseField, removeMeasure, seedUpdate, textField } from '@samsyn/schema';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { AttributionNote } from './collaboration.model.js';
import { decodeClientUpdate } from './decode.rules.js';
import { LiveDocument } from './liveDocument.js';
import { Editor, paragraph, textOf } from './testing/editor.js';

const ANNA = 700;
const BO = 800;
const SENTENCE = 'Personalen saknar en rutin för överlämning.';

let server: LiveDocument;
let anna: Editor;
let bo: Editor;
let measure: string;

type Note = Omit<AttributionNote, 'seq'>;
const push = (update: Uint8Array, lease: number): Note[] => server.admit(decodeClientUpdate(update, lease), ['*'], `user-${lease}`);
const carried = (notes: readonly Note[]): Note[] => notes.filter((note) => note.kind === 'CARRIED');
const how = (editor: Editor) => proseField(editor.doc, 'measures', measure, 'how') as Y.XmlFragment;
/** Where Anna's sentence stands: client and clock of its first character. */
const original = (): Y.ID => (textOf(how(anna))._start as Y.Item).id;
const total = (notes: readonly Note[]): number => notes.reduce((sum, note) => sum + note.clocks, 0);

/** Splits the first paragraph as an editor does: cuts the end off, and inserts it again in a paragraph of its own. */
const split = (editor: Editor, at: number): Uint8Array =>
  editor.made((doc) =>
    doc.transact(() => {
      const text = textOf(how(editor));
      const rest = text.toString().slice(at);
      text.delete(at, rest.length);
      how(editor).insert(1, [paragraph(rest)]);
    }),
  );

beforeEach(() => {
  server = new LiveDocument(null, [{ bytes: seedUpdate('plan') }]);
  anna = new Editor(ANNA);
  push(
    anna.made((doc) => (measure = addMeasure(doc, { what: 'Rutin', how: SENTENCE }))),
    ANNA,
  );
  bo = anna.beside(BO);
});

describe('authorship', () => {
  it('stays with the first author when another splits the sentence (danger 14)', () => {
    const notes = carried(push(split(bo, 20), BO));
    expect(notes).toEqual([
      expect.objectContaining({ client: BO, clocks: SENTENCE.length - 20, fromClient: ANNA, fromClock: original().clock + 20 }),
    ]);
  });

  it('stays with each of several authors of a sentence', () => {
    push(
      bo.made(() => textOf(how(bo)).insert(10, ' verkligen')),
      BO,
    );
    anna.receive(Y.encodeStateAsUpdate(bo.doc));
    const editor = anna.beside(900);
    const notes = carried(push(split(editor, 5), 900));
    expect(new Set(notes.map((note) => note.fromClient))).toEqual(new Set([ANNA, BO]));
    expect(total(notes)).toBe(SENTENCE.length + ' verkligen'.length - 5);
  });

  it('stays when a paragraph becomes a list', () => {
    const update = bo.made((doc) =>
      doc.transact(() => {
        how(bo).delete(0, 1);
        const [list, item] = [new Y.XmlElement('bulletList'), new Y.XmlElement('listItem')];
        item.insert(0, [paragraph(SENTENCE)]);
        list.insert(0, [item]);
        how(bo).insert(0, [list]);
      }),
    );
    expect(carried(push(update, BO))).toEqual([expect.objectContaining({ fromClient: ANNA, clocks: SENTENCE.length })]);
  });

  it('stays when a deletion is undone, of text or of the whole measure', () => {
    push(
      bo.made(() => textOf(how(bo)).delete(0, 12)),
      BO,
    );
    expect(
      carried(
        push(
          bo.made(() => bo.undo.undo()),
          BO,
        ),
      ),
    ).toEqual([expect.objectContaining({ fromClient: ANNA, fromClock: original().clock, clocks: 12 })]);
    const again = new Editor(900, [Y.encodeStateAsUpdate(bo.doc)]);
    push(
      again.made((doc) => removeMeasure(doc, measure)),
      900,
    );
    const back = carried(
      push(
        again.made(() => again.undo.undo()),
        900,
      ),
    );
    expect(total(back)).toBeGreaterThanOrEqual(SENTENCE.length);
    expect(new Set(back.map((note) => note.fromClient))).toEqual(new Set([ANNA, BO]));
  });

  it("is not given away: other words, or somebody else's deletion, carry nothing", () => {
    push(
      bo.made(() => textOf(how(bo)).delete(0, 12)),
      BO,
    );
    anna.receive(Y.encodeStateAsUpdate(bo.doc));
    expect(
      carried(
        push(
          anna.made(() => textOf(how(anna)).insert(0, 'Helt andra ord')),
          ANNA,
        ),
      ),
    ).toEqual([]);
    const forger = anna.beside(900);
    expect(
      carried(
        push(
          forger.made(() => textField(forger.doc, 'measures', measure, 'what')?.insert(0, SENTENCE.slice(0, 12))),
          900,
        ),
      ),
    ).toEqual([]);
  });

  it('of very many runs over very much deleted text is looked for within bounds', () => {
    const long = Array.from({ length: 400 }, (_, i) => `Stycke ${i}: ${'mycket text '.repeat(30)}`).join('\n');
    const wide = anna.beside(901);
    push(
      wide.made((doc) => (measure = addMeasure(doc, { how: long }))),
      901,
    );
    const update = wide.made((doc) =>
      doc.transact(() => {
        how(wide).delete(0, how(wide).length);
        how(wide).insert(
          0,
          Array.from({ length: 4_000 }, (_, i) => paragraph(`nytt ${i} här`)),
        );
      }),
    );
    const before = performance.now();
    expect(carried(push(update, 901))).toEqual([]);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('of a deletion is noted for what was really deleted, children included', () => {
    const notes = push(
      bo.made((doc) => removeMeasure(doc, measure)),
      BO,
    ).filter((note) => note.kind === 'DELETED');
    expect(new Set(notes.map((note) => note.client))).toEqual(new Set([ANNA]));
    expect(total(notes)).toBeGreaterThan(SENTENCE.length);
  });
});
