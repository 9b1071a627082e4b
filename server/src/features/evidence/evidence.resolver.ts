import { Arg, createUnionType, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Refused } from '../../platform/outcome.js';
import { RefusalType, toRefusal } from '../../platform/refusal.types.js';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { EvidenceService } from './evidence.service.js';
import { EvidenceType, toEvidenceType } from './evidence.types.js';

@InputType()
class RemoveEvidenceInput {
  @Field(() => ID)
  evidenceId: string;
}

@ObjectType()
class RemoveEvidencePayload {
  @Field(() => EvidenceType)
  evidence: EvidenceType;
}

const RemoveEvidenceResult = createUnionType({
  name: 'RemoveEvidenceResult',
  types: () => [RemoveEvidencePayload, RefusalType] as const,
  resolveType: (value) => (value instanceof RefusalType ? RefusalType : RemoveEvidencePayload),
});

@Resolver()
export class EvidenceResolver {
  constructor(private readonly evidence: EvidenceService) {}

  @Mutation(() => RemoveEvidenceResult, { description: 'Tar bort underlag, så länge åtgärden är öppen för rapportering.' })
  async removeEvidence(
    @Ctx() context: RequestContext,
    @Arg('input', () => RemoveEvidenceInput) { evidenceId }: RemoveEvidenceInput,
  ): Promise<RemoveEvidencePayload | RefusalType> {
    const outcome = await this.evidence.remove(requireActor(context), evidenceId);
    if (outcome instanceof Refused) return toRefusal(outcome);
    return Object.assign(new RemoveEvidencePayload(), { evidence: toEvidenceType(outcome) });
  }
}
