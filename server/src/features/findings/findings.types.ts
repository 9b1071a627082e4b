import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ContractAreaType, ProviderType, SourceEnum, toContractAreaType, toProviderType, type Source } from '../contracts/index.js';
import type { FindingKind, FindingView } from './findings.model.js';

const FindingKindEnum = {
  BRIST: 'BRIST',
  AVVIKELSE: 'AVVIKELSE',
  FORTYDLIGANDE: 'FORTYDLIGANDE',
  UTVECKLINGSOMRADE: 'UTVECKLINGSOMRADE',
} as const;
registerEnumType(FindingKindEnum, { name: 'FindingKind' });

@ObjectType('Finding', { description: 'Brist: vad som konstaterades, mot vilket krav.' })
export class FindingType {
  @Field(() => ID)
  id: string;
  @Field(() => String, { description: 'Källans egen nyckel.' })
  key: string;
  @Field(() => Int)
  year: number;
  @Field(() => FindingKindEnum)
  kind: FindingKind;
  @Field(() => String, { nullable: true, description: 'SoL, LSS, HSL, eller flera ("SoL och HSL"). null: källan nämner ingen lag.' })
  law: string | null;
  @Field(() => String)
  focusArea: string;
  @Field(() => String)
  krav: string;
  @Field(() => String)
  observation: string;
  @Field(() => ContractAreaType)
  contractArea: ContractAreaType;
  @Field(() => ProviderType)
  provider: ProviderType;
  @Field(() => Boolean, { description: 'Antaget: källan anger inte vilken utförare det gäller.' })
  providerAssumed: boolean;
  @Field(() => String, { description: 'Källans ord för planens läge, t.ex. "under framtagande". Kan vara tomt.' })
  planInSource: string;
  @Field(() => SourceEnum)
  planSource: Source;
}

/** A finding as the API shows it. */
export function toFindingType(view: FindingView): FindingType {
  const { id, key, year, kind, law, focusArea, krav, observation, providerAssumed, planInSource, planSource } = view;
  return Object.assign(new FindingType(), {
    ...{ id, key, year, kind, law, focusArea, krav, observation, providerAssumed, planInSource, planSource },
    contractArea: toContractAreaType(view.contractArea),
    provider: toProviderType(view.provider),
  });
}
