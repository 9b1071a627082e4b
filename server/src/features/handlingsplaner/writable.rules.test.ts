import { allows } from '@samsyn/schema';
import { describe, expect, it } from 'vitest';
import type { Side } from '../accounts/index.js';
import { PLAN_STATES, type PlanState } from './plan.model.js';
import type { MeasureLock } from './judgement.rules.js';
import { writable } from './writable.rules.js';

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

const lock = (measureId: string, atgardLocked: boolean, tidplanLocked: boolean): MeasureLock => ({
  measureId,
  atgardLocked,
  tidplanLocked,
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

  it('without locks a returned plan is open to both sides', () => {
    for (const side of ['PROVIDER', 'ADMINISTRATION'] as const) {
      expect(writable(returned, side, null)).toEqual(new Set(['*']));
      expect(writable(returned, side, { measures: [], causeIds: [] })).toEqual(new Set(['*']));
    }
  });

  it.each([
    { verdict: 'both locked', locked: lock('m', true, true), open: [], deletable: false },
    { verdict: 'only the åtgärd locked: its timetable is open', locked: lock('m', true, false), open: TIMETABLE, deletable: false },
    { verdict: 'only the tidplan locked: its åtgärd is open', locked: lock('m', false, true), open: MEASURE, deletable: false },
  ])('$verdict', ({ locked, open, deletable }) => {
    for (const state of ['RETURNED', 'DRAFT'] as const)
      for (const side of ['PROVIDER', 'ADMINISTRATION'] as const) {
        const paths = writable({ state, shared: true }, side, { measures: [locked], causeIds: [] });
        expect(FIELDS.filter((field) => allows(paths, `measures/m/${field}`))).toEqual(open);
        expect(allows(paths, 'measures/m/-')).toBe(deletable);
      }
  });

  it('takes new measures and causes, which are open from their first character', () => {
    const paths = writable(returned, 'PROVIDER', { measures: [lock('m', true, true)], causeIds: ['c'] });
    for (const path of ['measures/+', 'causes/+', 'measures/added/what', 'measures/added/-', 'causes/added/text', 'causes/added/-'])
      expect(allows(paths, path), path).toBe(true);
  });

  it('keeps the causes that a locked åtgärd answers to', () => {
    const paths = writable(returned, 'PROVIDER', { measures: [lock('m', true, false)], causeIds: ['c'] });
    expect(['causes/c/text', 'causes/c/order', 'causes/c/-'].filter((path) => allows(paths, path))).toEqual([]);
  });
});
