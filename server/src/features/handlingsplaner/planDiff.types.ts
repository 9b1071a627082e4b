import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { ActorSnapshotType, type ActorSnapshot } from '../accounts/index.js';
import { DateTimeScalar } from '../../platform/scalars.js';
import { DIFF_KINDS, type DiffKind } from './planDiff.rules.js';

const DiffKindEnum = Object.fromEntries(DIFF_KINDS.map((kind) => [kind, kind])) as { [Kind in DiffKind]: Kind };
registerEnumType(DiffKindEnum, { name: 'DiffKind' });

@ObjectType('DiffRun', { description: 'Text som är lika, tillagd eller borttagen, med vem och när enligt serverns egen logg.' })
export class DiffRunType {
  @Field(() => DiffKindEnum)
  kind: DiffKind;
  @Field(() => String)
  text: string;
  @Field(() => ActorSnapshotType, { nullable: true, description: 'null för det som är lika, och för det som hände innan planen delades.' })
  by: ActorSnapshot | null;
  @Field(() => DateTimeScalar, { nullable: true })
  at: Date | null;
}

@ObjectType('FieldDiff', { description: 'Ett fält som skiljer sig, ord för ord.' })
export class FieldDiffType {
  @Field(() => String)
  path: string;
  @Field(() => String, { description: 'T.ex. Åtgärd 2: så ska det göras.' })
  label: string;
  @Field(() => [DiffRunType])
  runs: readonly DiffRunType[];
}

@ObjectType('HistoryEntry', { description: 'Vad någon skrev eller tog bort i ett fält, i ett svep.' })
export class HistoryEntryType {
  @Field(() => DateTimeScalar, { nullable: true, description: 'null: innan planen delades.' })
  at: Date | null;
  @Field(() => ActorSnapshotType, { nullable: true })
  by: ActorSnapshot | null;
  @Field(() => DiffKindEnum)
  kind: DiffKind;
  @Field(() => String)
  text: string;
}
