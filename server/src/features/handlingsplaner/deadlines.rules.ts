import type { PlanState, Track } from './plan.model.js';
import { AWAITS_PROVIDER } from './planStates.rules.js';

/** Late: the day has passed in Sweden and the provider still owes the plan. Computed, never stored. Dates are `YYYY-MM-DD`. */
export function isOverdue(plan: { readonly state: PlanState; readonly deadline: string }, today: string): boolean {
  return AWAITS_PROVIDER.includes(plan.state) && plan.deadline < today;
}

/** `date` (`YYYY-MM-DD`) plus a number of months; where the month is shorter, its last day. */
export const addMonths = (date: string, months: number): string => Temporal.PlainDate.from(date).add({ months }).toString();

/** The plan's deadline: the earliest of its tracks'. */
export function earliest(tracks: readonly { readonly deadline: string }[]): string {
  return tracks.map((track) => track.deadline).reduce((least, next) => (next < least ? next : least));
}

/**
 * The tracks that review a plan, from its finding's law: HSL is MAS's and MAR's, every other law and the bare contract is the
 * avtalsansvarig's. A finding under several laws ("SoL och HSL") has both.
 */
export function tracksFor(law: string | null): Track[] {
  const laws =
    (law ?? '')
      .toUpperCase()
      .match(/\p{L}+/gu)
      ?.filter((word) => word !== 'OCH') ?? [];
  const hsl = laws.includes('HSL');
  const others = laws.some((word) => word !== 'HSL');
  return hsl ? (others ? ['AVTAL', 'HSL'] : ['HSL']) : ['AVTAL'];
}
