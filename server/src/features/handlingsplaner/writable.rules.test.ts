import { allows } from '@samsyn/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Side } from '../accounts/index.js';
import { PLAN_STATES, type PlanState } from './plan.model.js';
import { writable, type Judged, type MeasureJudgement } from './writable.rules.js';

const SIDES: readonly Side[] = ['PROVIDER', 'ADMINISTRATION', 'BOARD'];
const MEASURE = ['what', 'how', 'causeIds', 'responsible'];
const TIMETABLE = ['doneBy', 'followUpBy', 'followUpHow'];
const FIELDS = [...MEASURE, ...TIMETABLE, 'order'];

/** Who may write everything, per state: shared or not. Everybody else, and every other state: nothing. */
const EVERYTHING: readonly [PlanState, boolean, Side][] = [
  ['DRAFT', false, 'PROVIDER'],
  ['DRAFT', true, 'PROVIDER'],
  ['DRAFT', true, 'ADMINISTRATION'],
  ['RETURNED', true, 'PROVIDER'],
  ['RETURNED', true, 'ADMINISTRATION'],
];

const judge = (measureId: string, measureReasonable: boolean, timetableReasonable: boolean): MeasureJudgement => ({
  measureId,
  measureReasonable,
  timetableReasonable,
});
const judged = (judgements: MeasureJudgement[], causeIds: Readonly<Record<string, string[]>>): Judged => ({
  judgements,
  content: {
    causes: [...new Set(Object.values(causeIds).flat()), 'lone'].map((id) => ({ id })),
    measures: Object.entries(causeIds).map(([id, ids]) => ({ id, causeIds: ids })),
  },
});
const returned = { state: 'RETURNED', shared: true } as const;

describe('writable', () => {
  it('is everything or nothing by state, share and side', () => {
    for (const state of PLAN_STATES)
      for (const shared of [false, true])
        for (const side of SIDES) {
          if (state === 'RETURNED' && !shared) continue;
          const expected = EVERYTHING.some(([s, sh, who]) => s === state && sh === shared && who === side) ? ['*'] : [];
          expect([...writable({ state, shared }, side)], `${state} ${shared ? 'shared' : 'private'} ${side}`).toEqual(expected);
        }
  });

  it('a return without judgements opens everything, to both sides', () => {
    for (const side of ['PROVIDER', 'ADMINISTRATION'] as const) {
      expect(writable(returned, side)).toEqual(new Set(['*']));
      expect(writable(returned, side, judged([], {}))).toEqual(new Set(['*']));
    }
  });

  it.each([
    { verdict: 'both reasonable: locked', judgement: judge('m', true, true), open: [], deletable: false },
    { verdict: 'only the åtgärd: its timetable opens', judgement: judge('m', true, false), open: TIMETABLE, deletable: false },
    { verdict: 'only the tidplan: its åtgärd opens', judgement: judge('m', false, true), open: MEASURE, deletable: false },
    { verdict: 'neither: the whole measure opens', judgement: judge('m', false, false), open: FIELDS, deletable: true },
  ])('$verdict', ({ judgement, open, deletable }) => {
    for (const side of ['PROVIDER', 'ADMINISTRATION'] as const) {
      const paths = writable(returned, side, judged([judgement], { m: [] }));
      expect(FIELDS.filter((field) => allows(paths, `measures/m/${field}`))).toEqual(open);
      expect(allows(paths, 'measures/m/-')).toBe(deletable);
    }
  });

  it('takes new measures and causes, and leaves measures that nobody judged open', () => {
    const paths = writable(returned, 'PROVIDER', judged([judge('m', true, true)], { m: [], added: [] }));
    expect([
      allows(paths, 'measures/+'),
      allows(paths, 'causes/+'),
      allows(paths, 'measures/added/what'),
      allows(paths, 'measures/added/-'),
    ]).toEqual([true, true, true, true]);
  });

  it('opens the causes that only open measures meet', () => {
    const paths = writable(
      returned,
      'PROVIDER',
      judged([judge('settled', true, false), judge('open', false, true)], { settled: ['a', 'both'], open: ['b', 'both'] }),
    );
    const open = ['a', 'b', 'both', 'lone'].filter((id) => allows(paths, `causes/${id}/text`));
    expect(open).toEqual(['b', 'lone']);
    expect(['a', 'b', 'both', 'lone'].filter((id) => allows(paths, `causes/${id}/-`))).toEqual(['b', 'lone']);
  });

  it('never opens what was found reasonable, whatever else was judged', () => {
    const verdicts = fc.dictionary(fc.constantFrom('m1', 'm2', 'm3', 'm4'), fc.tuple(fc.boolean(), fc.boolean()), { minKeys: 1 });
    fc.assert(
      fc.property(verdicts, fc.constantFrom<Side>('PROVIDER', 'ADMINISTRATION'), (given, side) => {
        const judgements = Object.entries(given).map(([id, [measure, timetable]]) => judge(id, measure, timetable));
        const causeIds = Object.fromEntries(['m1', 'm2', 'm3', 'm4'].map((id) => [id, ['c']]));
        const paths = writable(returned, side, judged(judgements, causeIds));
        for (const { measureId, measureReasonable, timetableReasonable } of judgements) {
          for (const field of MEASURE) expect(allows(paths, `measures/${measureId}/${field}`)).toBe(!measureReasonable);
          for (const field of TIMETABLE) expect(allows(paths, `measures/${measureId}/${field}`)).toBe(!timetableReasonable);
          expect(allows(paths, `measures/${measureId}/-`)).toBe(!measureReasonable && !timetableReasonable);
        }
        expect(allows(paths, 'causes/c/text')).toBe(judgements.every(({ measureReasonable }) => !measureReasonable));
      }),
    );
  });
});
