import { Arg, Ctx, ID, Int, Resolver, Root, Subscription } from 'type-graphql';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { AssessmentHint } from './assessment.projection.js';
import type { AssessmentService } from './assessment.service.js';
import { AreaAssessmentType } from './assessment.types.js';
import { toAreaAssessmentType } from './assessment.view.types.js';

interface ChangedArgs {
  readonly year: number;
  readonly huvudmanId?: string | null;
}

/** A class made around the service: type-graphql calls `subscribe` without an instance, so there is no `this` to reach it by. */
export function assessmentChangedResolver(assessments: AssessmentService): object {
  @Resolver()
  class AssessmentChangedResolver {
    @Subscription(() => AreaAssessmentType, {
      description: 'Ett avtalsområde i taget, när dess läge eller bedömning ändras.',
      subscribe: ({ args, context }: { args: ChangedArgs; context: RequestContext }) =>
        assessments.changes(requireActor(context), args.year, args.huvudmanId ?? null),
    })
    async assessmentChanged(
      @Ctx() context: RequestContext,
      @Root() hint: AssessmentHint,
      @Arg('year', () => Int) year: number,
      @Arg('huvudmanId', () => ID, { nullable: true }) huvudmanId: string | null,
    ): Promise<AreaAssessmentType> {
      return toAreaAssessmentType(await assessments.changedArea(requireActor(context), year, huvudmanId ?? null, hint));
    }
  }
  return new AssessmentChangedResolver();
}
