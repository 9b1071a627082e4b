import type { Measure } from '@samsyn/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AXES,
  holding,
  locksOf,
  outcomeOf,
  planOutcome,
  VERDICTS,
  type AxisJudgement,
  type Judged,
  type Verdict,
} from './judgement.rules.js';
import type { Track } from './plan.model.js';

/** R: rimlig, I: inte rimlig. First åtgärd, then tidplan. */
const axes = (marks: string): AxisJudgement[] =>
  AXES.map((axis, at) => ({ axis, verdict: marks[at] === 'R' ? 'RIMLIG' : 'INTE_RIMLIG', grounds: marks[at] === 'R' ? '' : 'Därför.' }));
let counted = 0;
const judged = (track: Track, measureId: string, marks: string, measureHash = `hash ${measureId}`): Judged => ({
  ...{ track, measureId, measureHash, axes: axes(marks) },
  number: ++counted,
});
const hashesOf = (...ids: string[]) => new Map(ids.map((id) => [id, `hash ${id}`]));
const measures = (causes: Readonly<Record<string, string[]>>) => ({
  measures: Object.entries(causes).map(([id, causeIds]) => ({ id, causeIds }) as unknown as Measure),
});

/** "Both → godkänd; one → godkänd delvis (only the failing axis' fields open again); none → återsänd (the whole measure opens)." */
const ONE_TRACK: [marks: string, outcome: string, locked: string][] = [
  ['RR', 'GODKAND', 'åtgärd tidplan'],
  ['RI', 'DELVIS', 'åtgärd'],
  ['IR', 'DELVIS', 'tidplan'],
  ['II', 'ATERSAND', ''],
];
/** The returning track first; `-` hasn't judged. Locked is what nobody found otherwise, of what the returning track found reasonable. */
const TWO_TRACKS: [returning: string, other: string, locked: string][] = [
  ['RR', 'RR', 'åtgärd tidplan'],
  ['RR', 'RI', 'åtgärd'],
  ['RI', 'IR', ''],
  ['RI', 'RI', 'åtgärd'],
  ['II', 'RR', ''],
  ['RR', '-', 'åtgärd tidplan'],
  ['-', 'RR', ''],
  ['-', '-', ''],
];
/** "All measures godkända → plan approved; else returned." A dash: not judged. */
const PLANS: [marks: string[], outcome: 'APPROVED' | 'RETURNED' | null][] = [
  [['RR', 'RR', 'RR'], 'APPROVED'],
  [['RR', 'RI', 'RR'], 'RETURNED'],
  [['II', 'II', 'II'], 'RETURNED'],
  [['RR', '-', 'RR'], null],
  [['II', '-', 'RR'], null],
];

const lockedWords = (locks: ReturnType<typeof locksOf>): string => {
  const lock = locks.measures.find(({ measureId }) => measureId === 'm');
  return [lock?.atgardLocked ? 'åtgärd' : '', lock?.tidplanLocked ? 'tidplan' : ''].filter(Boolean).join(' ');
};

describe('judgement of a measure', () => {
  it.each(ONE_TRACK)('%s is %s and locks: %s', (marks, outcome, locked) => {
    expect(outcomeOf(axes(marks))).toBe(outcome);
    expect(lockedWords(locksOf('AVTAL', [judged('AVTAL', 'm', marks)], measures({ m: [] }), hashesOf('m')))).toBe(locked);
  });

  it.each(TWO_TRACKS)('returned by %s, the other track %s: locks "%s"', (returning, other, locked) => {
    const both = [...(returning === '-' ? [] : [judged('HSL', 'm', returning)]), ...(other === '-' ? [] : [judged('AVTAL', 'm', other)])];
    expect(lockedWords(locksOf('HSL', both, measures({ m: [] }), hashesOf('m')))).toBe(locked);
  });

  it('a return without judgements opens everything', () => {
    expect(locksOf('AVTAL', [], measures({ m: ['c'] }), hashesOf('m'))).toEqual({ measures: [], causeIds: [] });
  });

  it('locks the causes that a locked åtgärd answers to, and no others', () => {
    const content = measures({ settled: ['a', 'both'], timetable: ['b', 'both'], open: ['b'] });
    const all = [judged('AVTAL', 'settled', 'RI'), judged('AVTAL', 'timetable', 'IR'), judged('AVTAL', 'open', 'II')];
    expect(locksOf('AVTAL', all, content, hashesOf('settled', 'timetable', 'open')).causeIds).toEqual(['a', 'both']);
  });
});

