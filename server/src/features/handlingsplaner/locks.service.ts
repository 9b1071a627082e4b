import type { Locks } from './judgement.rules.js';
import type { PlanLifeStore } from './planLife.store.js';
import type { PlanStore } from './plan.store.js';
import type { Plan } from './planRecord.model.js';
import { standingLocks } from './revisionContent.rules.js';

/** What of a plan's text is locked now, from what was judged. null: nothing. */
export async function locksNow(plan: Plan, store: PlanStore, life: PlanLifeStore): Promise<Locks | null> {
  // Most plans that are written have never been handed in.
  if (plan.revision === plan.roundAfterRevision) return null;
  const [revisions, decisions, judgements] = await Promise.all([
    store.revisions([plan.id]),
    store.decisions([plan.id]),
    life.judgements([plan.id]),
  ]);
  return standingLocks(plan, revisions, decisions, judgements);
}
