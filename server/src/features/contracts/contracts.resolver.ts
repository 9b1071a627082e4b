import { Ctx, Query, Resolver } from 'type-graphql';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { ContractsService } from './contracts.service.js';
import { HuvudmanType, toHuvudmanType } from './contracts.types.js';

@Resolver()
export class ContractsResolver {
  constructor(private readonly contracts: ContractsService) {}

  @Query(() => [HuvudmanType], { description: 'Förvaltning och nämnd: den egna. Utförare: de man har avtal med.' })
  async myHuvudmen(@Ctx() context: RequestContext): Promise<HuvudmanType[]> {
    return (await this.contracts.huvudmenOf(requireActor(context))).map(toHuvudmanType);
  }
}
