import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { PlanPart } from '@samsyn/schema';
import { requireActor, type RequestContext } from '../../transport/context.js';
import { PlanPartEnum, NextActEnum } from './planEnums.types.js';
import { PlanFilterInput } from './planInputs.types.js';
import { toDemandType, toPlanConnection, toPlanType } from './planPresent.types.js';
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

@Resolver(() => PlanType)
export class PlanResolver {
  constructor(private readonly service: PlanService) {}

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
  content(@Root() { view }: PlanType): Promise<PlanContentType | null> {
    return view.text() as Promise<PlanContentType | null>;
  }

  @FieldResolver(() => NextActEnum)
  nextAct(@Root() { view }: PlanType): Promise<NextAct> {
    return view.nextAct();
  }

  @FieldResolver(() => [PlanRevisionType])
  revisions(@Root() { view }: PlanType): Promise<PlanRevisionType[]> {
    return view.revisions();
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
}

@Resolver(() => DemandType)
export class DemandResolver {
  @FieldResolver(() => [PlanType])
  async plans(@Root() { view }: DemandType): Promise<PlanType[]> {
    return (await view.plans()).map(toPlanType);
  }
}
