import { createUnionType, Field, ObjectType } from 'type-graphql';
import { Refused } from '../../platform/outcome.js';
import { RefusalType, toRefusal } from '../../platform/refusal.types.js';
import { DemandType, PlanRevisionType, PlanType } from './plan.types.js';
import { toDemandType, toPlanType } from './planPresent.types.js';
import type { Submitted } from './plan.service.js';
import type { DemandView, PlanView } from './planView.model.js';

/** `union <Name>Result = <Name>Payload | Refusal`, where the payload holds the plan after the act. */
function planResult(name: string) {
  @ObjectType(`${name}Payload`)
  class Payload {
    @Field(() => PlanType)
    plan: PlanType;
  }
  const union = createUnionType({
    name: `${name}Result`,
    types: () => [Payload, RefusalType] as const,
    resolveType: (value) => (value instanceof RefusalType ? RefusalType : Payload),
  });
  const of = (outcome: PlanView | Refused): Payload | RefusalType =>
    outcome instanceof Refused ? toRefusal(outcome) : Object.assign(new Payload(), { plan: toPlanType(outcome) });
  return { union, of };
}

export const OpenPlanResult = planResult('OpenPlan');
export const SharePlanResult = planResult('SharePlan');
export const TakeBackPlanResult = planResult('TakeBackPlan');
export const BeginReviewResult = planResult('BeginReview');
export const ReturnPlanResult = planResult('ReturnPlan');
export const ApprovePlanResult = planResult('ApprovePlan');
export const WithdrawPlanResult = planResult('WithdrawPlan');
export const SetDeadlineResult = planResult('SetDeadline');
export const JudgeMeasureResult = planResult('JudgeMeasure');
export const ConcludeReviewResult = planResult('ConcludeReview');
export const ReportMeasureResult = planResult('ReportMeasure');
export const ReportPlanResult = planResult('ReportPlan');
export const VerifyMeasureResult = planResult('VerifyMeasure');
export const CheckDurabilityResult = planResult('CheckDurability');
export const FindNotRemediedResult = planResult('FindNotRemedied');
export const StartNewRoundResult = planResult('StartNewRound');
export const EscalateResult = planResult('Escalate');

@ObjectType()
export class SubmitPlanPayload {
  @Field(() => PlanType)
  plan: PlanType;
  @Field(() => PlanRevisionType, { description: 'Kvittensen: det som lämnades in.' })
  revision: PlanRevisionType;
}

@ObjectType()
export class IssueDemandPayload {
  @Field(() => DemandType)
  demand: DemandType;
}

export const SubmitPlanResult = createUnionType({
  name: 'SubmitPlanResult',
  types: () => [SubmitPlanPayload, RefusalType] as const,
  resolveType: (value) => (value instanceof RefusalType ? RefusalType : SubmitPlanPayload),
});

export const IssueDemandResult = createUnionType({
  name: 'IssueDemandResult',
  types: () => [IssueDemandPayload, RefusalType] as const,
  resolveType: (value) => (value instanceof RefusalType ? RefusalType : IssueDemandPayload),
});

/** A submission as the API answers it. */
export function toSubmitPlanResult(outcome: Submitted | Refused): SubmitPlanPayload | RefusalType {
  if (outcome instanceof Refused) return toRefusal(outcome);
  return Object.assign(new SubmitPlanPayload(), { plan: toPlanType(outcome.plan), revision: outcome.revision });
}

/** A demand as the API answers it. */
export function toIssueDemandResult(outcome: DemandView | Refused): IssueDemandPayload | RefusalType {
  return outcome instanceof Refused ? toRefusal(outcome) : Object.assign(new IssueDemandPayload(), { demand: toDemandType(outcome) });
}
