import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { AuditService } from './audit.service.js';
import { AuditEntryConnection } from './audit.types.js';

@Resolver()
export class AuditResolver {
  constructor(private readonly audit: AuditService) {}

  @Query(() => AuditEntryConnection, { description: 'Formella handlingar, nyast först, hos de huvudmän där du får läsa dem.' })
  async auditEntries(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('subjectId', () => ID, { nullable: true }) subjectId: string | null,
    @Arg('act', () => String, { nullable: true }) act: string | null,
    @Arg('huvudmanId', () => ID, { nullable: true }) huvudmanId: string | null,
  ): Promise<AuditEntryConnection> {
    const page = await this.audit.list(requireActor(context), { subjectId, act, huvudmanId }, { first, after });
    const { nodes, totalCount, hasNextPage, endCursor } = page;
    return { nodes, totalCount, pageInfo: { hasNextPage, endCursor } };
  }
}
