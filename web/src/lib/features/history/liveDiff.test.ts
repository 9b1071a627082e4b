import type { PlanContent } from '@samsyn/schema';
import { expect, it } from 'vitest';
import { liveDiff } from './liveDiff.js';

const measure = {
  id: 'bbbbbbbbbbbbbbbb',
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
  const before = plan({ measures: [measure, { ...measure, id: 'cccccccccccccccc', what: 'Borta' }] });
  const now = plan({ measures: [{ ...measure, what: 'Rutin för alla', followUpBy: '2027-03-31' }] });
  const changed = new Map(liveDiff(before, now).map((field) => [field.path, field.runs.map((run) => `${run.kind} ${run.text.trim()}`)]));
  expect(changed.get('measures/bbbbbbbbbbbbbbbb/what')).toEqual(['SAME Rutin', 'ADDED för alla']);
  expect(changed.get('measures/bbbbbbbbbbbbbbbb/followUpBy')).toEqual(['ADDED 2027-03-31']);
  expect(changed.get('measures/cccccccccccccccc/what')).toEqual(['REMOVED Borta']);
  expect(changed.has('measures/bbbbbbbbbbbbbbbb/responsible')).toBe(false);
});
