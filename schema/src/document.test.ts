import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readContent } from './canonical.js';
import { proseText } from './content.js';
import { createSharedDoc, entryMap, proseField, seedUpdate, textField } from './document.js';
import { addCause, addMeasure, moveEntry, removeCause, removeMeasure, setCauseIds, setDate } from './edits.js';
import { clientAct, GATE_CODES, refusalMessage } from './refusals.js';
import { isEntryId, newEntryId } from './shape.js';

const aDoc = (): Y.Doc => {
  const doc = createSharedDoc({ clientId: 42 });
  Y.applyUpdate(doc, seedUpdate('p'));
  return doc;
};
const updatesOf = (doc: Y.Doc, edit: () => void): Uint8Array[] => {
  const updates: Uint8Array[] = [];
  const record = (update: Uint8Array) => updates.push(update);
  doc.on('update', record);
  edit();
  doc.off('update', record);
  return updates;
};

describe('the shared document', () => {
  it('is seeded with the same bytes however often: two seeds are one', () => {
    expect(seedUpdate('p')).toEqual(seedUpdate('p'));
    const doc = aDoc();
    Y.applyUpdate(doc, seedUpdate('p'));
    expect(readContent(doc)).toEqual({ v: 1, planId: 'p', causes: [], measures: [] });
  });

  it('writes nothing by itself when it receives formatting that could be tidied', () => {
    const [writer, reader] = [createSharedDoc({ clientId: 5 }), createSharedDoc({ clientId: 6 })];
    const text = writer.getText('t');
    text.insert(0, 'abc', { bold: true });
    text.format(0, 3, { bold: null });
    text.insert(1, 'x', { bold: true });
    text.delete(1, 1);
    const caused = updatesOf(reader, () => Y.applyUpdate(reader, Y.encodeStateAsUpdate(writer), 'remote'));
    expect(caused.length).toBe(1);
    const deleted = (doc: Y.Doc): number => [...Y.createDeleteSetFromStructStore(doc.store).clients.values()].flat().length;
    expect(deleted(reader)).toBe(deleted(writer));
  });
});

describe('edits', () => {
  it('add a cause and a measure, each in one update', () => {
    const doc = aDoc();
    let cause = '';
    expect(updatesOf(doc, () => (cause = addCause(doc, { text: 'För få händer.\nOch stress.' })))).toHaveLength(1);
    expect(
      updatesOf(doc, () =>
        addMeasure(doc, { what: 'Bemanna', how: 'Rekrytera', responsible: 'Chefen', causeIds: [cause], doneBy: '2026-05-01' }),
      ),
    ).toHaveLength(1);
    const { causes, measures } = readContent(doc);
    expect(proseText(causes[0]?.text ?? [])).toBe('För få händer.\nOch stress.');
    expect(measures[0]).toMatchObject({
      what: 'Bemanna',
      responsible: 'Chefen',
      causeIds: [cause],
      doneBy: '2026-05-01',
      followUpBy: null,
    });
    expect(isEntryId(cause)).toBe(true);
  });

  it('hand out the fields to bind an editor to', () => {
    const doc = aDoc();
    const id = addMeasure(doc);
    textField(doc, 'measures', id, 'what')?.insert(0, 'Titel');
    expect(textField(doc, 'measures', id, 'how')).toBeUndefined();
    expect(proseField(doc, 'measures', id, 'how')).toBeInstanceOf(Y.XmlFragment);
    expect(proseField(doc, 'measures', newEntryId(), 'how')).toBeUndefined();
    expect(readContent(doc).measures[0]?.what).toBe('Titel');
  });

  it('place and move entries', () => {
    const doc = aDoc();
    const [a, b] = [addMeasure(doc, { what: 'a' }), addMeasure(doc, { what: 'b' })];
    const c = addMeasure(doc, { what: 'c', after: a });
    const names = () => readContent(doc).measures.map((measure) => measure.what);
    expect(names()).toEqual(['a', 'c', 'b']);
    moveEntry(doc, 'measures', b, null);
    expect(names()).toEqual(['b', 'a', 'c']);
    moveEntry(doc, 'measures', b, c);
    expect(names()).toEqual(['a', 'c', 'b']);
  });

  it('set causes and dates, and write nothing when nothing changes', () => {
    const doc = aDoc();
    const [one, two] = [addCause(doc), addCause(doc)];
    const id = addMeasure(doc, { causeIds: [one] });
    setCauseIds(doc, id, [two]);
    setDate(doc, id, 'followUpBy', '2026-09-01');
    expect(readContent(doc).measures[0]).toMatchObject({ causeIds: [two], followUpBy: '2026-09-01' });
    setDate(doc, id, 'followUpBy', null);
    expect(readContent(doc).measures[0]?.followUpBy).toBeNull();
    expect(updatesOf(doc, () => (setCauseIds(doc, id, [two]), setDate(doc, id, 'followUpBy', null)))).toEqual([]);
  });

  it('remove entries, and let go of what somebody else removed', () => {
    const doc = aDoc();
    const [cause, measure] = [addCause(doc), addMeasure(doc)];
    removeCause(doc, cause);
    removeMeasure(doc, measure);
    expect(readContent(doc)).toMatchObject({ causes: [], measures: [] });
    expect(
      updatesOf(
        doc,
        () => (removeMeasure(doc, measure), setDate(doc, measure, 'doneBy', '2026-01-01'), moveEntry(doc, 'measures', measure, null)),
      ),
    ).toEqual([]);
    expect(entryMap(doc, 'measures', measure)).toBeUndefined();
  });

  it('survive two people at once: titles merge, nothing is doubled', () => {
    const [left, right] = [aDoc(), createSharedDoc({ clientId: 43 })];
    const id = addMeasure(left, { what: 'Mat' });
    Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
    textField(left, 'measures', id, 'what')?.insert(3, 'en');
    textField(right, 'measures', id, 'what')?.insert(0, 'God ');
    Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
    Y.applyUpdate(left, Y.encodeStateAsUpdate(right));
    expect(readContent(left)).toEqual(readContent(right));
    expect(readContent(left).measures.map((measure) => measure.what)).toEqual(['God Maten']);
  });
});

describe('refusals', () => {
  it('have words and an act each; an unknown code loses nothing', () => {
    for (const code of GATE_CODES) expect(refusalMessage(code)).toMatch(/^[A-ZÅÄÖ].*\.$/);
    expect(clientAct('RATE_LIMITED')).toBe('RETRY');
    expect(clientAct('SOMETHING_NEW')).toBe('BRANCH');
    expect(clientAct('toString')).toBe('BRANCH');
  });
});
