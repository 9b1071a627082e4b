import { describe, expect, it } from 'vitest';
import { axisStanding, countOutcomes, isWhole, type MeasureJudgement, outcomeOf } from './judging.js';
import type { Measure } from './measureParts.js';

const by = { name: 'Avtalsansvarig', role: 'AVTALSANSVARIG', organisation: 'KSON', side: 'ADMINISTRATION' } as const;
const measure: Measure = {
  id: 'm1',
  what: 'Besluta en gemensam rutin',
  how: [],
  followUpHow: [],
  responsible: 'Verksamhetschef',
  causeIds: ['a', 'b'],
  doneBy: '2023-09-29',
  followUpBy: '2023-11-15',
  order: 'a0',
};
const judged = (over: Partial<MeasureJudgement> = {}): MeasureJudgement => ({
  id: 'j1',
  measureId: 'm1',
  track: 'AVTAL',
  revision: 1,
  measureHash: 'h',
  outcome: 'DELVIS',
  current: false,
  decidedAt: '2023-10-02T08:12:00.000Z',
  decidedBy: by,
  axes: [
    { axis: 'ATGARD', verdict: 'RIMLIG', grounds: '' },
    { axis: 'TIDPLAN', verdict: 'INTE_RIMLIG', grounds: 'Ange datum.' },
  ],
  ...over,
});

describe('the outcome', () => {
  it('follows from the two axes', () => {
    expect(outcomeOf('RIMLIG', 'RIMLIG')).toBe('GODKAND');
    expect(outcomeOf('RIMLIG', 'INTE_RIMLIG')).toBe('DELVIS');
    expect(outcomeOf('INTE_RIMLIG', 'INTE_RIMLIG')).toBe('ATERSAND');
  });
  it('is counted over the measures that are judged', () => {
    expect(countOutcomes(['GODKAND', null, 'GODKAND', 'DELVIS'])).toEqual({ GODKAND: 2, DELVIS: 1, ATERSAND: 0 });
  });
  it('needs grounds for what is not reasonable', () => {
    expect(isWhole({ verdict: 'INTE_RIMLIG', grounds: ' ' })).toBe(false);
    expect(isWhole({ verdict: 'INTE_RIMLIG', grounds: 'Ange datum.' })).toBe(true);
    expect(isWhole({ verdict: 'RIMLIG', grounds: '' })).toBe(true);
    expect(isWhole(null)).toBe(false);
  });
});

describe('an axis', () => {
  it('is open when nobody has judged it', () => {
    expect(axisStanding('ATGARD', measure, undefined, 1, undefined)).toEqual({ kind: 'open', was: null });
  });
  it('stands while its own text is the same, whatever happened to the other', () => {
    const changed = { ...measure, followUpBy: '2023-11-24', causeIds: ['b', 'a'] };
    expect(axisStanding('ATGARD', changed, judged(), 2, measure)).toMatchObject({ kind: 'stands', at: '2023-10-02T08:12:00.000Z' });
    expect(axisStanding('TIDPLAN', changed, judged(), 2, measure)).toMatchObject({ kind: 'open', was: { verdict: 'INTE_RIMLIG' } });
  });
  it('is open again when its text is another', () => {
    expect(axisStanding('ATGARD', { ...measure, what: 'Något annat' }, judged(), 2, measure)).toMatchObject({ kind: 'open' });
  });
  it('shows what was chosen in this very revision', () => {
    expect(axisStanding('TIDPLAN', measure, judged({ current: true }), 1, measure)).toEqual({
      kind: 'judged',
      value: { verdict: 'INTE_RIMLIG', grounds: 'Ange datum.' },
    });
  });
});
