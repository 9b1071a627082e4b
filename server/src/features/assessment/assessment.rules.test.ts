import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanEvent, PlanState } from '../handlingsplaner/index.js';
import type { FindingStep, Grade } from './assessment.model.js';
import { areaStanding, findingStep, gradeTotals, standings, yearsInRow } from './assessment.rules.js';

const by = { userId: 'u', name: 'Verksamhetschef', role: 'VERKSAMHETSCHEF', organisation: 'Utförare', side: 'PROVIDER' } as const;

function event(seq: number, to: PlanState, planId = 'plan'): PlanEvent {
  return {
    ...{ id: `event-${seq}`, seq, planId, findingId: 'finding', huvudmanId: 'h', contractAreaId: 'area', providerId: 'p', year: 2022 },
    ...{ act: 'OPEN', from: null, to, at: new Date(seq * 1000), by, details: {} },
  };
}

const path = (...states: PlanState[]): PlanEvent[] => states.map((state, at) => event(at + 1, state));

describe('findingStep', () => {
  test.each<[string, PlanState[], FindingStep]>([
    ['never demanded', [], 'NONE'],
    ['demanded', ['REQUESTED'], 'REQUESTED'],
    ['being written counts as begärd', ['REQUESTED', 'DRAFT'], 'REQUESTED'],
    ['handed in', ['REQUESTED', 'DRAFT', 'SUBMITTED'], 'SUBMITTED'],
    ['taken back', ['REQUESTED', 'DRAFT', 'SUBMITTED', 'DRAFT'], 'REQUESTED'],
    ['återsänd counts as begärd', ['REQUESTED', 'DRAFT', 'SUBMITTED', 'RETURNED'], 'REQUESTED'],
    ['approved', ['REQUESTED', 'SUBMITTED', 'APPROVED'], 'APPROVED'],
    ['reported', ['REQUESTED', 'SUBMITTED', 'APPROVED', 'REPORTED'], 'REPORTED'],
    ['a refused verification is approved again', ['SUBMITTED', 'APPROVED', 'REPORTED', 'APPROVED'], 'APPROVED'],
    ['verified', ['APPROVED', 'REPORTED', 'VERIFIED'], 'VERIFIED'],
    ['avslutad is verifierad', ['REPORTED', 'VERIFIED', 'CLOSED'], 'VERIFIED'],
    ['kvarstående', ['REPORTED', 'NOT_REMEDIED'], 'NOT_REMEDIED'],
    ['a new round starts over', ['REPORTED', 'NOT_REMEDIED', 'DRAFT'], 'REQUESTED'],
    ['a withdrawn demand drops out', ['REQUESTED', 'WITHDRAWN'], 'DROPPED'],
  ])('%s', (_name, states, step) => {
    expect(findingStep(path(...states))).toBe(step);
  });

  test('a plan demanded anew after a withdrawal counts, whatever the order the events come in', () => {
    const events = [
      event(3, 'REQUESTED', 'second'),
      event(1, 'REQUESTED', 'first'),
      event(4, 'SUBMITTED', 'second'),
      event(2, 'WITHDRAWN', 'first'),
    ];
    expect(findingStep(events)).toBe('SUBMITTED');
  });

  test('when the step changed is told, not when something else happened', () => {
    const [standing] = [...standings(path('REQUESTED', 'DRAFT', 'DRAFT')).values()];
    expect(standing).toMatchObject({ step: 'REQUESTED', seq: 3, changedAt: new Date(1000) });
  });
});

