import {
  MAX_ENTRIES,
  addCause,
  addMeasure,
  createSharedDoc,
  entryMap,
  moveEntry,
  proseField,
  readContent,
  removeMeasure,
  rootMap,
  seedUpdate,
  setCauseIds,
  setDate,
  textField,
  type Writable,
} from '@samsyn/schema';
import * as encoding from 'lib0/encoding';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { decodeClientUpdate } from './decode.rules.js';
import { GateNo } from './gate.model.js';
import { LiveDocument } from './liveDocument.js';
import { Editor, paragraph, textOf } from './testing/editor.js';

const ANNA = 700;
const BO = 800;
const ALL = ['*'];

let server: LiveDocument;
let anna: Editor;
let bo: Editor;
let measure: string;

/** What the server makes of an update: 'ok', or the code and path of the refusal. */
function push(update: Uint8Array, lease = ANNA, writable: Writable = ALL): string {
  try {
    server.admit(decodeClientUpdate(update, lease), writable, `user-${lease}`);
    return 'ok';
  } catch (error) {
    if (!(error instanceof GateNo)) throw error;
    return error.path === null ? error.code : `${error.code} ${error.path}`;
  }
}
const hash = (doc: Y.Doc): string => JSON.stringify(readContent(doc));
const serverContent = (): string => JSON.stringify(server.content().content);
/** An update of one struct in the measure, made without asking what is allowed. */
const raw = (edit: (doc: Y.Doc) => void, by: Editor = anna): Uint8Array => by.made(edit);
const sync = (...to: Editor[]): void => {
  for (const editor of to) Y.applyUpdateV2(editor.doc, server.encode(), 'server');
};

beforeEach(() => {
  server = new LiveDocument(null, [{ bytes: seedUpdate('plan') }]);
  anna = new Editor(ANNA);
  expect(
    push(anna.made((doc) => (measure = addMeasure(doc, { what: 'Titel', how: 'Så här gör vi.\nSedan mer.', responsible: 'Chefen' })))),
  ).toBe('ok');
  bo = anna.beside(BO);
});

describe('honest work', () => {
  it('is let in: typing, marks, dates, causes, moving, deleting and undo', () => {
    const how = () => proseField(anna.doc, 'measures', measure, 'how');
    const steps: ((doc: Y.Doc) => unknown)[] = [
      () => textOf(how()).insert(2, 'X'),
      () => textOf(how()).format(0, 3, { bold: {} }),
      () => textOf(how()).format(1, 1, { bold: null }),
      () => how()?.insert(1, [paragraph('ny')]),
      () => how()?.delete(0, 1),
      (doc) => setDate(doc, measure, 'doneBy', '2026-04-01'),
      (doc) => setDate(doc, measure, 'doneBy', '2026-04-02'),
      (doc) => setDate(doc, measure, 'doneBy', null),
      (doc) => setCauseIds(doc, measure, [addCause(doc, { text: 'Orsak' })]),
      (doc) => setCauseIds(doc, measure, []),
      (doc) => addMeasure(doc, { what: 'Två' }),
      (doc) => moveEntry(doc, 'measures', measure, null),
      (doc) => removeMeasure(doc, measure),
      () => anna.undo.undo(),
      () => anna.undo.redo(),
      () => anna.undo.undo(),
      () => textField(anna.doc, 'measures', measure, 'what')?.insert(0, 'Ny '),
    ];
    for (const step of steps) expect(push(anna.made(step))).toBe('ok');
    expect(serverContent()).toBe(hash(anna.doc));
  });

  it('is let in when it was batched: added and taken back, moved at once, typed and undone', () => {
    const batch = (edit: (doc: Y.Doc) => void) => push(anna.made(edit));
    expect(batch((doc) => (addMeasure(doc, { how: 'x' }), anna.undo.undo()))).toBe('ok');
    expect(batch((doc) => (addMeasure(doc, { how: 'y' }), anna.undo.undo(), anna.undo.redo()))).toBe('ok');
    expect(batch((doc) => moveEntry(doc, 'measures', addMeasure(doc), null))).toBe('ok');
    expect(batch((doc) => (removeMeasure(doc, measure), anna.undo.undo()))).toBe('ok');
    expect(batch(() => (proseField(anna.doc, 'measures', measure, 'how')?.insert(0, [paragraph('z')]), anna.undo.undo()))).toBe('ok');
    expect(serverContent()).toBe(hash(anna.doc));
  });

  it('is let in with lists, ordered lists that start elsewhere, and deletion of what others wrote', () => {
    const list = new Y.XmlElement('orderedList');
    const item = new Y.XmlElement('listItem');
    item.insert(0, [paragraph('steg')]);
    list.insert(0, [item]);
    const update = bo.made(() => {
      proseField(bo.doc, 'measures', measure, 'how')?.insert(0, [list]);
      list.setAttribute('start', 3 as unknown as string);
      textOf(proseField(bo.doc, 'measures', measure, 'how'), 1).delete(0, 5);
    });
    expect(push(update, BO)).toBe('ok');
    expect(serverContent()).toBe(hash(bo.doc));
  });

  it('is let in when two write in the same sentence at once', () => {
    const [left, right] = [
      anna.made(() => textOf(proseField(anna.doc, 'measures', measure, 'how')).insert(3, 'AAA')),
      bo.made(() => textOf(proseField(bo.doc, 'measures', measure, 'how')).insert(3, 'BBB')),
    ];
    expect([push(left), push(right, BO)]).toEqual(['ok', 'ok']);
    sync(anna, bo);
    expect(hash(anna.doc)).toBe(hash(bo.doc));
    expect(hash(anna.doc)).toBe(serverContent());
  });
});

