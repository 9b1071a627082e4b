import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { ActorSnapshotType, type ActorSnapshot } from '../accounts/index.js';
import { DateTimeScalar } from '../../platform/scalars.js';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { PlanReads } from './planReads.service.js';

@ObjectType('ReadLogEntry', { description: 'Någon hos huvudmannen läste planens text. En rad per person och timme.' })
export class ReadLogEntryType {
  @Field(() => DateTimeScalar, { description: 'Första läsningen den timmen.' })
  at: Date;
  @Field(() => ActorSnapshotType)
  by: ActorSnapshot;
}

@Resolver()
export class PlanReadsResolver {
  constructor(private readonly reads: PlanReads) {}

  @Query(() => [ReadLogEntryType], { description: 'Vem hos huvudmannen som har läst planens text, nyast först.' })
  readLog(
    @Ctx() context: RequestContext,
    @Arg('planId', () => ID) planId: string,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('before', () => DateTimeScalar, { nullable: true, description: 'Bara det som är äldre.' }) before: Date | null,
  ): Promise<ReadLogEntryType[]> {
    return this.reads.entries(requireActor(context), planId, first, before ?? null);
  }
}
