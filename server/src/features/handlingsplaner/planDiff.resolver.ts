import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { PlanDiffs } from './planDiff.service.js';
import { FieldDiffType, HistoryEntryType } from './planDiff.types.js';

@Resolver()
export class PlanDiffResolver {
  constructor(private readonly diffs: PlanDiffs) {}

  @Query(() => [FieldDiffType], { description: 'Fälten som skiljer sig mellan två revisioner.' })
  async planDiff(
    @Ctx() context: RequestContext,
    @Arg('planId', () => ID) planId: string,
    @Arg('from', () => Int, { nullable: true, description: 'null: den du senast beslutade om, eller den före. 0: tom plan.' })
    from: number | null,
    @Arg('to', () => Int, { nullable: true, description: 'null: den senaste.' }) to: number | null,
  ): Promise<FieldDiffType[]> {
    const fields = await this.diffs.diff(requireActor(context), planId, from ?? null, to ?? null);
    return fields.map((field) => ({ ...field, runs: field.runs.map(withAuthor) }));
  }

  @Query(() => [HistoryEntryType], { description: 'Vem som skrev och tog bort vad i ett fält, nyast först.' })
  async fieldHistory(
    @Ctx() context: RequestContext,
    @Arg('planId', () => ID) planId: string,
    @Arg('path', () => String) path: string,
  ): Promise<HistoryEntryType[]> {
    return (await this.diffs.history(requireActor(context), planId, path)).map(withAuthor);
  }
}

/** Who and when, out of the record's mark. */
const withAuthor = <T extends { readonly mark: { readonly by: HistoryEntryType['by']; readonly at: Date } | null }>({
  mark,
  ...rest
}: T) => ({
  ...rest,
  by: mark?.by ?? null,
  at: mark?.at ?? null,
});
