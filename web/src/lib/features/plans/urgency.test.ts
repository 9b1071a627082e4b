import { describe, expect, it } from 'vitest';
import type { NextAct, PlanState } from '#lib/api/generated/graphql.js';
import { byUrgency, deadlineOf, workIn } from './urgency.js';

const today = '2023-10-03';
const aPlan = (deadline: string, state: PlanState = 'DRAFT', nextAct: NextAct = 'WRITE') => ({ deadline, state, nextAct });

describe('byUrgency', () => {
  it('calls a plan overdue the day after its deadline, not on the day', () => {
    const piles = byUrgency([aPlan('2023-10-02'), aPlan('2023-10-03')], today);
    expect(piles.overdue.map((plan) => plan.deadline)).toEqual(['2023-10-02']);
    expect(piles.soon.map((plan) => plan.deadline)).toEqual(['2023-10-03']);
  });

  it('counts two weeks from today as soon, the last day included', () => {
    const piles = byUrgency([aPlan('2023-10-17'), aPlan('2023-10-18')], today);
    expect(piles.soon.map((plan) => plan.deadline)).toEqual(['2023-10-17']);
    expect(piles.later.map((plan) => plan.deadline)).toEqual(['2023-10-18']);
  });

  it('puts what came back first, even when it is late', () => {
    const piles = byUrgency([aPlan('2023-09-29', 'RETURNED', 'MEND')], today);
    expect(piles.returned).toHaveLength(1);
    expect(piles.overdue).toHaveLength(0);
  });

  it('keeps what others have, and what is decided, apart from the work', () => {
    const piles = byUrgency(
      [aPlan('2023-09-01', 'SUBMITTED', 'WAIT'), aPlan('2023-09-01', 'APPROVED', 'READ'), aPlan('2023-11-01', 'REQUESTED', 'OPEN')],
      today,
    );
    expect(piles.elsewhere).toHaveLength(1);
    expect(piles.settled).toHaveLength(1);
    expect(workIn(piles)).toBe(1);
  });

  it('keeps what waits to be opened by the chief apart from what the other party has', () => {
    const piles = byUrgency([aPlan('2023-09-01', 'REQUESTED', 'WAIT'), aPlan('2023-09-01', 'REQUESTED', 'READ')], today);
    expect(piles.unopened).toHaveLength(2);
    expect(piles.elsewhere).toHaveLength(0);
    expect(workIn(piles)).toBe(0);
  });

  it('sorts every pile by deadline and leaves the given list alone', () => {
    const plans = [aPlan('2023-10-12'), aPlan('2023-10-05')];
    expect(byUrgency(plans, today).soon.map((plan) => plan.deadline)).toEqual(['2023-10-05', '2023-10-12']);
    expect(plans[0]?.deadline).toBe('2023-10-12');
  });
  it('measures what is carried out by its own days', () => {
    expect(deadlineOf({ state: 'APPROVED', deadline: '2023-09-01' })).toBeNull();
    expect(deadlineOf({ state: 'VERIFIED', deadline: '2023-09-01', durabilityDue: '2024-04-01' })).toBe('2024-04-01');
    expect(deadlineOf({ state: 'RETURNED', deadline: '2023-09-01' })).toBe('2023-09-01');
  });
});
