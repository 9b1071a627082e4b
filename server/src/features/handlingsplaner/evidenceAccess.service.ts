import { may, snapshot, type Actor } from '../accounts/index.js';
import type { EvidenceGrant, EvidencePlans } from '../evidence/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { notFound, Refused } from '../../platform/outcome.js';
import type { Topics } from '../../platform/topics.js';
import { notOpenForReport } from './execution.refusals.js';
import { executionOf } from './execution.rules.js';
import { topicsOf } from './plan.topics.js';
import type { PlanLifeStore } from './planLife.store.js';
import type { PlanStore } from './plan.store.js';
import { ofRound, revisionContent } from './revisionContent.rules.js';
import { sight, standingOf, subjectOf } from './viewer.rules.js';

interface EvidenceAccessDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly store: PlanStore;
  readonly life: PlanLifeStore;
}

/** Answers the evidence feature's questions: who may hand in files for a measure, and who may read them. */
export class PlanEvidenceAccess implements EvidencePlans {
  constructor(private readonly deps: EvidenceAccessDeps) {}

  async evidenceAllowed(actor: Actor, planId: string, measureId: string): Promise<EvidenceGrant | Refused> {
    const { db, store, life } = this.deps;
    const plan = db.inTransaction ? await store.locked(planId) : await store.plan(planId);
    const standing = plan && standingOf(plan);
    if (!plan || !standing || !sight(actor, standing)?.canRead) throw notFound();
    const membership = may(actor, 'plan.reportMeasure', subjectOf(standing));
    if (!membership) return new Refused('ROLE_MISSING', 'Underlag lämnas in av utföraren.');
    if (plan.state !== 'APPROVED')
      return new Refused('WRONG_STATE', 'Underlag lämnas in när planen är godkänd, och innan genomförandet är rapporterat.');
    const revision = await store.revision(planId, plan.revision);
    if (!revision) throw new Error('an approved plan without its revision');
    const execution = executionOf(revisionContent(revision).content.measures, ofRound(plan, await life.reports([planId])));
    const measure = execution.find((each) => each.measureId === measureId);
    if (!measure) throw notFound();
    return measure.open ? { huvudmanId: plan.huvudmanId, by: snapshot(actor, membership) } : notOpenForReport();
  }

  async evidenceReadable(actor: Actor, planId: string): Promise<boolean> {
    const plan = await this.deps.store.plan(planId);
    return plan !== null && (sight(actor, standingOf(plan))?.canRead ?? false);
  }

  async evidenceChanged(planId: string): Promise<void> {
    const { store, topics, clock } = this.deps;
    const plan = await store.plan(planId);
    if (!plan) return;
    for (const topic of topicsOf(plan)) topics.publish(topic, { planId, at: clock.now().toISOString() });
  }
}
