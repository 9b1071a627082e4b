import { describe, expect, it } from 'vitest';
import { earliest, isOverdue, tracksFor } from './deadlines.rules.js';
import { PLAN_STATES } from './plan.model.js';

describe('deadlines', () => {
  it('a plan is late the day after its deadline, and only while it waits for the provider', () => {
    const late = PLAN_STATES.filter((state) => isOverdue({ state, deadline: '2023-10-12' }, '2023-10-13'));
    expect(late).toEqual(['REQUESTED', 'DRAFT', 'RETURNED']);
    expect(isOverdue({ state: 'DRAFT', deadline: '2023-10-12' }, '2023-10-12')).toBe(false);
  });

  it('the plan goes by its earliest track', () => {
    expect(earliest([{ deadline: '2023-12-01' }, { deadline: '2023-10-12' }])).toBe('2023-10-12');
  });

  it.each([
    ['HSL', ['HSL']],
    ['SoL', ['AVTAL']],
    ['LSS', ['AVTAL']],
    [null, ['AVTAL']],
    ['', ['AVTAL']],
    ['SoL, HSL', ['AVTAL', 'HSL']],
    ['HSL och LSS', ['AVTAL', 'HSL']],
  ])('a finding under %s is reviewed on %o', (law, tracks) => {
    expect(tracksFor(law)).toEqual(tracks);
  });
});
