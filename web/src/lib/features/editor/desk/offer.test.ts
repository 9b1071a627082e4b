import { addCause, addMeasure, createSharedDoc, fieldPath, type Prose, proseField, readContent, readProse } from '@samsyn/schema';
import { describe, expect, it } from 'vitest';
import { offerField, writeProse } from './offer.js';
import { Structure } from './structure.js';

const plain = (text: string): Prose[number] => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const list: Prose[number] = {
  type: 'orderedList',
  attrs: { start: 3 },
  content: [
    {
      type: 'listItem',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Mall', marks: [{ type: 'bold' }, { type: 'italic' }] }] }],
    },
  ],
};

function aPlan() {
  const doc = createSharedDoc();
  const cause = addCause(doc, { text: 'Ingen lista' });
  const id = addMeasure(doc, { what: 'Lista', how: 'Först\nSist', causeIds: [cause] });
  return { doc, id, cause, structure: new Structure(doc), measure: () => readContent(doc).measures[0] };
}

describe('writeProse', () => {
  it('makes the field hold exactly the prose, formatting and lists included', () => {
    const { doc, id } = aPlan();
    const fragment = proseField(doc, 'measures', id, 'how');
    if (fragment === undefined) throw new Error('no field');
    const prose: Prose = [plain('Först'), list, plain('Sist')];
    writeProse(fragment, prose);
    expect(readProse(fragment)).toEqual(prose);
  });

  it('leaves what is the same alone, so that its author stays', () => {
    const { doc, id } = aPlan();
    const fragment = proseField(doc, 'measures', id, 'how');
    const [first, last] = fragment?.toArray() ?? [];
    if (fragment === undefined) throw new Error('no field');
    writeProse(fragment, [plain('Först'), plain('Nytt'), plain('Sist')]);
    expect(fragment.get(0)).toBe(first);
    expect(fragment.get(2)).toBe(last);
  });
});

describe('offerField', () => {
  it('puts back text, prose, dates and causes', () => {
    const { doc, id, structure, measure } = aPlan();
    const offer = (field: string, value: unknown): boolean =>
      offerField(doc, structure, fieldPath('measures', id, field), JSON.stringify(value));
    expect(offer('what', 'Gemensam lista')).toBe(true);
    expect(offer('followUpHow', [plain('Stickprov')])).toBe(true);
    expect(offer('doneBy', '2023-11-24')).toBe(true);
    expect(offer('causeIds', [])).toBe(true);
    expect(measure()).toMatchObject({ what: 'Gemensam lista', followUpHow: [plain('Stickprov')], doneBy: '2023-11-24', causeIds: [] });
  });

  it('says when the measure is gone', () => {
    const { doc, id, structure } = aPlan();
    structure.remove('measures', id);
    expect(offerField(doc, structure, fieldPath('measures', id, 'what'), '"x"')).toBe(false);
  });
});

describe('removal', () => {
  it('is taken back whole, with the same id, and nothing else is', () => {
    const { doc, id, cause, structure, measure } = aPlan();
    const before = measure();
    const undo = structure.remove('measures', id);
    expect(measure()).toBeUndefined();
    const other = structure.addCause();
    undo();
    expect(measure()).toEqual(before);
    expect(
      readContent(doc)
        .causes.map(({ id: at }) => at)
        .sort(),
    ).toEqual([cause, other].sort());
  });
});
