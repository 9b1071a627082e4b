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
  revision: 0,
  tracks: [{ track: 'AVTAL', begun: false, approvedRevision: null }],
  ...change,
});
const submitted = (change: Partial<PlanSubject> = {}): PlanSubject => aPlan({ state: 'SUBMITTED', shared: true, revision: 1, ...change });
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
    ['VERKSAMHETSCHEF', {}, ['WRITE', 'SHARE', 'SUBMIT']],
    ['ENHETSCHEF', {}, ['WRITE']],
    ['AVTALSANSVARIG', {}, ['WITHDRAW', 'SET_DEADLINE']],
    ['VERKSAMHETSCHEF', { shared: true }, ['WRITE', 'SUBMIT']],
    ['AVTALSANSVARIG', { shared: true }, ['WRITE', 'WITHDRAW', 'SET_DEADLINE']],
    ['NAMND', { shared: true }, []],
    ['VERKSAMHETSCHEF', { state: 'SUBMITTED', shared: true, revision: 1 }, ['TAKE_BACK']],
    ['AVTALSANSVARIG', { state: 'SUBMITTED', shared: true, revision: 1 }, ['BEGIN_REVIEW', 'RETURN', 'APPROVE']],
    ['MAS', { state: 'SUBMITTED', shared: true, revision: 1 }, []],
    ['UPPFOLJARE', { state: 'SUBMITTED', shared: true, revision: 1 }, []],
    ['VERKSAMHETSCHEF', { state: 'RETURNED', shared: true, revision: 1 }, ['WRITE', 'SUBMIT']],
    ['VERKSAMHETSCHEF', { state: 'APPROVED', shared: true, revision: 1 }, []],
  ])('%s in %o: %o', (role, change, acts) => {
    expect(actsOf(anActor(role), aPlan(change))).toEqual(acts);
  });

  it('MAS and MAR review the HSL track, the avtalsansvarig the other', () => {
    expect(reviewerRoles('HSL')).toEqual(['MAS', 'MAR']);
    expect(reviewerRoles('AVTAL')).toEqual(['AVTALSANSVARIG']);
    const hsl = submitted({ tracks: [{ track: 'HSL', begun: false, approvedRevision: null }] });
    expect(actsOf(anActor('MAR'), hsl)).toEqual(['BEGIN_REVIEW', 'RETURN', 'APPROVE']);
    expect(actsOf(anActor('AVTALSANSVARIG'), hsl)).toEqual([]);
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
    ['VERKSAMHETSCHEF', { state: 'APPROVED', shared: true, revision: 1 }, complete, 'READ'],
    ['AVTALSANSVARIG', {}, null, 'WAIT'],
    ['AVTALSANSVARIG', { shared: true }, complete, 'WAIT'],
    ['AVTALSANSVARIG', { state: 'SUBMITTED', shared: true, revision: 1 }, complete, 'BEGIN_REVIEW'],
    ['AVTALSANSVARIG', { state: 'SUBMITTED', shared: true, revision: 1, ...begun }, complete, 'REVIEW'],
    ['MAS', { state: 'SUBMITTED', shared: true, revision: 1 }, complete, 'READ'],
    ['NAMND', {}, null, 'READ'],
  ])('%s in %o', (role, change, text, next) => {
    expect(nextActOf(anActor(role), aPlan(change), text)).toBe(next);
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
        for (const standing of tracks) {
          const actor = anActor(role);
          const plan = aPlan({ state, shared: true, revision: 1, tracks: standing, opened: state !== 'REQUESTED' });
          const listed = waitingFor(actor).some(({ of, states: within, undecidedTrack }) => {
            const mine = 'providerIds' in of ? of.providerIds.includes('p') : of.huvudmanIds.includes('h');
            const undecided =
              undecidedTrack === null || standing.some(({ track, approvedRevision }) => track === undecidedTrack && approvedRevision !== 1);
            return mine && within.includes(state) && undecided;
          });
          expect(listed, `${role} ${state}`).toBe(!['WAIT', 'READ'].includes(nextActOf(actor, plan, complete)));
        }
  });
});