describe('clocks and leases', () => {
  it('refuses a gap, and what was taken already', () => {
    const first = anna.made(() => textField(anna.doc, 'measures', measure, 'what')?.insert(0, 'a'));
    const second = anna.made(() => textField(anna.doc, 'measures', measure, 'what')?.insert(0, 'b'));
    expect(push(second)).toBe('CLOCK_GAP');
    expect([push(first), push(first), push(second)]).toEqual(['ok', 'OUT_OF_ORDER', 'ok']);
  });

  it('refuses text under another client (danger 1), even where its clock would fit', () => {
    const forger = anna.beside(BO);
    const forged = forger.made(() => ((forger.doc.clientID = ANNA), textField(forger.doc, 'measures', measure, 'what')?.insert(0, 'lögn')));
    expect(push(forged, BO)).toBe('WRONG_CLIENT');
    expect(push(anna.made(() => textField(anna.doc, 'measures', measure, 'what')?.insert(0, 'sant')))).toBe('ok');
    expect(serverContent()).toBe(hash(anna.doc));
  });

  it('refuses what depends on something that does not exist yet (danger 3)', () => {
    bo.made(() => textField(bo.doc, 'measures', measure, 'what')?.insert(0, 'inte skickat'));
    anna.receive(Y.encodeStateAsUpdate(bo.doc));
    expect(push(raw(() => textField(anna.doc, 'measures', measure, 'what')?.insert(3, 'x')))).toBe('PENDING');
    anna.outbox.length = 0;
  });

  it('refuses to delete what does not exist yet', () => {
    const typed = bo.made(() => textField(bo.doc, 'measures', measure, 'what')?.insert(0, 'bo'));
    anna.receive(typed);
    const deletion = raw(() => textField(anna.doc, 'measures', measure, 'what')?.delete(0, 2));
    expect(push(deletion)).toBe('PENDING');
    expect([push(typed, BO), push(deletion)]).toEqual(['ok', 'ok']);
  });
});

