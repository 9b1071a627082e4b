import type { NextAct, PlanState } from '#lib/api/generated/graphql.js';
import { addDays } from '../../format.js';

/** How far ahead counts as soon, days. */
export const soonDays = 14;

interface Waiting {
  readonly state: PlanState;
  readonly deadline: string;
  readonly nextAct: NextAct;
  readonly durabilityDue?: string | null | undefined;
}

export interface ByUrgency<Item> {
  /** Came back with grounds: first, whatever the deadline. */
  readonly returned: Item[];
  readonly overdue: Item[];
  readonly soon: Item[];
  readonly later: Item[];
  /** Not opened yet, and somebody else's to open. */
  readonly unopened: Item[];
  /** In the other party's hands. */
  readonly elsewhere: Item[];
  /** Decided or closed: nothing more to do for now. */
  readonly settled: Item[];
}

const settledStates: readonly PlanState[] = ['APPROVED', 'VERIFIED', 'CLOSED', 'WITHDRAWN'];
const carriedOut: readonly PlanState[] = ['APPROVED', 'REPORTED', 'NOT_REMEDIED', 'CLOSED', 'WITHDRAWN'];
const noWork: readonly NextAct[] = ['WAIT', 'READ'];

/** Sorts what waits for the viewer by when it is due; each pile nearest deadline first. @param today YYYY-MM-DD */
export function byUrgency<Item extends Waiting>(plans: readonly Item[], today: string): ByUrgency<Item> {
  const piles: ByUrgency<Item> = { returned: [], overdue: [], soon: [], later: [], unopened: [], elsewhere: [], settled: [] };
  const soonEnds = addDays(today, soonDays);
  for (const plan of plans.toSorted((a, b) => a.deadline.localeCompare(b.deadline))) piles[pileOf(plan, today, soonEnds)].push(plan);
  return piles;
}

/** Until when the next step waits: the demand's day while the plan is written and judged, the check's when it is verified, else none. */
export function deadlineOf(plan: Pick<Waiting, 'state' | 'deadline' | 'durabilityDue'>): string | null {
  if (plan.state === 'VERIFIED') return plan.durabilityDue ?? null;
  return carriedOut.includes(plan.state) ? null : plan.deadline;
}

function pileOf(plan: Waiting, today: string, soonEnds: string): keyof ByUrgency<Waiting> {
  if (noWork.includes(plan.nextAct) && plan.state === 'REQUESTED') return 'unopened';
  if (noWork.includes(plan.nextAct)) return settledStates.includes(plan.state) ? 'settled' : 'elsewhere';
  if (plan.state === 'RETURNED') return 'returned';
  const due = deadlineOf(plan);
  if (due === null) return 'soon';
  if (due < today) return 'overdue';
  return due <= soonEnds ? 'soon' : 'later';
}

/** How many things wait for the viewer, all piles of work together. */
export const workIn = (piles: ByUrgency<unknown>): number =>
  piles.returned.length + piles.overdue.length + piles.soon.length + piles.later.length;
