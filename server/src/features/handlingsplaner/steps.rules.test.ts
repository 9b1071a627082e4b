import { describe, expect, it } from 'vitest';
import { PLAN_STATES } from './plan.model.js';
import { stepOf, statesOf, STEPS } from './steps.rules.js';

describe('the step of a plan', () => {
  it('follows the domain: a draft and a return count as requested, closed as verified, a withdrawn demand drops out', () => {
    expect(Object.fromEntries(PLAN_STATES.map((state) => [state, stepOf(state)]))).toEqual({
      REQUESTED: 'REQUESTED',
      DRAFT: 'REQUESTED',
      RETURNED: 'REQUESTED',
      SUBMITTED: 'SUBMITTED',
      APPROVED: 'APPROVED',
      REPORTED: 'REPORTED',
      VERIFIED: 'VERIFIED',
      CLOSED: 'VERIFIED',
      NOT_REMEDIED: 'NOT_REMEDIED',
      WITHDRAWN: null,
    });
  });

  it('is read back: each state but the withdrawn lies in exactly one step', () => {
    expect(STEPS.flatMap(statesOf).sort()).toEqual(PLAN_STATES.filter((state) => state !== 'WITHDRAWN').sort());
  });
});
