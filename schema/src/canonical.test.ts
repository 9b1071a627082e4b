import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { canonicalJson, contentHash, measureHashes, readContent, readProse } from './canonical.js';
import { createSharedDoc, rootMap, seedUpdate } from './document.js';
import { addCause, addMeasure, setDate } from './edits.js';

const seeded = (planId = 'plan-1'): Y.Doc => {
  const doc = createSharedDoc({ clientId: 77 });
  Y.applyUpdate(doc, seedUpdate(planId));
  return doc;
};

const inProse = (fill: (fragment: Y.XmlFragment) => void): ReturnType<typeof readProse> => {
  const doc = createSharedDoc();
  const fragment = doc.getXmlFragment('x');
  fill(fragment);
  return readProse(fragment);
};

const element = (name: string, children: (Y.XmlElement | Y.XmlText)[] = []): Y.XmlElement => {
  const made = new Y.XmlElement(name);
  made.insert(0, children);
  return made;
};
const text = (words: string, attributes?: object): Y.XmlText => {
  const made = new Y.XmlText();
  made.insert(0, words, attributes);
  return made;
};

describe('readContent', () => {
  it('keeps its golden hash: the same content has the same hash in every version', () => {
    const doc = seeded();
    const fixed = (root: 'causes' | 'measures', id: string, fields: [string, unknown][]) => rootMap(doc, root).set(id, new Y.Map(fields));
    const fragment = new Y.XmlFragment();
    fixed('causes', '00000000000000c1', [
      ['text', fragment],
      ['order', 'V'],
    ]);
    fragment.insert(0, [element('paragraph', [text('Rutinen är inte känd.')])]);
    fixed('measures', '00000000000000a1', [
      ['what', new Y.Text('Utbilda')],
      ['how', new Y.XmlFragment()],
      ['followUpHow', new Y.XmlFragment()],
      ['responsible', new Y.Text('Enhetschefen')],
      ['causeIds', new Y.Map([['00000000000000c1', true]])],
      ['doneBy', '2026-12-01'],
      ['order', 'V'],
    ]);
    const content = readContent(doc);
    expect(canonicalJson(content)).toBe(
      '{"causes":[{"id":"00000000000000c1","order":"V","text":[{"content":[{"text":"Rutinen är inte känd.","type":"text"}],"type":"paragraph"}]}],' +
        '"measures":[{"causeIds":["00000000000000c1"],"doneBy":"2026-12-01","followUpBy":null,"followUpHow":[],"how":[],"id":"00000000000000a1",' +
        '"order":"V","responsible":"Enhetschefen","what":"Utbilda"}],"planId":"plan-1","v":1}',
    );
    expect(contentHash(content)).toBe('7c85188920cf091d305052037a079c70b2fdb0e1b8263adb342d858822343030');
  });

  it('sorts entries by order, then id, whatever order they were made in', () => {
    const doc = seeded();
    for (const [id, order] of [
      ['00000000000000b2', 'k'],
      ['00000000000000a9', 'k'],
      ['00000000000000f0', 'B'],
    ] as const)
      rootMap(doc, 'causes').set(id, new Y.Map([['order', order]]));
    expect(readContent(doc).causes.map((cause) => cause.id)).toEqual(['00000000000000f0', '00000000000000a9', '00000000000000b2']);
  });

  it('hashes each measure alone: a change in one leaves the other', () => {
    const doc = seeded();
    const [first, second] = [addMeasure(doc, { what: 'A' }), addMeasure(doc, { what: 'B' })];
    const before = measureHashes(readContent(doc));
    setDate(doc, second, 'doneBy', '2026-05-01');
    const after = measureHashes(readContent(doc));
    expect(after.get(first)).toBe(before.get(first));
    expect(after.get(second)).not.toBe(before.get(second));
  });

  it('answers for roots of other types and for values it does not know', () => {
    const doc = createSharedDoc();
    doc.getText('measures').insert(0, 'text, not a map');
    doc.getMap('causes').set('__proto__', 3);
    doc.getMap('causes').set('00000000000000c1', new Y.Map([['text', 'plain']]));
    expect(readContent(doc)).toEqual({ v: 1, planId: '', causes: [{ id: '00000000000000c1', text: [], order: '' }], measures: [] });
  });

  it('does not change the document it reads', () => {
    const doc = seeded();
    addCause(doc, { text: 'Orsak' });
    const before = Y.encodeStateAsUpdate(doc);
    readContent(doc);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });
});

