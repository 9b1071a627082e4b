import { addCause, addMeasure, proseField, textField } from '@samsyn/schema';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { anchorOf, wholeField } from './anchors.js';

function aPlan(): { doc: Y.Doc; how: string; what: string; fragment: Y.XmlFragment } {
  const doc = new Y.Doc();
  addCause(doc);
  const id = addMeasure(doc, { causeIds: [] });
  textField(doc, 'measures', id, 'what')?.insert(0, 'Besluta en rutin');
  const fragment = proseField(doc, 'measures', id, 'how');
  if (!fragment) throw new Error('no prose');
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  text.applyDelta([{ insert: 'Stickprov på ' }, { insert: 'tio', attributes: { bold: true } }, { insert: ' synpunkter' }]);
  paragraph.insert(0, [text]);
  fragment.insert(0, [paragraph]);
  return { doc, how: `measures/${id}/how`, what: `measures/${id}/what`, fragment };
}

const placed = (doc: Y.Doc, bytes: Uint8Array): number | undefined =>
  Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(bytes), doc)?.index;

describe('the anchor of a quote', () => {
  it('spans marks, and stays on its words when text comes before', () => {
    const { doc, how, fragment } = aPlan();
    const anchor = anchorOf(doc, how, 'på tio synpunkter');
    expect(anchor).not.toBeNull();
    if (anchor === null) return;
    expect([placed(doc, anchor.anchor), placed(doc, anchor.head)]).toEqual([10, 27]);
    const paragraph = fragment.get(0);
    if (paragraph instanceof Y.XmlElement && paragraph.get(0) instanceof Y.XmlText) (paragraph.get(0) as Y.XmlText).insert(0, 'Ett ');
    expect([placed(doc, anchor.anchor), placed(doc, anchor.head)]).toEqual([14, 31]);
  });
  it('is found in a one-line field', () => {
    const { doc, what } = aPlan();
    expect(anchorOf(doc, what, 'rutin')).not.toBeNull();
  });
  it('can be all of a field', () => {
    const { doc, how } = aPlan();
    const anchor = wholeField(doc, how);
    expect(anchor && [placed(doc, anchor.anchor), placed(doc, anchor.head)]).toEqual([0, 27]);
    expect(wholeField(doc, how.replace('/how', '/followUpHow'))).toBeNull();
  });
  it('is null for words that are not there, and for what is no field', () => {
    const { doc, how } = aPlan();
    expect(anchorOf(doc, how, 'tolv')).toBeNull();
    expect(anchorOf(doc, how, '')).toBeNull();
    expect(anchorOf(doc, 'measures/+', 'tio')).toBeNull();
  });
});
