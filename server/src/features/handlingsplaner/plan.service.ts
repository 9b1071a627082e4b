import type { Actor } from '../accounts/index.js';
import { Refused } from '../../platform/outcome.js';
import type { DemandInput, Demands } from './demands.service.js';
import type { PlanEvent, Track } from './plan.model.js';
import type { PlanHint } from './plan.topics.js';
import type { Plan, PlanRevision } from './planRecord.model.js';
import type { PlanFilter, PlanPage, PlanQueries } from './planQueries.service.js';
import type { PlanStore } from './plan.store.js';
import type { DemandView, PlanView } from './planView.model.js';
import type { ProviderActs, SeenContent } from './providerActs.service.js';
import type { Decided, Decisions } from './decisions.service.js';
import type { Execution, ReportInput, VerifyInput } from './execution.service.js';
import type { EscalateInput, FollowUp } from './followUp.service.js';
import type { JudgeInput, Judgements } from './judgements.service.js';
import type { ReviewActs } from './reviewActs.service.js';

export interface Submitted {
  readonly plan: PlanView;
  readonly revision: PlanRevision;
}

interface PlanServiceParts {
  readonly store: PlanStore;
  readonly queries: PlanQueries;
  readonly demands: Demands;
  readonly provider: ProviderActs;
  readonly review: ReviewActs;
  readonly judgements: Judgements;
  readonly decisions: Decisions;
  readonly execution: Execution;
  readonly followUp: FollowUp;
}

/**
 * Handlingsplaner, as other features and the API use them. Every act answers with the plan as the actor then sees it, or refuses; a plan
 * the actor can't see throws NOT_FOUND, like one that isn't.
 */
export class PlanService {
  constructor(private readonly parts: PlanServiceParts) {}

  plan(actor: Actor, id: string): Promise<PlanView> {
    return this.parts.queries.plan(actor, id);
  }

  plans(actor: Actor, filter: PlanFilter, first: number, after: string | null): Promise<PlanPage> {
    return this.parts.queries.plans(actor, filter, first, after);
  }

  demands(actor: Actor, year: number | null): Promise<DemandView[]> {
    return this.parts.queries.demands(actor, year);
  }

  watchPlan(actor: Actor, id: string): Promise<AsyncIterableIterator<PlanHint>> {
    return this.parts.queries.watchPlan(actor, id);
  }

  watchPlans(actor: Actor): AsyncIterableIterator<PlanHint> {
    return this.parts.queries.watchPlans(actor);
  }

  /** Every formal act of a huvudman's year, in order: what the assessment can be computed from anew. Asks nobody's rights. */
  planEvents(huvudmanId: string, year: number): Promise<PlanEvent[]> {
    return this.parts.store.eventsOfYear(huvudmanId, year);
  }

  async issueDemand(actor: Actor, input: DemandInput): Promise<DemandView | Refused> {
    const demand = await this.parts.demands.issue(actor, input);
    return demand instanceof Refused ? demand : this.parts.queries.demand(actor, demand.id);
  }

  open(actor: Actor, planId: string): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.provider.open(actor, planId));
  }

  share(actor: Actor, planId: string): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.provider.share(actor, planId));
  }

  /** @param personalDataReason why what looks like personal data may stay in the text; null: nobody has said */
  async submit(actor: Actor, planId: string, seen: SeenContent, personalDataReason: string | null = null): Promise<Submitted | Refused> {
    const plan = await this.shown(actor, this.parts.provider.submit(actor, planId, seen, personalDataReason));
    if (plan instanceof Refused) return plan;
    const revision = await this.parts.store.revision(planId, plan.plan.revision);
    if (!revision) throw new Error('a submission without its revision');
    return { plan, revision };
  }

  takeBack(actor: Actor, planId: string): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.provider.takeBack(actor, planId));
  }

  beginReview(actor: Actor, planId: string, track: Track): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.review.beginReview(actor, planId, track));
  }

  returnPlan(actor: Actor, decided: Decided, grounds: string): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.decisions.return(actor, decided, grounds));
  }

  approve(actor: Actor, decided: Decided): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.decisions.approve(actor, decided));
  }

  judge(actor: Actor, input: JudgeInput): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.judgements.judge(actor, input));
  }

  conclude(actor: Actor, decided: Decided, words: string | null): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.decisions.conclude(actor, decided, words));
  }

  reportMeasure(actor: Actor, input: ReportInput): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.execution.reportMeasure(actor, input));
  }

  report(actor: Actor, planId: string): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.execution.report(actor, planId));
  }

  verifyMeasure(actor: Actor, input: VerifyInput): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.execution.verifyMeasure(actor, input));
  }

  checkDurability(actor: Actor, planId: string, held: boolean, grounds: string | null): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.followUp.checkDurability(actor, planId, held, grounds));
  }

  findNotRemedied(actor: Actor, planId: string, grounds: string): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.followUp.findNotRemedied(actor, planId, grounds));
  }

  startNewRound(actor: Actor, planId: string, deadline: string): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.followUp.startNewRound(actor, planId, deadline));
  }

  escalate(actor: Actor, input: EscalateInput): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.followUp.escalate(actor, input));
  }

  withdraw(actor: Actor, planId: string, grounds: string | null): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.review.withdraw(actor, planId, grounds));
  }

  setDeadline(actor: Actor, planId: string, track: Track, deadline: string): Promise<PlanView | Refused> {
    return this.shown(actor, this.parts.review.setDeadline(actor, planId, track, deadline));
  }

  private async shown(actor: Actor, act: Promise<Plan | Refused>): Promise<PlanView | Refused> {
    const plan = await act;
    return plan instanceof Refused ? plan : this.parts.queries.plan(actor, plan.id);
  }
}
