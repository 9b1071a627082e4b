import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import { requireActor, type RequestContext } from '../../transport/context.js';
import { toPlanType } from './planPresent.types.js';
import type { PlanService } from './plan.service.js';
import type { PlanHint } from './plan.topics.js';
import { PlansChangedType, PlanType } from './plan.types.js';

/** A class made around the service: type-graphql calls `subscribe` without an instance, so there is no `this` to reach it by. */
export function planWatchResolver(service: PlanService): object {
  @Resolver()
  class PlanWatchResolver {
    @Subscription(() => PlanType, {
      description: 'Planen som du ser den, på nytt efter varje formell handling.',
      subscribe: ({ args, context }: { args: { planId: string }; context: RequestContext }) =>
        service.watchPlan(requireActor(context), args.planId),
    })
    async planChanged(@Ctx() context: RequestContext, @Arg('planId', () => ID) planId: string): Promise<PlanType> {
      return toPlanType(await service.plan(requireActor(context), planId));
    }

    @Subscription(() => PlansChangedType, {
      description: 'Något formellt har hänt med en plan du ser.',
      subscribe: ({ context }: { context: RequestContext }) => service.watchPlans(requireActor(context)),
    })
    plansChanged(@Root() hint: PlanHint): PlansChangedType {
      return { planId: hint.planId, at: new Date(hint.at) };
    }
  }
  return new PlanWatchResolver();
}
