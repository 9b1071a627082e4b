import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Side } from '../accounts/index.js';
import { FORMAL_ACTS, PLAN_STATES, TRACKS, type FormalAct, type PlanState, type Track } from './plan.model.js';
import { afterAct, TRANSITIONS, type PlanStanding } from './planStates.rules.js';

const SIDES: readonly Side[] = ['PROVIDER', 'ADMINISTRATION', 'BOARD'];

/** The ways between states as the design names them, written down apart from the table. */
const NAMED: Readonly<Record<PlanState, readonly PlanState[]>> = {
  REQUESTED: ['DRAFT', 'WITHDRAWN'],
  DRAFT: ['SUBMITTED', 'WITHDRAWN'],
  SUBMITTED: ['DRAFT', 'RETURNED', 'APPROVED'],
  RETURNED: ['SUBMITTED', 'WITHDRAWN'],
  APPROVED: ['REPORTED'],
  REPORTED: ['VERIFIED', 'NOT_REMEDIED', 'APPROVED'],
  VERIFIED: ['CLOSED', 'NOT_REMEDIED'],
  NOT_REMEDIED: ['DRAFT'],
  CLOSED: [],
  WITHDRAWN: [],
};

/** Every act that a side may do in a state, with where it leads; what isn't here is refused. Facts beside the state are favourable. */
const ALLOWED: readonly [PlanState, FormalAct, Side, PlanState][] = [
  ['REQUESTED', 'OPEN', 'PROVIDER', 'DRAFT'],
  ['REQUESTED', 'SET_DEADLINE', 'ADMINISTRATION', 'REQUESTED'],
  ['REQUESTED', 'WITHDRAW', 'ADMINISTRATION', 'WITHDRAWN'],
  ['DRAFT', 'SHARE', 'PROVIDER', 'DRAFT'],
  ['DRAFT', 'SUBMIT', 'PROVIDER', 'SUBMITTED'],
  ['DRAFT', 'SET_DEADLINE', 'ADMINISTRATION', 'DRAFT'],
  ['DRAFT', 'WITHDRAW', 'ADMINISTRATION', 'WITHDRAWN'],
  ['SUBMITTED', 'TAKE_BACK', 'PROVIDER', 'DRAFT'],
  ['SUBMITTED', 'BEGIN_REVIEW', 'ADMINISTRATION', 'SUBMITTED'],
  ['SUBMITTED', 'JUDGE', 'ADMINISTRATION', 'SUBMITTED'],
  ['SUBMITTED', 'RETURN', 'ADMINISTRATION', 'RETURNED'],
  ['SUBMITTED', 'APPROVE', 'ADMINISTRATION', 'APPROVED'],
  ['RETURNED', 'SUBMIT', 'PROVIDER', 'SUBMITTED'],
  ['RETURNED', 'SET_DEADLINE', 'ADMINISTRATION', 'RETURNED'],
  ['RETURNED', 'WITHDRAW', 'ADMINISTRATION', 'WITHDRAWN'],
  ['APPROVED', 'REPORT_MEASURE', 'PROVIDER', 'APPROVED'],
  ['APPROVED', 'REPORT_ALL', 'PROVIDER', 'REPORTED'],
  ['APPROVED', 'ESCALATE', 'ADMINISTRATION', 'APPROVED'],
  ['REPORTED', 'VERIFY_MEASURE', 'ADMINISTRATION', 'REPORTED'],
  ['REPORTED', 'VERIFY_ALL', 'ADMINISTRATION', 'VERIFIED'],
  ['REPORTED', 'REFUSE_VERIFICATION', 'ADMINISTRATION', 'APPROVED'],
  ['REPORTED', 'FIND_NOT_REMEDIED', 'ADMINISTRATION', 'NOT_REMEDIED'],
  ['VERIFIED', 'DURABILITY_HELD', 'ADMINISTRATION', 'CLOSED'],
  ['VERIFIED', 'DURABILITY_FAILED', 'ADMINISTRATION', 'NOT_REMEDIED'],
  ['NOT_REMEDIED', 'NEW_ROUND', 'ADMINISTRATION', 'DRAFT'],
  ['NOT_REMEDIED', 'ESCALATE', 'ADMINISTRATION', 'NOT_REMEDIED'],
];

const aStanding = (change: Partial<PlanStanding> = {}): PlanStanding => ({
  state: 'REQUESTED',
  shared: false,
  revision: 0,
  tracks: [{ track: 'AVTAL', begun: false, approvedRevision: null }],
  ...change,
});
const both = (): PlanStanding['tracks'] => TRACKS.map((track) => ({ track, begun: false, approvedRevision: null }));

