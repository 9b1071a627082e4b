import { describe, expect, it } from 'vitest';
import type { OpenPlan } from '../handlingsplaner/index.js';
import { daysBetween, digestClock, digestDay, dutiesOf, stageOf } from './due.rules.js';

const aPlan = (changes: Partial<OpenPlan> = {}): OpenPlan => ({
  ...{ id: 'p', findingId: 'f', huvudmanId: 'h', contractAreaId: 'a', providerId: 'v', year: 2022, state: 'DRAFT', deadline: '2026-12-01' },
  ...{ durabilityDue: null, tracks: [{ track: 'AVTAL', decided: false }], submittedAt: null, unreported: [], escalationDeadline: null },
  ...changes,
});
const owed = (plan: OpenPlan, reviewBy: string | null = null) =>
  dutiesOf(plan, { reviewBy }).map(({ kind, on, audience }) => `${kind} ${on} ${audience.side}`);

describe('what is owed, by when', () => {
  it('by the provider', () => {
    for (const state of ['REQUESTED', 'DRAFT', 'RETURNED'] as const) expect(owed(aPlan({ state }))).toEqual(['SUBMIT 2026-12-01 PROVIDER']);
    const unreported = [
      { measureId: 'm1', doneBy: '2027-02-01' },
      { measureId: 'm2', doneBy: '2027-01-15' },
      { measureId: 'm3', doneBy: null },
    ];
    expect(owed(aPlan({ state: 'APPROVED', unreported }))).toEqual(['REPORT 2027-01-15 PROVIDER']);
    expect(owed(aPlan({ state: 'APPROVED' }))).toEqual([]);
    expect(owed(aPlan({ state: 'NOT_REMEDIED', escalationDeadline: '2027-05-01' }))).toEqual(['ANSWER_ESCALATION 2027-05-01 PROVIDER']);
  });

  it('by the reviewers, of the tracks that have not decided', () => {
    const tracks = [
      { track: 'AVTAL', decided: true },
      { track: 'HSL', decided: false },
    ] as const;
    const [duty] = dutiesOf(aPlan({ state: 'SUBMITTED', tracks }), { reviewBy: '2026-12-20' });
    expect(duty).toMatchObject({ kind: 'REVIEW', on: '2026-12-20', audience: { side: 'REVIEWERS', tracks: ['HSL'] } });
    expect(owed(aPlan({ state: 'VERIFIED', durabilityDue: '2027-06-01' }))).toEqual(['CHECK_DURABILITY 2027-06-01 REVIEWERS']);
  });

  it('by nobody in a plan that is done', () => {
    for (const state of ['REPORTED', 'CLOSED', 'WITHDRAWN'] as const) expect(owed(aPlan({ state }))).toEqual([]);
  });
});

describe('when to remind', () => {
  it.each([
    [31, null],
    [30, '30'],
    [28, '30'],
    [27, null],
    [8, null],
    [7, '7'],
    [5, '7'],
    [4, null],
    [2, null],
    [1, '1'],
    [0, '1'],
    [-1, 'late-1'],
    [-7, 'late-1'],
    [-8, 'late-2'],
  ])('%i days left: %s', (days, stage) => expect(stageOf(days)).toBe(stage));

  it('counts calendar days in Sweden, over the change of clocks too', () => {
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(daysBetween('2026-12-02', '2026-12-01')).toBe(-1);
  });
});

describe('the digest', () => {
  it.each([
    // Winter: UTC+1.
    ['2026-12-01T05:59:59.000Z', '2026-12-01', false],
    ['2026-12-01T06:00:00.000Z', '2026-12-01', true],
    ['2026-12-01T23:30:00.000Z', '2026-12-02', false],
    // Summer: UTC+2.
    ['2026-07-01T04:59:59.000Z', '2026-07-01', false],
    ['2026-07-01T05:00:00.000Z', '2026-07-01', true],
  ])('at %s it is %s, struck: %s', (at, today, struck) => expect(digestClock(new Date(at))).toEqual({ today, struck }));

  it('takes what came before seven the same day, the rest the next', () => {
    expect(digestDay(new Date('2026-12-01T05:00:00.000Z'))).toBe('2026-12-01');
    expect(digestDay(new Date('2026-12-01T07:00:00.000Z'))).toBe('2026-12-02');
  });
});
