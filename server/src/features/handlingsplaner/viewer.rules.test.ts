import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import type { Actor, Membership, Role, Side } from '../accounts/index.js';
import type { PlanState } from './plan.model.js';
import { actsOf, reviewerRoles } from './acts.rules.js';
import { nextActOf } from './nextAct.rules.js';
import { sight, type PlanSubject } from './viewer.rules.js';
import { waitingFor } from './waiting.rules.js';

const sideOf = (role: Role): Side => {
  if (role === 'NAMND') return 'BOARD';
  return ['VERKSAMHETSCHEF', 'ENHETSCHEF', 'MEDARBETARE'].includes(role) ? 'PROVIDER' : 'ADMINISTRATION';
};

function anActor(role: Role, of = role === 'NAMND' || sideOf(role) === 'ADMINISTRATION' ? 'h' : 'p'): Actor {
  const side = sideOf(role);
  const membership: Membership = {
    id: 'm',
    role,
    side,
    organisation: 'o',
    huvudmanId: side === 'PROVIDER' ? null : of,
    providerId: side === 'PROVIDER' ? of : null,
    unitId: null,
    withinHuvudmanId: null,
  };
  return { userId: 'u', name: 'n', sessionId: 's', memberships: [membership] };
}

const aPlan = (change: Partial<PlanSubject> = {}): PlanSubject => ({
  huvudmanId: 'h',
  providerId: 'p',
  state: 'DRAFT',
  opened: true,
  shared: false,
  durabilityDue: null,
  revision: 0,
  tracks: [{ track: 'AVTAL', begun: false, approvedRevision: null }],
  ...change,
});
const submitted = (change: Partial<PlanSubject> = {}): PlanSubject => aPlan({ state: 'SUBMITTED', shared: true, revision: 1, ...change });
const TODAY = '2023-10-01';
const LATER = '2023-10-02';
const REVIEW = ['BEGIN_REVIEW', 'JUDGE', 'CONCLUDE', 'RETURN', 'APPROVE'];
const hslTrack = { tracks: [{ track: 'HSL' as const, begun: false, approvedRevision: null }] };
const complete = { partsMissing: false, changedSinceRevision: true };
const ADMINISTRATION: readonly Role[] = ['AVTALSANSVARIG', 'UPPFOLJARE', 'MAS', 'MAR', 'SAS', 'KLG', 'DIREKTOR', 'ADMINISTRATOR', 'NAMND'];

describe('what a viewer may know (I7)', () => {
  it('others than the provider see a private draft and read nothing of it', () => {
    for (const role of ADMINISTRATION) expect(sight(anActor(role), aPlan()), role).toMatchObject({ canRead: false });
    for (const role of ['VERKSAMHETSCHEF', 'ENHETSCHEF', 'MEDARBETARE'] as const)
      expect(sight(anActor(role), aPlan()), role).toMatchObject({ canRead: true });
  });

  it('a withdrawn plan that was never shared stays unread', () => {
    expect(sight(anActor('AVTALSANSVARIG'), aPlan({ state: 'WITHDRAWN' }))?.canRead).toBe(false);
  });

  it('nobody reads before it is opened: there is no text', () => {
    expect(sight(anActor('VERKSAMHETSCHEF'), aPlan({ state: 'REQUESTED', opened: false }))?.canRead).toBe(false);
  });

  it('other providers and other huvudmän see nothing at all', () => {
    expect(sight(anActor('VERKSAMHETSCHEF', 'other'), submitted())).toBeNull();
    expect(sight(anActor('AVTALSANSVARIG', 'other'), submitted())).toBeNull();
  });
});

