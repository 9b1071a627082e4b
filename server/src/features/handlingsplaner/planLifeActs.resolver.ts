import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { requireActor, type RequestContext } from '../../transport/context.js';
import {
  CheckDurabilityInput,
  ConcludeReviewInput,
  EscalateInput,
  FindNotRemediedInput,
  JudgeMeasureInput,
  ReportMeasureInput,
  ReportPlanInput,
  StartNewRoundInput,
  VerifyMeasureInput,
} from './planLifeInputs.types.js';
import {
  CheckDurabilityResult,
  ConcludeReviewResult,
  EscalateResult,
  FindNotRemediedResult,
  JudgeMeasureResult,
  ReportMeasureResult,
  ReportPlanResult,
  StartNewRoundResult,
  VerifyMeasureResult,
} from './planResults.types.js';
import type { PlanService } from './plan.service.js';

/** The acts of a plan's life after its first submission. */
@Resolver()
export class PlanLifeActsResolver {
  constructor(private readonly service: PlanService) {}

  @Mutation(() => JudgeMeasureResult.union, { description: 'Bedömer en åtgärd. Den första bedömningen inleder granskningen.' })
  async judgeMeasure(@Ctx() context: RequestContext, @Arg('input', () => JudgeMeasureInput) input: JudgeMeasureInput) {
    return JudgeMeasureResult.of(await this.service.judge(requireActor(context), input));
  }

  @Mutation(() => ConcludeReviewResult.union, { description: 'Alla åtgärder godkända: spåret godkänner. Annars återsänds planen.' })
  async concludeReview(@Ctx() context: RequestContext, @Arg('input', () => ConcludeReviewInput) input: ConcludeReviewInput) {
    return ConcludeReviewResult.of(await this.service.conclude(requireActor(context), input, input.words ?? null));
  }

  @Mutation(() => ReportMeasureResult.union)
  async reportMeasure(@Ctx() context: RequestContext, @Arg('input', () => ReportMeasureInput) input: ReportMeasureInput) {
    const { planId, measureId, status, doneOn, words } = input;
    const report = { planId, measureId, status, doneOn: doneOn ?? null, words: words ?? null };
    return ReportMeasureResult.of(await this.service.reportMeasure(requireActor(context), report));
  }

  @Mutation(() => ReportPlanResult.union, { description: 'Hela planen rapporteras när varje åtgärd är klar.' })
  async reportPlan(@Ctx() context: RequestContext, @Arg('input', () => ReportPlanInput) input: ReportPlanInput) {
    return ReportPlanResult.of(await this.service.report(requireActor(context), input.planId));
  }

  @Mutation(() => VerifyMeasureResult.union)
  async verifyMeasure(@Ctx() context: RequestContext, @Arg('input', () => VerifyMeasureInput) input: VerifyMeasureInput) {
    const { planId, measureId, verification, grounds, manifestHash } = input;
    const found = { planId, measureId, verification, grounds: grounds ?? null, manifestHash };
    return VerifyMeasureResult.of(await this.service.verifyMeasure(requireActor(context), found));
  }

  @Mutation(() => CheckDurabilityResult.union, { description: 'Hållbarhetskontroll, tidigast på sin dag.' })
  async checkDurability(@Ctx() context: RequestContext, @Arg('input', () => CheckDurabilityInput) input: CheckDurabilityInput) {
    const { planId, held, grounds } = input;
    return CheckDurabilityResult.of(await this.service.checkDurability(requireActor(context), planId, held, grounds ?? null));
  }

  @Mutation(() => FindNotRemediedResult.union)
  async findNotRemedied(@Ctx() context: RequestContext, @Arg('input', () => FindNotRemediedInput) input: FindNotRemediedInput) {
    return FindNotRemediedResult.of(await this.service.findNotRemedied(requireActor(context), input.planId, input.grounds));
  }

  @Mutation(() => StartNewRoundResult.union, { description: 'Bristen kvarstår: planen skrivs på nytt, delad, utan bedömningar.' })
  async startNewRound(@Ctx() context: RequestContext, @Arg('input', () => StartNewRoundInput) input: StartNewRoundInput) {
    return StartNewRoundResult.of(await this.service.startNewRound(requireActor(context), input.planId, input.deadline));
  }

  @Mutation(() => EscalateResult.union, { description: 'Ett steg upp på avtalets trappa.' })
  async escalate(@Ctx() context: RequestContext, @Arg('input', () => EscalateInput) input: EscalateInput) {
    const { planId, rungId, grounds, skippedGrounds } = input;
    return EscalateResult.of(
      await this.service.escalate(requireActor(context), { planId, rungId, grounds, skippedGrounds: skippedGrounds ?? null }),
    );
  }
}
