import type { PlanContent } from '@samsyn/schema';
import { expect, it } from 'vitest';
import { personalPlaces } from './personalData.js';

it('gathers what is found, field by field', () => {
  const content: PlanContent = {
    v: 1,
    planId: 'p',
    causes: [
      {
        id: 'aaaaaaaaaaaaaaaa',
        order: 'a0',
        text: [{ type: 'paragraph', content: [{ type: 'text', text: 'Ring 08-123 456 78, rum 12.' }] }],
      },
    ],
    measures: [
      {
        id: 'bbbbbbbbbbbbbbbb',
        what: 'Rutin',
        how: [],
        followUpHow: [],
        responsible: 'Chefen, lgh 1203',
        causeIds: [],
        doneBy: null,
        followUpBy: null,
        order: 'a0',
      },
    ],
  };
  expect(personalPlaces(content)).toEqual([
    { path: 'causes/aaaaaaaaaaaaaaaa/text', words: ['08-123 456 78', 'rum 12'] },
    { path: 'measures/bbbbbbbbbbbbbbbb/responsible', words: ['lgh 1203'] },
  ]);
});