describe('what a viewer may do', () => {
  it.each<[Role, Partial<PlanSubject>, string[]]>([
    ['VERKSAMHETSCHEF', { state: 'REQUESTED', opened: false }, ['OPEN']],
    ['MEDARBETARE', { state: 'REQUESTED', opened: false }, []],
    ['AVTALSANSVARIG', { state: 'REQUESTED', opened: false }, ['WITHDRAW', 'SET_DEADLINE']],
    ['VERKSAMHETSCHEF', {}, ['WRITE', 'SHARE', 'SUBMIT', 'COMMENT']],
    ['ENHETSCHEF', {}, ['WRITE', 'COMMENT']],
    ['AVTALSANSVARIG', {}, ['WITHDRAW', 'SET_DEADLINE']],
    ['VERKSAMHETSCHEF', { shared: true }, ['WRITE', 'SUBMIT', 'COMMENT']],
    ['AVTALSANSVARIG', { shared: true }, ['WRITE', 'WITHDRAW', 'SET_DEADLINE', 'COMMENT']],
    ['NAMND', { shared: true }, []],
    ['VERKSAMHETSCHEF', { state: 'SUBMITTED', shared: true, revision: 1 }, ['TAKE_BACK', 'COMMENT']],
    ['AVTALSANSVARIG', { state: 'SUBMITTED', shared: true, revision: 1 }, [...REVIEW, 'COMMENT']],
    ['MAS', { state: 'SUBMITTED', shared: true, revision: 1 }, ['COMMENT']],
    ['UPPFOLJARE', { state: 'SUBMITTED', shared: true, revision: 1 }, ['COMMENT']],
    ['VERKSAMHETSCHEF', { state: 'RETURNED', shared: true, revision: 1 }, ['WRITE', 'SUBMIT', 'COMMENT']],
    ['VERKSAMHETSCHEF', { state: 'APPROVED', shared: true, revision: 1 }, ['REPORT_MEASURE', 'REPORT', 'COMMENT']],
    ['MEDARBETARE', { state: 'APPROVED', shared: true, revision: 1 }, ['REPORT_MEASURE', 'COMMENT']],
    ['AVTALSANSVARIG', { state: 'APPROVED', shared: true, revision: 1 }, ['ESCALATE', 'COMMENT']],
    ['AVTALSANSVARIG', { state: 'REPORTED', shared: true, revision: 1 }, ['VERIFY', 'FIND_NOT_REMEDIED', 'COMMENT']],
    ['MAS', { state: 'REPORTED', shared: true, revision: 1 }, ['COMMENT']],
    ['MAS', { state: 'REPORTED', shared: true, revision: 1, ...hslTrack }, ['VERIFY', 'FIND_NOT_REMEDIED', 'COMMENT']],
    ['AVTALSANSVARIG', { state: 'VERIFIED', shared: true, revision: 1, durabilityDue: LATER }, []],
    ['AVTALSANSVARIG', { state: 'VERIFIED', shared: true, revision: 1, durabilityDue: TODAY }, ['CHECK_DURABILITY']],
    ['AVTALSANSVARIG', { state: 'NOT_REMEDIED', shared: true, revision: 1 }, ['NEW_ROUND', 'ESCALATE']],
    ['DIREKTOR', { state: 'NOT_REMEDIED', shared: true, revision: 1 }, ['ESCALATE']],
    ['VERKSAMHETSCHEF', { state: 'NOT_REMEDIED', shared: true, revision: 1 }, []],
    ['AVTALSANSVARIG', { state: 'CLOSED', shared: true, revision: 1 }, []],
  ])('%s in %o: %o', (role, change, acts) => {
    expect(actsOf(anActor(role), aPlan(change), TODAY)).toEqual(acts);
  });

  it('MAS and MAR review the HSL track, the avtalsansvarig the other', () => {
    expect(reviewerRoles('HSL')).toEqual(['MAS', 'MAR']);
    expect(reviewerRoles('AVTAL')).toEqual(['AVTALSANSVARIG']);
    const hsl = submitted({ tracks: [{ track: 'HSL', begun: false, approvedRevision: null }] });
    expect(actsOf(anActor('MAR'), hsl, TODAY)).toEqual([...REVIEW, 'COMMENT']);
    expect(actsOf(anActor('AVTALSANSVARIG'), hsl, TODAY)).toEqual(['COMMENT']);
  });
});

