import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { requireActor, type RequestContext } from '../../transport/context.js';
import {
  ApprovePlanInput,
  BeginReviewInput,
  IssueDemandInput,
  OpenPlanInput,
  ReturnPlanInput,
  SetDeadlineInput,
  SharePlanInput,
  SubmitPlanInput,
  TakeBackPlanInput,
  WithdrawPlanInput,
} from './planInputs.types.js';
import {
  ApprovePlanResult,
  BeginReviewResult,
  IssueDemandResult,
  OpenPlanResult,
  ReturnPlanResult,
  SetDeadlineResult,
  SharePlanResult,
  SubmitPlanResult,
  TakeBackPlanResult,
  toIssueDemandResult,
  toSubmitPlanResult,
  WithdrawPlanResult,
} from './planResults.types.js';
import type { PlanService } from './plan.service.js';

@Resolver()
export class PlanActsResolver {
  constructor(private readonly service: PlanService) {}

  @Mutation(() => IssueDemandResult, { description: 'Begär en plan för varje brist.' })
  async issueDemand(@Ctx() context: RequestContext, @Arg('input', () => IssueDemandInput) input: IssueDemandInput) {
    const { findingIds, deadline, grounds, tracks } = input;
    const demand = { findingIds, deadline, grounds: grounds ?? null, tracks: tracks ?? [] };
    return toIssueDemandResult(await this.service.issueDemand(requireActor(context), demand));
  }

  @Mutation(() => OpenPlanResult.union)
  async openPlan(@Ctx() context: RequestContext, @Arg('input', () => OpenPlanInput) input: OpenPlanInput) {
    return OpenPlanResult.of(await this.service.open(requireActor(context), input.planId));
  }

  @Mutation(() => SharePlanResult.union, { description: 'Delar utkastet med förvaltningen. Kan inte tas tillbaka.' })
  async sharePlan(@Ctx() context: RequestContext, @Arg('input', () => SharePlanInput) input: SharePlanInput) {
    return SharePlanResult.of(await this.service.share(requireActor(context), input.planId));
  }

  @Mutation(() => SubmitPlanResult)
  async submitPlan(@Ctx() context: RequestContext, @Arg('input', () => SubmitPlanInput) input: SubmitPlanInput) {
    return toSubmitPlanResult(await this.service.submit(requireActor(context), input.planId, input, input.personalDataReason ?? null));
  }

  @Mutation(() => TakeBackPlanResult.union, { description: 'Går tills granskningen har börjat.' })
  async takeBackPlan(@Ctx() context: RequestContext, @Arg('input', () => TakeBackPlanInput) input: TakeBackPlanInput) {
    return TakeBackPlanResult.of(await this.service.takeBack(requireActor(context), input.planId));
  }

  @Mutation(() => BeginReviewResult.union)
  async beginReview(@Ctx() context: RequestContext, @Arg('input', () => BeginReviewInput) input: BeginReviewInput) {
    return BeginReviewResult.of(await this.service.beginReview(requireActor(context), input.planId, input.track));
  }

  @Mutation(() => ReturnPlanResult.union)
  async returnPlan(@Ctx() context: RequestContext, @Arg('input', () => ReturnPlanInput) input: ReturnPlanInput) {
    return ReturnPlanResult.of(await this.service.returnPlan(requireActor(context), input, input.grounds));
  }

  @Mutation(() => ApprovePlanResult.union)
  async approvePlan(@Ctx() context: RequestContext, @Arg('input', () => ApprovePlanInput) input: ApprovePlanInput) {
    return ApprovePlanResult.of(await this.service.approve(requireActor(context), input));
  }

  @Mutation(() => WithdrawPlanResult.union, { description: 'Återkallar begäran om planen.' })
  async withdrawPlan(@Ctx() context: RequestContext, @Arg('input', () => WithdrawPlanInput) input: WithdrawPlanInput) {
    return WithdrawPlanResult.of(await this.service.withdraw(requireActor(context), input.planId, input.grounds ?? null));
  }

  @Mutation(() => SetDeadlineResult.union)
  async setDeadline(@Ctx() context: RequestContext, @Arg('input', () => SetDeadlineInput) input: SetDeadlineInput) {
    return SetDeadlineResult.of(await this.service.setDeadline(requireActor(context), input.planId, input.track, input.deadline));
  }
}