describe('prose', () => {
  it('drops empty runs, paragraphs, items and lists', () => {
    const prose = inProse((fragment) =>
      fragment.insert(0, [
        element('paragraph', [text('')]),
        element('bulletList', [element('listItem', [element('paragraph')]), element('listItem')]),
        element('orderedList', [element('listItem', [element('paragraph', [text('kvar')])])]),
      ]),
    );
    expect(prose).toEqual([
      { type: 'orderedList', content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'kvar' }] }] }] },
    ]);
  });

  it('sorts marks, joins equal neighbours and leaves other attributes out', () => {
    const prose = inProse((fragment) =>
      fragment.insert(0, [
        element('paragraph', [
          text('ab', { italic: {}, bold: {} }),
          text('cd', { bold: true, italic: true, link: 'x' }),
          text('e', { bold: false }),
        ]),
      ]),
    );
    expect(prose).toEqual([
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'abcd', marks: [{ type: 'bold' }, { type: 'italic' }] },
          { type: 'text', text: 'e' },
        ],
      },
    ]);
  });

  it('writes NFC, also over the seam between two texts, and no lone surrogate', () => {
    const prose = inProse((fragment) => fragment.insert(0, [element('paragraph', [text('a'), text('\u030aker')])]));
    expect(prose).toEqual([{ type: 'paragraph', content: [{ type: 'text', text: 'åker' }] }]);
    const cut = createSharedDoc();
    const words = cut.getText('t');
    words.insert(0, '😀');
    words.delete(0, 1);
    rootMap(cut, 'measures').set('00000000000000a1', new Y.Map([['what', words.toString()]]));
    expect(() => contentHash(readContent(cut))).not.toThrow();
  });

  it('keeps where an ordered list starts, unless it is 1', () => {
    const started = (start: unknown) =>
      inProse((fragment) => {
        const list = element('orderedList', [element('listItem', [element('paragraph', [text('x')])])]);
        fragment.insert(0, [list]);
        list.setAttribute('start', start as string);
      })[0];
    expect(started(3)).toMatchObject({ attrs: { start: 3 } });
    expect(started(1)).not.toHaveProperty('attrs');
    expect(started('5')).not.toHaveProperty('attrs');
    expect(started(-2)).not.toHaveProperty('attrs');
  });

  it('lifts blocks out of unknown elements and stops at a depth no editor reaches', () => {
    expect(inProse((fragment) => fragment.insert(0, [element('table', [element('paragraph', [text('cell')])])]))).toHaveLength(1);
    const doc = createSharedDoc();
    let parent: Y.XmlFragment = doc.getXmlFragment('x');
    for (let depth = 0; depth < 3_000; depth++) {
      const next = new Y.XmlElement('bulletList');
      parent.insert(0, [next]);
      parent = next;
    }
    parent.insert(0, [element('paragraph', [text('deep')])]);
    expect(readProse(doc.getXmlFragment('x'))).toEqual([]);
  });
});

describe('canonical form, for any tree', () => {
  const names = fc.constantFrom('paragraph', 'bulletList', 'orderedList', 'listItem', 'table', 'hr', '');
  const words = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', 'å', 'a\u030a', '\ud83d', '\u0000'));
  const marks = fc.dictionary(
    fc.constantFrom('bold', 'italic', 'link'),
    fc.constantFrom<unknown>(true, false, null, {}, 'x') as fc.Arbitrary<object>,
  );
  const tree = fc.letrec<{ node: Y.XmlElement | Y.XmlText }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      fc.tuple(words, marks).map(([word, attributes]) => text(word, attributes)),
      fc.tuple(names, fc.array(tie('node'), { maxLength: 4 })).map(([name, children]) => element(name, children)),
    ),
  })).node;
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.constant('2026-02-31'),
    fc.array(tree, { maxLength: 3 }).map((nodes) => {
      const fragment = new Y.XmlFragment();
      fragment.insert(0, nodes);
      return fragment;
    }),
    fc.string().map((word) => new Y.Text(word)),
    fc.dictionary(fc.string(), fc.boolean()).map((map) => new Y.Map(Object.entries(map))),
  );
  const fields = fc.constantFrom(
    'what',
    'how',
    'text',
    'followUpHow',
    'responsible',
    'causeIds',
    'doneBy',
    'followUpBy',
    'order',
    '__proto__',
    'x',
  );
  const entry = fc.array(fc.tuple(fields, value), { maxLength: 8 }).map((pairs) => new Y.Map(pairs as [string, unknown][]));
  const places = fc.array(fc.tuple(fc.constantFrom('causes', 'measures', 'meta'), fc.string(), fc.oneof(entry, value)), { maxLength: 5 });

  it('is total, well-formed, and the same for a copy of the document', () => {
    fc.assert(
      fc.property(places, (filled) => {
        const doc = createSharedDoc();
        for (const [root, key, held] of filled) doc.getMap(root).set(key, held);
        const content = readContent(doc);
        const json = canonicalJson(content);
        expect(json).toBe(json.normalize('NFC'));
        expect(json).not.toMatch(/\p{Surrogate}/u);
        expect(canonicalJson(JSON.parse(json) as typeof content)).toBe(json);
        const copy = createSharedDoc();
        Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
        expect(contentHash(readContent(copy))).toBe(contentHash(content));
        expect(contentHash(readContent(collected(doc)))).toBe(contentHash(content));
      }),
      { numRuns: 300 },
    );
  });

  const collected = (doc: Y.Doc): Y.Doc => {
    const fresh = createSharedDoc({ gc: true });
    Y.applyUpdateV2(fresh, Y.encodeStateAsUpdateV2(doc));
    return fresh;
  };
});
