import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Refused } from '../../platform/outcome.js';
import { toRefusal, type RefusalType } from '../../platform/refusal.types.js';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { AssessmentService } from './assessment.service.js';
import {
  AreaAssessmentType,
  AssessmentYearType,
  DecideAreaGradeInput,
  DecideAreaGradePayload,
  DecideAreaGradeResult,
  FixAssessmentInput,
  FixAssessmentPayload,
  FixAssessmentResult,
} from './assessment.types.js';
import { toAreaAssessmentType, toAssessmentYearType } from './assessment.view.types.js';

@Resolver()
export class AssessmentResolver {
  constructor(private readonly assessments: AssessmentService) {}

  @Query(() => AssessmentYearType, { description: 'Utan år: det senaste som har avtalsområden.' })
  async assessment(
    @Ctx() context: RequestContext,
    @Arg('year', () => Int, { nullable: true }) year: number | null,
    @Arg('huvudmanId', () => ID, { nullable: true }) huvudmanId: string | null,
  ): Promise<AssessmentYearType> {
    return toAssessmentYearType(await this.assessments.assessment(requireActor(context), year ?? null, huvudmanId ?? null));
  }

  @Query(() => AreaAssessmentType)
  async areaAssessment(
    @Ctx() context: RequestContext,
    @Arg('year', () => Int) year: number,
    @Arg('contractAreaKey', () => String) contractAreaKey: string,
    @Arg('huvudmanId', () => ID, { nullable: true }) huvudmanId: string | null,
  ): Promise<AreaAssessmentType> {
    return toAreaAssessmentType(await this.assessments.areaAssessment(requireActor(context), year, contractAreaKey, huvudmanId ?? null));
  }

  @Mutation(() => DecideAreaGradeResult)
  async decideAreaGrade(
    @Ctx() context: RequestContext,
    @Arg('input', () => DecideAreaGradeInput) input: DecideAreaGradeInput,
  ): Promise<DecideAreaGradePayload | RefusalType> {
    const outcome = await this.assessments.decideAreaGrade(requireActor(context), input);
    if (outcome instanceof Refused) return toRefusal(outcome);
    return Object.assign(new DecideAreaGradePayload(), { area: toAreaAssessmentType(outcome) });
  }

  @Mutation(() => FixAssessmentResult, { description: 'Registrerar nämndens beslut och fryser årets bedömningar.' })
  async fixAssessment(
    @Ctx() context: RequestContext,
    @Arg('input', () => FixAssessmentInput) input: FixAssessmentInput,
  ): Promise<FixAssessmentPayload | RefusalType> {
    const outcome = await this.assessments.fixAssessment(requireActor(context), input);
    if (outcome instanceof Refused) return toRefusal(outcome);
    return Object.assign(new FixAssessmentPayload(), { assessment: toAssessmentYearType(outcome) });
  }
}