describe('which judgements hold', () => {
  it('the last of each track, while its measure is what it judged', () => {
    const first = judged('AVTAL', 'm', 'II');
    const hsl = judged('HSL', 'm', 'RR');
    const second = judged('AVTAL', 'm', 'RR');
    expect(holding([second, first, hsl], hashesOf('m'))).toEqual([second, hsl]);
    expect(holding([second, first, hsl], new Map([['m', 'other']]))).toEqual([]);
    expect(holding([second, first, hsl], new Map())).toEqual([]);
  });

  it('a later judgement of another text replaces an earlier one for good', () => {
    const first = judged('AVTAL', 'm', 'RR', 'as it was');
    const second = judged('AVTAL', 'm', 'II', 'mended');
    expect(holding([first, second], new Map([['m', 'as it was']]))).toEqual([]);
  });
});

describe('the outcome of a plan', () => {
  const ids = ['m1', 'm2', 'm3'];
  it.each(PLANS)('%j: %s', (marks, outcome) => {
    const all = marks.flatMap((mark, at) => (mark === '-' ? [] : [judged('AVTAL', ids[at] ?? '', mark)]));
    const answer = planOutcome('AVTAL', all, hashesOf(...ids));
    expect(answer.outcome).toBe(outcome);
    if (answer.outcome === null) expect(answer.missing).toEqual(['m2']);
  });

  it('asks only for what changed: the other judgements are valid', () => {
    const all = ids.map((id) => judged('AVTAL', id, 'RR'));
    const mended = new Map([...hashesOf('m1', 'm3'), ['m2', 'mended']]);
    expect(planOutcome('AVTAL', all, mended)).toEqual({ outcome: null, missing: ['m2'] });
  });

  it('counts no other track', () => {
    expect(planOutcome('HSL', [judged('AVTAL', 'm1', 'RR')], hashesOf('m1'))).toEqual({ outcome: null, missing: ['m1'] });
  });

  it('whatever is judged: approved only when every measure is godkänd, locked only where nobody found otherwise', () => {
    const verdict = fc.constantFrom<Verdict>(...VERDICTS);
    const one = fc.record({ track: fc.constantFrom<Track>('AVTAL', 'HSL'), id: fc.constantFrom(...ids), a: verdict, t: verdict });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (given) => {
        const all = given.map(({ track, id, a, t }) => judged(track, id, `${a === 'RIMLIG' ? 'R' : 'I'}${t === 'RIMLIG' ? 'R' : 'I'}`));
        const last = (track: Track, id: string) => all.findLast((each) => each.track === track && each.measureId === id);
        const { outcome } = planOutcome('AVTAL', all, hashesOf(...ids));
        const own = ids.map((id) => last('AVTAL', id));
        expect(outcome === 'APPROVED').toBe(own.every((each) => each && outcomeOf(each.axes) === 'GODKAND'));
        for (const lock of locksOf('AVTAL', all, measures(Object.fromEntries(ids.map((id) => [id, []]))), hashesOf(...ids)).measures)
          for (const [axis, locked] of [['ATGARD', lock.atgardLocked] as const, ['TIDPLAN', lock.tidplanLocked] as const])
            if (locked)
              for (const track of ['AVTAL', 'HSL'] as const) {
                const found = last(track, lock.measureId)?.axes.find((each) => each.axis === axis)?.verdict;
                expect(found ?? (track === 'HSL' ? 'RIMLIG' : 'none')).toBe('RIMLIG');
              }
      }),
    );
  });
});