describe('the one next act', () => {
  const begun = { tracks: [{ track: 'AVTAL' as const, begun: true, approvedRevision: null }] };
  it.each<[Role, Partial<PlanSubject>, typeof complete | null, string]>([
    ['VERKSAMHETSCHEF', { state: 'REQUESTED', opened: false }, null, 'OPEN'],
    ['ENHETSCHEF', { state: 'REQUESTED', opened: false }, null, 'WAIT'],
    ['VERKSAMHETSCHEF', {}, { ...complete, partsMissing: true }, 'WRITE'],
    ['VERKSAMHETSCHEF', {}, complete, 'SUBMIT'],
    ['MEDARBETARE', {}, complete, 'WRITE'],
    ['VERKSAMHETSCHEF', { state: 'SUBMITTED', shared: true, revision: 1 }, complete, 'WAIT'],
    ['VERKSAMHETSCHEF', { state: 'RETURNED', shared: true, revision: 1 }, { ...complete, changedSinceRevision: false }, 'MEND'],
    ['VERKSAMHETSCHEF', { state: 'RETURNED', shared: true, revision: 1 }, complete, 'SUBMIT'],
    ['MEDARBETARE', { state: 'RETURNED', shared: true, revision: 1 }, complete, 'MEND'],
    ['VERKSAMHETSCHEF', { state: 'APPROVED', shared: true, revision: 1 }, complete, 'REPORT'],
    ['MEDARBETARE', { state: 'APPROVED', shared: true, revision: 1 }, complete, 'REPORT'],
    ['VERKSAMHETSCHEF', { state: 'REPORTED', shared: true, revision: 1 }, complete, 'WAIT'],
    ['VERKSAMHETSCHEF', { state: 'NOT_REMEDIED', shared: true, revision: 1 }, complete, 'READ'],
    ['AVTALSANSVARIG', { state: 'APPROVED', shared: true, revision: 1 }, complete, 'READ'],
    ['AVTALSANSVARIG', { state: 'REPORTED', shared: true, revision: 1 }, complete, 'VERIFY'],
    ['MAS', { state: 'REPORTED', shared: true, revision: 1 }, complete, 'READ'],
    ['AVTALSANSVARIG', { state: 'VERIFIED', shared: true, revision: 1, durabilityDue: LATER }, complete, 'READ'],
    ['AVTALSANSVARIG', { state: 'VERIFIED', shared: true, revision: 1, durabilityDue: TODAY }, complete, 'CHECK_DURABILITY'],
    ['AVTALSANSVARIG', { state: 'NOT_REMEDIED', shared: true, revision: 1 }, complete, 'DECIDE_NEXT'],
    ['DIREKTOR', { state: 'NOT_REMEDIED', shared: true, revision: 1 }, complete, 'READ'],
    ['AVTALSANSVARIG', {}, null, 'WAIT'],
    ['AVTALSANSVARIG', { shared: true }, complete, 'WAIT'],
    ['AVTALSANSVARIG', { state: 'SUBMITTED', shared: true, revision: 1 }, complete, 'BEGIN_REVIEW'],
    ['AVTALSANSVARIG', { state: 'SUBMITTED', shared: true, revision: 1, ...begun }, complete, 'REVIEW'],
    ['MAS', { state: 'SUBMITTED', shared: true, revision: 1 }, complete, 'READ'],
    ['NAMND', {}, null, 'READ'],
  ])('%s in %o', (role, change, text, next) => {
    expect(nextActOf(anActor(role), aPlan(change), text, TODAY)).toBe(next);
  });

  it('agrees with the list of what waits, for every role and state', () => {
    const states: readonly PlanState[] = [
      'REQUESTED',
      'DRAFT',
      'SUBMITTED',
      'RETURNED',
      'APPROVED',
      'REPORTED',
      'VERIFIED',
      'NOT_REMEDIED',
      'CLOSED',
      'WITHDRAWN',
    ];
    const tracks = (['AVTAL', 'HSL'] as const).flatMap((track) =>
      [null, 1].map((approvedRevision) => [{ track, begun: approvedRevision !== null, approvedRevision }]),
    );
    for (const role of [...ADMINISTRATION, 'VERKSAMHETSCHEF', 'ENHETSCHEF', 'MEDARBETARE'] as const)
      for (const state of states)
        for (const standing of tracks)
          for (const durabilityDue of [null, TODAY, LATER]) {
            const actor = anActor(role);
            const plan = aPlan({ state, shared: true, revision: 1, tracks: standing, opened: state !== 'REQUESTED', durabilityDue });
            const listed = waitingFor(actor, TODAY).some(({ of, states: within, track, undecided, durabilityBy }) => {
              const mine = 'providerIds' in of ? of.providerIds.includes('p') : of.huvudmanIds.includes('h');
              const ofTrack =
                track === null || standing.some((each) => each.track === track && (!undecided || each.approvedRevision !== 1));
              const due = durabilityBy === null || (durabilityDue !== null && durabilityDue <= durabilityBy);
              return mine && within.includes(state) && ofTrack && due;
            });
            expect(listed, `${role} ${state}`).toBe(!['WAIT', 'READ'].includes(nextActOf(actor, plan, complete, TODAY)));
          }
  });
});