describe('areaStanding', () => {
  test.each<[string, Grade | null, FindingStep[], 'VERIFIED' | 'APPROVED', Grade | null, boolean]>([
    ['the decided colour without findings', 'GREEN', [], 'VERIFIED', 'GREEN', false],
    ['yellow until every finding is met', 'YELLOW', ['VERIFIED', 'REPORTED'], 'VERIFIED', 'YELLOW', false],
    ['grön (åtgärdat) when all are', 'YELLOW', ['VERIFIED', 'VERIFIED'], 'VERIFIED', 'GREEN', true],
    ['red turns too', 'RED', ['VERIFIED'], 'VERIFIED', 'GREEN', true],
    ['an approval is not enough where verification is the rule', 'YELLOW', ['APPROVED'], 'VERIFIED', 'YELLOW', false],
    ['an approval is enough where it is the rule', 'YELLOW', ['APPROVED', 'REPORTED'], 'APPROVED', 'GREEN', true],
    ['a finding without a plan is not met', 'YELLOW', ['VERIFIED', 'NONE'], 'VERIFIED', 'YELLOW', false],
    ['a withdrawn demand drops out', 'YELLOW', ['VERIFIED', 'DROPPED'], 'VERIFIED', 'GREEN', true],
    ['withdrawing everything remedies nothing', 'YELLOW', ['DROPPED'], 'VERIFIED', 'YELLOW', false],
    ['any kvarstående is red', 'YELLOW', ['VERIFIED', 'NOT_REMEDIED'], 'VERIFIED', 'RED', false],
    ['kvarstående turns a green area red', 'GREEN', ['NOT_REMEDIED'], 'APPROVED', 'RED', false],
    ['without a grade there is no colour', null, ['VERIFIED'], 'VERIFIED', null, true],
  ])('%s', (_name, fixed, steps, metStep, colour, remedied) => {
    expect(areaStanding(fixed, steps, metStep)).toMatchObject({ colour, remedied });
  });

  test('its own step is the least advanced, with counts per step in order', () => {
    const { step, counts } = areaStanding('YELLOW', ['APPROVED', 'SUBMITTED', 'APPROVED', 'NONE', 'DROPPED'], 'VERIFIED');
    expect(step).toBe('SUBMITTED');
    expect(counts).toEqual([
      { step: 'SUBMITTED', count: 1 },
      { step: 'APPROVED', count: 2 },
    ]);
  });

  test('kvarstående stands alone', () => {
    expect(areaStanding('RED', ['REQUESTED', 'NOT_REMEDIED'], 'VERIFIED').step).toBe('NOT_REMEDIED');
  });

  test('no plan, no step', () => {
    expect(areaStanding('GREEN', ['NONE'], 'VERIFIED')).toMatchObject({ step: null, counts: [] });
  });

  test('the counts are the plans, and the order of findings never matters', () => {
    const anyStep = fc.constantFrom<FindingStep>(
      'NONE',
      'DROPPED',
      'REQUESTED',
      'SUBMITTED',
      'APPROVED',
      'REPORTED',
      'VERIFIED',
      'NOT_REMEDIED',
    );
    fc.assert(
      fc.property(fc.array(anyStep), fc.constantFrom<Grade | null>('GREEN', 'YELLOW', 'RED', null), (steps, fixed) => {
        const standing = areaStanding(fixed, steps, 'VERIFIED');
        expect(standing.counts.reduce((sum, { count }) => sum + count, 0)).toBe(
          steps.filter((step) => step !== 'NONE' && step !== 'DROPPED').length,
        );
        expect(areaStanding(fixed, [...steps].reverse(), 'VERIFIED')).toEqual(standing);
      }),
    );
  });
});

test('years in a row end at another colour or a missing year', () => {
  const earlier = [2021, 2020, 2018].map((year) => ({ year, grade: 'YELLOW', source: 'STATED' }) as const);
  expect(yearsInRow(2022, 'YELLOW', earlier)).toBe(3);
  expect(yearsInRow(2022, 'RED', earlier)).toBe(1);
  expect(yearsInRow(2022, 'GREEN', earlier)).toBe(0);
  expect(yearsInRow(2022, null, earlier)).toBe(0);
});

test('totals count every colour and those without one', () => {
  expect(gradeTotals(['GREEN', 'GREEN', 'YELLOW', null])).toEqual({ green: 2, yellow: 1, red: 0, ungraded: 1, all: 4 });
});
