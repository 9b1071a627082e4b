import { describe, expect, it } from 'vitest';
import type { NextAct, PlanState } from '#lib/api/generated/graphql.js';
import { isHandedIn, isOpen, tasksByArea } from './tasks.js';

const aPlan = (id: string, area: string, nextAct: NextAct, deadline: string, state: PlanState = 'DRAFT') => ({
  id,
  state,
  deadline,
  nextAct,
  finding: { krav: `krav ${id}`, contractArea: { id: area, name: area } },
});

describe('the round as a task list', () => {
  const areas = tasksByArea([
    aPlan('väntar', 'Kundvalet', 'WAIT', '2023-10-01', 'SUBMITTED'),
    aPlan('senare', 'Kundvalet', 'WRITE', '2023-10-20'),
    aPlan('snart', 'Kundvalet', 'MEND', '2023-10-10', 'RETURNED'),
    aPlan('klar', 'Ambulans', 'READ', '2023-09-01', 'CLOSED'),
    aPlan('först', 'Ögonvård', 'OPEN', '2023-10-02', 'REQUESTED'),
  ]);
  it('has the area with the nearest open deadline first, and areas without work last', () => {
    expect(areas.map((area) => area.name)).toEqual(['Ögonvård', 'Kundvalet', 'Ambulans']);
  });
  it('puts open work before what rests, and counts what is done', () => {
    expect(areas[1]?.items.map((plan) => plan.id)).toEqual(['snart', 'senare', 'väntar']);
    expect(areas.map((area) => area.away)).toEqual([0, 1, 1]);
  });
  it('knows whose turn it is', () => {
    expect(isOpen({ nextAct: 'REPORT' })).toBe(true);
    expect(isOpen({ nextAct: 'WAIT' })).toBe(false);
    expect((['RETURNED', 'SUBMITTED', 'APPROVED'] as const).map((state) => isHandedIn({ state }))).toEqual([false, true, true]);
  });
});