describe('content', () => {
  const entry = (doc: Y.Doc) => entryMap(doc, 'measures', measure) as Y.Map<unknown>;
  const how = (doc: Y.Doc) => proseField(doc, 'measures', measure, 'how') as Y.XmlFragment;

  it.each<[string, (doc: Y.Doc) => void]>([
    ['a foreign root', (doc) => doc.getMap('evil').set('x', 1)],
    ['a root list', (doc) => doc.getArray('list').insert(0, [1])],
    ['an entry that is no map', (doc) => rootMap(doc, 'measures').set('00000000000000ff', 'text')],
    ['an entry with a strange id', (doc) => rootMap(doc, 'measures').set('__proto__', new Y.Map())],
    ['a field that does not exist', (doc) => entry(doc).set('price', 1)],
    ['__proto__ as a field', (doc) => entry(doc).set('__proto__', 'x')],
    ['a deep value (danger 5)', (doc) => entry(doc).set('doneBy', { a: [{ b: 1 }] })],
    ['a date that is none', (doc) => entry(doc).set('doneBy', 'i morgon')],
    ['a number as a date', (doc) => entry(doc).set('doneBy', 20260101)],
    ['an order key that is none', (doc) => entry(doc).set('order', 'not a key')],
    ['bytes', (doc) => entry(doc).set('doneBy', new Uint8Array(3))],
    ['a sub-document', (doc) => entry(doc).set('doneBy', new Y.Doc())],
    ['a cause id that is none', (doc) => (entry(doc).get('causeIds') as Y.Map<unknown>).set('x', true)],
    ['a cause id with a value', (doc) => (entry(doc).get('causeIds') as Y.Map<unknown>).set('00000000000000c1', 'ja')],
    ['a list in the causes met', (doc) => (entry(doc).get('causeIds') as Y.Map<unknown>).set('00000000000000c1', new Y.Array())],
    ['formatting in a title', (doc) => textField(doc, 'measures', measure, 'what')?.format(0, 2, { bold: true })],
    ['an embed in a title', (doc) => textField(doc, 'measures', measure, 'what')?.insertEmbed(0, { image: 'x' })],
    ['an unknown mark', (doc) => textOf(how(doc)).format(0, 2, { link: { href: 'javascript:' } })],
    ['a mark with content', (doc) => textOf(how(doc)).format(0, 2, { bold: { evil: 1 } })],
    ['an embed in prose', (doc) => textOf(how(doc)).insertEmbed(0, { image: 'x' })],
    ['an unknown element', (doc) => how(doc).insert(0, [new Y.XmlElement('script')])],
    ['a list item outside a list', (doc) => how(doc).insert(0, [new Y.XmlElement('listItem')])],
    ['text outside a paragraph', (doc) => how(doc).insert(0, [new Y.XmlText('x')])],
    ['an XmlHook', (doc) => how(doc).insert(0, [new Y.XmlHook('x') as unknown as Y.XmlElement])],
    ['an attribute on a paragraph', (doc) => (how(doc).get(0) as Y.XmlElement).setAttribute('onclick', 'x')],
    ['an attribute on text', (doc) => textOf(how(doc)).setAttribute('x', 'y')],
  ])('refuses %s', (_name, edit) => {
    const before = serverContent();
    expect(push(raw(edit))).toMatch(/^CONTENT_NOT_ALLOWED/);
    expect(serverContent()).toBe(before);
  });

  it('refuses lists nested without end', () => {
    expect(
      push(
        raw((doc) => {
          let parent: Y.XmlFragment = how(doc);
          for (let depth = 0; depth < 30; depth++) {
            const next = new Y.XmlElement(depth % 2 === 0 ? 'bulletList' : 'listItem');
            parent.insert(0, [next]);
            parent = next;
          }
        }),
      ),
    ).toBe('CONTENT_NOT_ALLOWED');
  });

  it('refuses to replace a field that holds a shared type, or an entry', () => {
    const sly = anna.beside(900);
    expect(push(raw((doc) => entry(doc).set('how', new Y.XmlFragment())))).toBe(`CONTENT_NOT_ALLOWED measures/${measure}/how`);
    const whole = () =>
      new Y.Map<unknown>([
        ...(['how', 'followUpHow'] as const).map((field) => [field, new Y.XmlFragment()] as [string, unknown]),
        ...(['what', 'responsible'] as const).map((field) => [field, new Y.Text()] as [string, unknown]),
        ['causeIds', new Y.Map()],
        ['order', 'V'],
      ]);
    const replacing = () => bo.made((doc) => doc.transact(() => rootMap(doc, 'measures').set(measure, whole())));
    expect(push(replacing(), BO, ['measures/+', 'measures/*/*'])).toBe(`PATH_NOT_WRITABLE measures/${measure}/-`);
    expect(push(withoutDeletes(sly.made((doc) => rootMap(doc, 'measures').set(measure, new Y.Map()))), 900)).toBe(
      `CONTENT_NOT_ALLOWED measures/${measure}`,
    );
  });

  it('refuses to delete a field from under its entry', () => {
    expect(push(raw((doc) => entry(doc).delete('how')))).toBe(`CONTENT_NOT_ALLOWED measures/${measure}/how`);
  });

  it('refuses an entry that is not whole', () => {
    expect(push(raw((doc) => rootMap(doc, 'causes').set('00000000000000c1', new Y.Map([['order', 'V']]))))).toBe(
      'CONTENT_NOT_ALLOWED causes/00000000000000c1/text',
    );
    const halved = bo.made((doc) => entryMap(doc, 'causes', addCause(doc))?.delete('text'));
    expect(push(halved, BO)).toMatch(/^CONTENT_NOT_ALLOWED causes/);
  });

  it('refuses more entries than there may be', () => {
    const many = anna.made((doc) => doc.transact(() => Array.from({ length: MAX_ENTRIES - 1 }, () => addMeasure(doc))));
    expect(push(many)).toBe('ok');
    expect(push(anna.made((doc) => addMeasure(doc)))).toBe('DOCUMENT_FULL measures/+');
  });

  it('refuses a second seed (danger 8), and anything in meta', () => {
    const seeded = createSharedDoc({ clientId: ANNA });
    seeded.getMap('meta').set('v', 2);
    const fresh = new LiveDocument(null, [{ bytes: seedUpdate('plan') }]);
    expect(() => fresh.admit(decodeClientUpdate(Y.encodeStateAsUpdate(seeded), ANNA), ALL, 'u')).toThrow(
      new GateNo('PATH_NOT_WRITABLE', 'meta/v'),
    );
    expect(push(raw((doc) => doc.getMap('meta').delete('planId')))).toBe('PATH_NOT_WRITABLE meta/planId');
  });
});

