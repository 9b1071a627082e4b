import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { PlanPart } from '@samsyn/schema';
import { requireActor, type RequestContext } from '../../transport/context.js';
import { EvidenceType, toEvidenceType } from '../evidence/index.js';
import { PlanPartEnum, NextActEnum } from './planEnums.types.js';
import { PlanFilterInput } from './planInputs.types.js';
import { toDemandType, toPlanConnection, toPlanType } from './planPresent.types.js';
import type { PlanReads } from './planReads.service.js';
import type { PlanService } from './plan.service.js';
import {
  DemandType,
  PlanConnection,
  PlanContentType,
  PlanDecisionType,
  PlanReturnType,
  PlanRevisionType,
  PlanType,
  TimelineEntryType,
} from './plan.types.js';
import type { NextAct } from './nextAct.rules.js';
import {
  EscalationStepType,
  LadderRungType,
  MeasureExecutionType,
  MeasureJudgementType,
  MeasureLockType,
  toExecutionType,
} from './planLife.types.js';

@Resolver(() => PlanType)
export class PlanResolver {
  constructor(
    private readonly service: PlanService,
    private readonly reads: PlanReads,
  ) {}

  @Query(() => PlanType)
  async plan(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<PlanType> {
    return toPlanType(await this.service.plan(requireActor(context), id));
  }

  @Query(() => PlanConnection, { description: 'Planer du ser, efter tid.' })
  async plans(
    @Ctx() context: RequestContext,
    @Arg('filter', () => PlanFilterInput, { nullable: true }) filter: PlanFilterInput | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<PlanConnection> {
    return toPlanConnection(await this.service.plans(requireActor(context), filter ?? {}, first, after ?? null));
  }

  @Query(() => [DemandType], { description: 'Begäranden du ser, nyast först.' })
  async demands(@Ctx() context: RequestContext, @Arg('year', () => Int, { nullable: true }) year: number | null): Promise<DemandType[]> {
    return (await this.service.demands(requireActor(context), year ?? null)).map(toDemandType);
  }

  @FieldResolver(() => [PlanPartEnum])
  async partsDone(@Root() { view }: PlanType): Promise<readonly PlanPart[]> {
    return (await view.text())?.partsDone ?? [];
  }

  @FieldResolver(() => PlanContentType, { nullable: true })
  async content(@Ctx() context: RequestContext, @Root() { view }: PlanType): Promise<PlanContentType | null> {
    const text = await view.text();
    if (text) this.reads.note(requireActor(context), view);
    return text as PlanContentType | null;
  }

  @FieldResolver(() => NextActEnum)
  nextAct(@Root() { view }: PlanType): Promise<NextAct> {
    return view.nextAct();
  }

  @FieldResolver(() => [PlanRevisionType])
  async revisions(@Ctx() context: RequestContext, @Root() { view }: PlanType): Promise<PlanRevisionType[]> {
    const revisions = await view.revisions();
    if (revisions.length > 0) this.reads.note(requireActor(context), view);
    return revisions;
  }

  @FieldResolver(() => [PlanDecisionType])
  decisions(@Root() { view }: PlanType): Promise<PlanDecisionType[]> {
    return view.decisions();
  }

  @FieldResolver(() => PlanReturnType, { nullable: true })
  latestReturn(@Root() { view }: PlanType): Promise<PlanReturnType | null> {
    return view.latestReturn();
  }

  @FieldResolver(() => [TimelineEntryType])
  timeline(@Root() { view }: PlanType): Promise<TimelineEntryType[]> {
    return view.timeline();
  }

  @FieldResolver(() => [MeasureJudgementType])
  judgements(@Root() { view }: PlanType): Promise<readonly MeasureJudgementType[]> {
    return view.judgements();
  }

  @FieldResolver(() => [MeasureLockType])
  locks(@Root() { view }: PlanType): Promise<readonly MeasureLockType[]> {
    return view.locks();
  }

  @FieldResolver(() => [MeasureExecutionType])
  async execution(@Root() { view }: PlanType): Promise<MeasureExecutionType[]> {
    return (await view.execution()).map(toExecutionType);
  }

  @FieldResolver(() => Int)
  yearsStanding(@Root() { view }: PlanType): Promise<number> {
    return view.yearsStanding();
  }

  @FieldResolver(() => [EscalationStepType])
  escalation(@Root() { view }: PlanType): Promise<readonly EscalationStepType[]> {
    return view.escalation();
  }

  @FieldResolver(() => [LadderRungType])
  ladder(@Root() { view }: PlanType): Promise<readonly LadderRungType[]> {
    return view.ladder();
  }
}

@Resolver(() => MeasureExecutionType)
export class MeasureExecutionResolver {
  @FieldResolver(() => [EvidenceType])
  async evidence(@Root() { view }: MeasureExecutionType): Promise<EvidenceType[]> {
    return (await view.evidence()).map(toEvidenceType);
  }
}

@Resolver(() => DemandType)
export class DemandResolver {
  @FieldResolver(() => [PlanType])
  async plans(@Root() { view }: DemandType): Promise<PlanType[]> {
    return (await view.plans()).map(toPlanType);
  }
}
