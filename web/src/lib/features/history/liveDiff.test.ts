import type { PlanContent } from '@samsyn/schema';
import { expect, it } from 'vitest';
import { liveDiff } from './liveDiff.js';

const measure = {
  id: 'm',
  what: 'Rutin',
  how: [],
  followUpHow: [],
  responsible: 'Chefen',
  causeIds: [],
  doneBy: '2027-01-31',
  followUpBy: null,
  order: 'a0',
};
const plan = (over: Partial<PlanContent>): PlanContent => ({ v: 1, planId: 'p', causes: [], measures: [], ...over });

it('tells what is written now from what was handed in', () => {
  const before = plan({ measures: [measure, { ...measure, id: 'gone', what: 'Borta' }] });
  const now = plan({ measures: [{ ...measure, what: 'Rutin för alla', followUpBy: '2027-03-31' }] });
  const changed = new Map(liveDiff(before, now).map((field) => [field.path, field.runs.map((run) => `${run.kind} ${run.text.trim()}`)]));
  expect(changed.get('measures/m/what')).toEqual(['SAME Rutin', 'ADDED för alla']);
  expect(changed.get('measures/m/followUpBy')).toEqual(['ADDED 2027-03-31']);
  expect(changed.get('measures/gone/what')).toEqual(['REMOVED Borta']);
  expect(changed.has('measures/m/responsible')).toBe(false);
});