describe('paths', () => {
  const only = (...patterns: string[]): string[] => patterns;
  const typing = (by: Editor, field: 'what' | 'responsible') =>
    by.made(() => textField(by.doc, 'measures', measure, field)?.insert(1, 'x'));

  it('finds the field of a keystroke, whose bytes name none (danger 6)', () => {
    const update = typing(anna, 'what');
    expect(decodeClientUpdate(update, ANNA).structs[0]?.parent).toBeNull();
    expect(push(update, ANNA, only(`measures/${measure}/how`))).toBe(`PATH_NOT_WRITABLE measures/${measure}/what`);
    expect(push(update, ANNA, only(`measures/${measure}/what`))).toBe('ok');
  });

  it('finds the field of a deletion, whose bytes name only the victim', () => {
    const update = bo.made(() => textField(bo.doc, 'measures', measure, 'responsible')?.delete(0, 2));
    expect(push(update, BO, only(`measures/${measure}/what`))).toBe(`PATH_NOT_WRITABLE measures/${measure}/responsible`);
    expect(push(update, BO, only('measures/*/responsible'))).toBe('ok');
  });

  it('checks every field an update touches, deep in prose too', () => {
    const update = anna.made((doc) =>
      doc.transact(() => {
        textField(doc, 'measures', measure, 'what')?.insert(0, 'x');
        textOf(proseField(doc, 'measures', measure, 'how')).insert(1, 'y');
        setDate(doc, measure, 'doneBy', '2026-01-01');
      }),
    );
    const paths = ['what', 'how', 'doneBy'].map((field) => `measures/${measure}/${field}`);
    for (const missing of paths)
      expect(
        push(
          update,
          ANNA,
          paths.filter((path) => path !== missing),
        ),
      ).toBe(`PATH_NOT_WRITABLE ${missing}`);
    expect(push(update, ANNA, paths)).toBe('ok');
  });

  it('takes adding and deleting as acts of their own', () => {
    const adding = anna.made((doc) => addMeasure(doc, { what: 'Ny', how: 'text', doneBy: '2026-01-01' }));
    expect(push(adding, ANNA, only('measures/*/*', 'causes/+'))).toBe('PATH_NOT_WRITABLE measures/+');
    expect(push(adding, ANNA, only('measures/+'))).toBe('ok');
    const deleting = bo.made((doc) => removeMeasure(doc, measure));
    expect(push(deleting, BO, only(`measures/${measure}/*`, 'measures/+'))).toBe(`PATH_NOT_WRITABLE measures/${measure}/-`);
    expect(push(deleting, BO, only(`measures/${measure}/-`))).toBe('ok');
    expect(server.content().content.measures.map((kept) => kept.what)).toEqual(['Ny']);
  });

  it('takes an undo of a deletion as adding', () => {
    expect(push(anna.made((doc) => removeMeasure(doc, measure)))).toBe('ok');
    const back = anna.made(() => anna.undo.undo());
    expect(push(back, ANNA, only(`measures/${measure}/*`))).toBe('PATH_NOT_WRITABLE measures/+');
    expect(push(back, ANNA, only('measures/+'))).toBe('ok');
    expect(serverContent()).toBe(hash(anna.doc));
  });

  it('refuses an item that points into two places at once', () => {
    const [what, responsible] = ['what', 'responsible'].map((field) => textField(anna.doc, 'measures', measure, field) as Y.Text);
    const forged = forge(ANNA, Y.getState(anna.doc.store, ANNA), what?._start?.id as Y.ID, responsible?._start?.id as Y.ID, 'x');
    expect(push(forged)).toBe('MALFORMED');
  });

  it('refuses a parent that is no type (danger 7), or none at all', () => {
    const text = textField(anna.doc, 'measures', measure, 'what')?._start as Y.Item;
    const [next, spoilt] = [Y.getState(anna.doc.store, ANNA), server.spoilt];
    expect(push(forge(ANNA, next, null, null, 'x', text.id))).toBe('MALFORMED');
    expect(push(forge(ANNA, next, null, null, 'x', Y.createID(BO, 9)))).toBe('PENDING');
    expect(push(forge(ANNA, next, null, null, 'x', Y.createID(ANNA, next)))).toBe('PENDING');
    expect(spoilt || server.spoilt).toBe(false);
  });
});

