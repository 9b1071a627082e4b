import type { NextAct } from '#lib/api/generated/graphql.js';

const places: Partial<Record<NextAct, string>> = {
  SUBMIT: '/lamna-in',
  BEGIN_REVIEW: '/granska',
  REVIEW: '/granska',
  REPORT: '#genomforande',
  VERIFY: '#genomforande',
  CHECK_DURABILITY: '#hallbarhet',
  DECIDE_NEXT: '#genomforande',
};

/** Where the plan's one next action is done. */
export const nextActHref = (plan: { readonly id: string; readonly nextAct: NextAct }): string =>
  `/planer/${plan.id}${places[plan.nextAct] ?? ''}`;
