import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ActorSnapshotType, type ActorSnapshot } from '../accounts/index.js';
import { PageInfoType } from '../../platform/pageInfo.types.js';
import { DateTimeScalar } from '../../platform/scalars.js';

@ObjectType('AuditEntry', { description: 'En formell handling, som den registrerades. Raderna hänger ihop genom sina hashar.' })
export class AuditEntryType {
  @Field(() => ID)
  id: string;
  @Field(() => Int, { description: 'Löpnummer i huvudmannens kedja, utan luckor.' })
  seq: number;
  @Field(() => DateTimeScalar)
  at: Date;
  @Field(() => ActorSnapshotType)
  actor: ActorSnapshot;
  @Field(() => String, { description: 'Stabilt namn på handlingen, t.ex. plan.submit.' })
  act: string;
  @Field(() => String)
  subjectType: string;
  @Field(() => ID)
  subjectId: string;
  @Field(() => String)
  summary: string;
  @Field(() => String, { description: 'SHA-256 över radens kanoniska JSON.' })
  hash: string;
  @Field(() => String, { description: 'Föregående rads hash; nollor i kedjans första rad.' })
  previousHash: string;
}

@ObjectType('AuditEntryConnection')
export class AuditEntryConnection {
  @Field(() => [AuditEntryType])
  nodes: readonly AuditEntryType[];
  @Field(() => Int)
  totalCount: number;
  @Field(() => PageInfoType)
  pageInfo: PageInfoType;
}
