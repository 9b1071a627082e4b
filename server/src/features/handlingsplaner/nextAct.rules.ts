import type { Actor } from '../accounts/index.js';
import { actsOf, type PlanAct } from './acts.rules.js';
import { AWAITS_PROVIDER } from './planStates.rules.js';
import { sight, type PlanSubject, type Sight } from './viewer.rules.js';

/** The ONE next action for a viewer. */
export const NEXT_ACTS = [
  'OPEN',
  'WRITE',
  'SHARE',
  'SUBMIT',
  'MEND',
  'WAIT',
  'BEGIN_REVIEW',
  'REVIEW',
  'REPORT',
  'VERIFY',
  'CHECK_DURABILITY',
  'DECIDE_NEXT',
  'READ',
] as const;
export type NextAct = (typeof NEXT_ACTS)[number];
/** What is known of the text, for the next act. Only of texts the viewer may read. */
export interface TextStanding {
  readonly partsMissing: boolean;
  /** The text differs from the latest revision. */
  readonly changedSinceRevision: boolean;
}

/** The one next action for the actor. @param text null where the viewer may not read it @param today `YYYY-MM-DD` */
export function nextActOf(actor: Actor, plan: PlanSubject, text: TextStanding | null, today: string): NextAct {
  const seen = sight(actor, plan);
  if (!seen) return 'READ';
  const acts = new Set(actsOf(actor, plan, today));
  return seen.membership.side === 'PROVIDER' ? providersNext(acts, plan, text) : reviewersNext(acts, plan, seen);
}

function providersNext(acts: ReadonlySet<PlanAct>, plan: PlanSubject, text: TextStanding | null): NextAct {
  const ready = text !== null && !text.partsMissing;
  switch (plan.state) {
    case 'REQUESTED':
      return acts.has('OPEN') ? 'OPEN' : 'WAIT';
    case 'DRAFT':
      if (!ready) return 'WRITE';
      if (acts.has('SUBMIT')) return 'SUBMIT';
      return acts.has('SHARE') ? 'SHARE' : 'WRITE';
    case 'RETURNED':
      return ready && text.changedSinceRevision && acts.has('SUBMIT') ? 'SUBMIT' : 'MEND';
    case 'APPROVED':
      return acts.has('REPORT_MEASURE') ? 'REPORT' : 'READ';
    case 'SUBMITTED':
    case 'REPORTED':
      return 'WAIT';
    default:
      return 'READ';
  }
}

function reviewersNext(acts: ReadonlySet<PlanAct>, plan: PlanSubject, seen: Sight): NextAct {
  if (seen.membership.side === 'BOARD') return 'READ';
  if (AWAITS_PROVIDER.includes(plan.state)) return 'WAIT';
  if (acts.has('BEGIN_REVIEW')) return 'BEGIN_REVIEW';
  if (acts.has('APPROVE')) return 'REVIEW';
  if (acts.has('VERIFY')) return 'VERIFY';
  if (acts.has('CHECK_DURABILITY')) return 'CHECK_DURABILITY';
  if (acts.has('NEW_ROUND')) return 'DECIDE_NEXT';
  return 'READ';
}