describe('what somebody else has removed', () => {
  it('is said to be gone, and nothing of the late edit stays', () => {
    const late = bo.made(() => textOf(proseField(bo.doc, 'measures', measure, 'how')).insert(4, 'sent'));
    const inNew = bo.made(() =>
      (proseField(bo.doc, 'measures', measure, 'how')?.get(0) as Y.XmlElement).insert(0, [new Y.XmlText('helt nytt')]),
    );
    expect(push(anna.made(() => proseField(anna.doc, 'measures', measure, 'how')?.delete(0, 1)))).toBe('ok');
    const before = serverContent();
    expect(push(late, BO)).toBe('TARGET_GONE');
    expect(push(Y.mergeUpdates([late, inNew]), BO)).toBe('TARGET_GONE');
    expect(serverContent()).toBe(before);
    expect(server.spoilt).toBe(false);
  });

  it('lets a late deletion of what is gone already pass', () => {
    const late = bo.made((doc) => removeMeasure(doc, measure));
    expect(push(anna.made((doc) => removeMeasure(doc, measure)))).toBe('ok');
    expect(push(late, BO, ['measures/+'])).toBe('ok');
  });

  it('lets a new paragraph stand where its neighbour was', () => {
    const late = bo.made(() => proseField(bo.doc, 'measures', measure, 'how')?.insert(1, [paragraph('mellan')]));
    expect(push(anna.made(() => proseField(anna.doc, 'measures', measure, 'how')?.delete(0, 2)))).toBe('ok');
    expect(push(late, BO)).toBe('ok');
    sync(anna, bo);
    expect(hash(anna.doc)).toBe(hash(bo.doc));
  });
});

/** The same update, keeping quiet about what it deletes. */
function withoutDeletes(update: Uint8Array): Uint8Array {
  const decoded = Y.decodeUpdate(update);
  const deleting = encoding.createEncoder();
  encoding.writeVarUint(deleting, 0);
  const { clients } = decoded.ds;
  encoding.writeVarUint(deleting, clients.size);
  for (const [client, ranges] of [...clients].sort((x, y) => y[0] - x[0])) {
    encoding.writeVarUint(deleting, client);
    encoding.writeVarUint(deleting, ranges.length);
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(deleting, clock);
      encoding.writeVarUint(deleting, len);
    }
  }
  const tail = encoding.length(deleting) - 1;
  return new Uint8Array([...update.subarray(0, update.length - tail), 0]);
}

/** One string item with whatever origins or parent, as no editor would write it. */
function forge(client: number, clock: number, origin: Y.ID | null, rightOrigin: Y.ID | null, text: string, parent?: Y.ID): Uint8Array {
  const encoder = encoding.createEncoder();
  const write = (...numbers: number[]) => numbers.forEach((number) => encoding.writeVarUint(encoder, number));
  write(1, 1, client, clock);
  encoding.writeUint8(encoder, 4 | (origin ? 128 : 0) | (rightOrigin ? 64 : 0));
  if (origin) write(origin.client, origin.clock);
  if (rightOrigin) write(rightOrigin.client, rightOrigin.clock);
  if (parent) write(0, parent.client, parent.clock);
  encoding.writeVarString(encoder, text);
  write(0);
  return encoding.toUint8Array(encoder);
}
