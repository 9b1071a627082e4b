import { expect, test } from 'vitest';
import type { FindingStep, Grade } from './assessment.model.js';
import { areaStanding } from './assessment.rules.js';
import { propose } from './proposal.rules.js';

const proposal = (
  fixed: Grade | null,
  steps: FindingStep[],
  more: { yearsInRow?: number; providers?: number; providersWithFindings?: number } = {},
) =>
  propose({
    ...{ fixed, live: areaStanding(fixed, steps, 'VERIFIED'), metStep: 'VERIFIED', findingCount: steps.length },
    ...{ yearsInRow: 1, providers: 1, providersWithFindings: 1, ...more },
  });

test('a kvarstående brist proposes red and says why', () => {
  const { grade, reasons } = proposal('YELLOW', ['VERIFIED', 'NOT_REMEDIED']);
  expect(grade).toBe('RED');
  expect(reasons[0]).toBe('1 brist kvarstår efter uppföljning av planen.');
});

test('when everything is remedied it proposes green', () => {
  expect(proposal('RED', ['VERIFIED', 'VERIFIED'])).toEqual({
    grade: 'GREEN',
    reasons: ['Alla brister räknas som åtgärdade: åtgärderna är verifierade.', '2 brister, planerna: 2 verifierade.'],
  });
});

test('until then it keeps the decided colour, with the distribution and the years', () => {
  const { grade, reasons } = proposal('YELLOW', ['APPROVED', 'REQUESTED', 'REQUESTED'], {
    yearsInRow: 5,
    providers: 5,
    providersWithFindings: 1,
  });
  expect(grade).toBe('YELLOW');
  expect(reasons.slice(1)).toEqual([
    '3 brister, planerna: 2 begärda, 1 godkänd.',
    'Brister hos 1 av 5 utförare.',
    'Gul för femte året i rad.',
  ]);
});

test('an area that nobody graded gets reasons but no colour: findings are weighed by a person', () => {
  expect(proposal(null, ['NONE', 'NONE'])).toEqual({
    grade: null,
    reasons: ['Bristerna väger olika: färgen är en persons bedömning, inte ett medelvärde.', '2 brister, ingen plan är begärd.'],
  });
});

test('no findings: green stays green, and nothing else can be proposed', () => {
  expect(proposal('GREEN', []).grade).toBe('GREEN');
  expect(proposal(null, []).grade).toBeNull();
});