describe('the state table', () => {
  it('allows exactly what the design names, for every state, act and side', () => {
    for (const state of PLAN_STATES)
      for (const act of FORMAL_ACTS)
        for (const side of SIDES) {
          const expected = ALLOWED.find(([from, name, by]) => from === state && name === act && by === side)?.[3] ?? null;
          const after = afterAct(aStanding({ state, revision: 1 }), act, side, 'AVTAL');
          expect(after?.state ?? null, `${state} ${act} ${side}`).toBe(expected);
        }
  });

  it('leaves a state only by the ways the design names', () => {
    for (const { from, to } of TRANSITIONS) if (from !== to) expect(NAMED[from], `${from} → ${to}`).toContain(to);
    for (const from of PLAN_STATES)
      expect(new Set(TRANSITIONS.filter((line) => line.from === from && line.to !== from).map(({ to }) => to))).toEqual(
        new Set(NAMED[from]),
      );
  });

  it('shares one way, once', () => {
    const shared = afterAct(aStanding({ state: 'DRAFT' }), 'SHARE', 'PROVIDER');
    expect(shared?.shared).toBe(true);
    expect(shared && afterAct(shared, 'SHARE', 'PROVIDER')).toBeNull();
  });

  it('shows the text by the first submission, and a plan taken back is a shared draft', () => {
    const submitted = afterAct(aStanding({ state: 'DRAFT' }), 'SUBMIT', 'PROVIDER');
    expect(submitted).toMatchObject({ state: 'SUBMITTED', shared: true, revision: 1 });
    expect(submitted && afterAct(submitted, 'TAKE_BACK', 'PROVIDER')).toMatchObject({ state: 'DRAFT', shared: true, revision: 1 });
  });

  it('takes nothing back once a review has begun, on any track, by any act', () => {
    const submitted = aStanding({ state: 'SUBMITTED', shared: true, revision: 1, tracks: both() });
    for (const act of ['BEGIN_REVIEW', 'JUDGE', 'APPROVE'] as const) {
      const begun = afterAct(submitted, act, 'ADMINISTRATION', 'HSL');
      expect(begun?.state).toBe('SUBMITTED');
      expect(begun && afterAct(begun, 'TAKE_BACK', 'PROVIDER'), act).toBeNull();
    }
  });

  it('is approved when both tracks have approved the same revision, and by neither alone', () => {
    const submitted = aStanding({ state: 'SUBMITTED', shared: true, revision: 1, tracks: both() });
    const half = afterAct(submitted, 'APPROVE', 'ADMINISTRATION', 'HSL');
    expect(half?.state).toBe('SUBMITTED');
    expect(half && afterAct(half, 'APPROVE', 'ADMINISTRATION', 'HSL')).toBeNull();
    expect(half && afterAct(half, 'APPROVE', 'ADMINISTRATION', 'AVTAL')?.state).toBe('APPROVED');
  });

  it('counts no approval of an earlier revision', () => {
    const tracks = [
      { track: 'AVTAL' as const, begun: false, approvedRevision: null },
      { track: 'HSL' as const, begun: false, approvedRevision: 1 },
    ];
    const again = aStanding({ state: 'SUBMITTED', shared: true, revision: 2, tracks });
    expect(afterAct(again, 'APPROVE', 'ADMINISTRATION', 'AVTAL')?.state).toBe('SUBMITTED');
  });

  it('refuses an act on a track the plan does not have', () => {
    const submitted = aStanding({ state: 'SUBMITTED', shared: true, revision: 1 });
    for (const act of ['BEGIN_REVIEW', 'JUDGE', 'RETURN', 'APPROVE', 'SET_DEADLINE'] as const) {
      expect(afterAct(submitted, act, 'ADMINISTRATION', 'HSL'), act).toBeNull();
      expect(afterAct(submitted, act, 'ADMINISTRATION'), act).toBeNull();
    }
  });
});

describe('any sequence of acts', () => {
  const step = fc.record({
    act: fc.constantFrom(...FORMAL_ACTS),
    side: fc.constantFrom(...SIDES),
    track: fc.constantFrom<Track>(...TRACKS),
  });
  const start = fc.constantFrom(aStanding(), aStanding({ tracks: both() }));

  it('stays within the states and ways the design names, and keeps what must not go back', () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 120 }), (first, steps) => {
        let plan = first;
        for (const { act, side, track } of steps) {
          const next = afterAct(plan, act, side, track);
          if (!next) continue;
          expect(side).not.toBe('BOARD');
          if (next.state !== plan.state) expect(NAMED[plan.state]).toContain(next.state);
          expect(next.shared || !plan.shared).toBe(true);
          expect(next.revision - plan.revision).toBe(act === 'SUBMIT' ? 1 : 0);
          if (['SUBMITTED', 'RETURNED', 'APPROVED', 'REPORTED', 'VERIFIED', 'NOT_REMEDIED', 'CLOSED'].includes(next.state))
            expect(next.shared).toBe(true);
          if (next.state === 'APPROVED' && plan.state === 'SUBMITTED') {
            expect(next.tracks.every(({ approvedRevision }) => approvedRevision === next.revision)).toBe(true);
          }
          plan = next;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('can reach every state', () => {
    const seen = new Set<PlanState>();
    const queue: PlanStanding[] = [aStanding()];
    const visited = new Set<string>();
    for (let plan = queue.pop(); plan; plan = queue.pop()) {
      const key = JSON.stringify({ ...plan, revision: Math.min(plan.revision, 2) });
      if (visited.has(key) || plan.revision > 2) continue;
      visited.add(key);
      seen.add(plan.state);
      for (const act of FORMAL_ACTS)
        for (const side of SIDES) {
          const next = afterAct(plan, act, side, 'AVTAL');
          if (next) queue.push(next);
        }
    }
    expect([...seen].sort()).toEqual([...PLAN_STATES].sort());
  });
});
