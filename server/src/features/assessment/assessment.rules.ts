import type { MetStep } from '../contracts/index.js';
import { STEPS, stepOf as stepOfState, type PlanEvent } from '../handlingsplaner/index.js';
import type { EarlierGrade, FindingStep, Grade, GradeTotals, PlanStanding, Standing } from './assessment.model.js';

/**
 * A plan's standing after one more event. An event that is not later than what is counted changes nothing, so that the same event twice,
 * or an old one late, is harmless.
 */
export function afterEvent(present: PlanStanding | null, event: PlanEvent): PlanStanding {
  if (present && event.seq <= present.seq) return present;
  const { planId, findingId, huvudmanId, contractAreaId, providerId, year, seq, at } = event;
  const step = stepOfState(event.to);
  const changedAt = present && present.step === step ? present.changedAt : at;
  return { planId, findingId, huvudmanId, contractAreaId, providerId, year, step, seq, changedAt };
}

/** Every plan's standing, from all events in any order (I8: the same as following them one by one). */
export function standings(events: readonly PlanEvent[]): Map<string, PlanStanding> {
  const byPlan = new Map<string, PlanStanding>();
  for (const event of [...events].sort((a, b) => a.seq - b.seq)) {
    byPlan.set(event.planId, afterEvent(byPlan.get(event.planId) ?? null, event));
  }
  return byPlan;
}

/** A finding's step from its plans. A withdrawn plan drops out; of several that remain the one that moved last counts. */
export function stepOfPlans(plans: readonly PlanStanding[]): FindingStep {
  if (plans.length === 0) return 'NONE';
  const live = plans.filter((plan) => plan.step !== null).sort((a, b) => b.seq - a.seq);
  return live[0]?.step ?? 'DROPPED';
}

/** A finding's step from the events of its plans. */
export const findingStep = (events: readonly PlanEvent[]): FindingStep => stepOfPlans([...standings(events).values()]);

/**
 * Läge efter åtgärd for an area or a provider.
 * @param fixed the grade that holds; without one there is no colour to mend, only a red to warn with
 * @param steps one per finding
 * @param metStep the step from which the huvudman counts a finding as met
 */
export function areaStanding(fixed: Grade | null, steps: readonly FindingStep[], metStep: MetStep): Standing {
  const counted = steps.filter((step) => step !== 'DROPPED');
  const planned = counted.filter((step) => step !== 'NONE');
  const counts = STEPS.map((step) => ({ step, count: planned.filter((each) => each === step).length })).filter(({ count }) => count > 0);
  const remaining = planned.includes('NOT_REMEDIED');
  const remedied = counted.length > 0 && counted.every((step) => isMet(step, metStep));
  const colour = remaining ? 'RED' : remedied && fixed !== null ? 'GREEN' : fixed;
  return { colour, remedied, step: remaining ? 'NOT_REMEDIED' : (counts[0]?.step ?? null), counts };
}

/** True when the huvudman counts a finding on `step` as met. */
function isMet(step: FindingStep, metStep: MetStep): boolean {
  if (step === 'NONE' || step === 'DROPPED' || step === 'NOT_REMEDIED') return false;
  return STEPS.indexOf(step) >= STEPS.indexOf(metStep);
}

/** Years in a row with this year's non-green grade, this year included; 0 when green or not graded. A year without a grade ends the row. */
export function yearsInRow(year: number, grade: Grade | null, earlier: readonly EarlierGrade[]): number {
  if (grade === null || grade === 'GREEN') return 0;
  const byYear = new Map(earlier.map((each) => [each.year, each.grade]));
  let count = 1;
  while (byYear.get(year - count) === grade) count++;
  return count;
}

/** How many of each colour. */
export function gradeTotals(grades: readonly (Grade | null)[]): GradeTotals {
  const of = (grade: Grade | null): number => grades.filter((each) => each === grade).length;
  return { green: of('GREEN'), yellow: of('YELLOW'), red: of('RED'), ungraded: of(null), all: grades.length };
}
