import { may, snapshot, type Actor } from '../accounts/index.js';
import type { AccessLog, AccessRecord } from '../audit/index.js';
import { DomainError, notFound } from '../../platform/outcome.js';
import type { PlanService } from './plan.service.js';
import type { PlanView } from './planView.model.js';
import { standingOf, subjectOf } from './viewer.rules.js';

const MAX_ENTRIES = 500;

/** Who at the huvudman has read a plan's text. A provider reads its own. */
export class PlanReads {
  constructor(private readonly deps: { readonly plans: Pick<PlanService, 'plan'>; readonly log: AccessLog }) {}

  /** Call when the text, or what tells of it, is handed to the actor. */
  note(actor: Actor, { plan, sight }: Pick<PlanView, 'plan' | 'sight'>): void {
    if (sight.membership.side !== 'PROVIDER') this.deps.log.note(plan.id, snapshot(actor, sight.membership));
  }

  /**
   * Newest first, strictly before `before`.
   * @throws DomainError NOT_FOUND unless the plan and its log are the actor's to see; BAD_INPUT for a number that isn't 1–500
   */
  async entries(actor: Actor, planId: string, first: number, before: Date | null): Promise<AccessRecord[]> {
    const { plan } = await this.deps.plans.plan(actor, planId);
    if (!may(actor, 'plan.readLog', subjectOf(standingOf(plan)))) throw notFound();
    if (first < 1 || first > MAX_ENTRIES) throw new DomainError('BAD_INPUT', `first ska vara 1–${MAX_ENTRIES}.`);
    return this.deps.log.entries(planId, first, before);
  }
}
