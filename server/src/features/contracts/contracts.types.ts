import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Category, ContractAreaYear, Huvudman, Provider, Source } from './contracts.model.js';

export const SourceEnum = { STATED: 'STATED', ASSUMED: 'ASSUMED' } as const;
registerEnumType(SourceEnum, { name: 'Source', description: 'STATED: källan anger det. ASSUMED: antaget, källan anger det inte.' });

const CategoryEnum = { A: 'A', B: 'B', C: 'C', D: 'D' } as const;
registerEnumType(CategoryEnum, {
  name: 'Category',
  description: 'Uppföljningsbehov, per år: A litet, B medel (produktivitet), C medel (kvalitet), D stort.',
});

@ObjectType('Huvudman')
export class HuvudmanType {
  @Field(() => ID)
  id: string;
  @Field(() => String)
  key: string;
  @Field(() => String)
  name: string;
  @Field(() => String)
  shortName: string;
  @Field(() => String, { description: 'Huvudmannens ord för planen: handlingsplan eller åtgärdsplan.' })
  planWord: string;
}

@ObjectType('Provider', { description: 'Utförare.' })
export class ProviderType {
  @Field(() => ID)
  id: string;
  @Field(() => String)
  name: string;
}

@ObjectType('ContractArea', { description: 'Avtalsområde, som det såg ut ett visst år.' })
export class ContractAreaType {
  @Field(() => ID)
  id: string;
  @Field(() => String)
  key: string;
  @Field(() => String)
  name: string;
  @Field(() => Int, { description: 'Områdets nummer.' })
  serviceArea: number;
  @Field(() => SourceEnum)
  serviceAreaSource: Source;
  @Field(() => CategoryEnum, { nullable: true, description: 'null: källan anger ingen kategori.' })
  category: Category | null;
  @Field(() => [String])
  laws: string[];
  @Field(() => [String])
  contractForms: string[];
}

/** A huvudman as the API shows it. */
export function toHuvudmanType(huvudman: Huvudman): HuvudmanType {
  const { id, key, name, shortName, planWord } = huvudman;
  return Object.assign(new HuvudmanType(), { id, key, name, shortName, planWord });
}

/** A provider as the API shows it. */
export function toProviderType(provider: Provider): ProviderType {
  return Object.assign(new ProviderType(), { id: provider.id, name: provider.name });
}

/** A contract area as the API shows it. */
export function toContractAreaType(area: ContractAreaYear): ContractAreaType {
  const { id, key, name, serviceArea, serviceAreaSource, category } = area;
  return Object.assign(new ContractAreaType(), {
    id,
    key,
    name,
    serviceArea,
    serviceAreaSource,
    category,
    laws: [...area.laws],
    contractForms: [...area.contractForms],
  });
}
