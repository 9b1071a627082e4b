import type { Locks } from './judgement.rules.js';
import type { PlanLifeStore } from './planLife.store.js';
import type { PlanStore } from './plan.store.js';
import type { Plan } from './planRecord.model.js';
import { standingLocks, standingReturn } from './revisionContent.rules.js';

/** What of a plan's text is locked now, from what was judged. null: nothing. */
export async function locksNow(plan: Plan, store: PlanStore, life: PlanLifeStore): Promise<Locks | null> {
  // Most plans that are written have never been handed in.
  if (plan.revision === plan.roundAfterRevision) return null;
  const decisions = await store.decisions([plan.id]);
  const returned = standingReturn(plan, decisions);
  const revision = returned && (await store.revision(plan.id, returned.revision));
  return revision ? standingLocks(plan, [revision], decisions, await life.judgements([plan.id])) : null;
}
