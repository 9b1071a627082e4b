import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ActorSnapshotType } from '../accounts/index.js';
import { DateTimeScalar } from '../../platform/scalars.js';
import type { Evidence } from './evidence.model.js';

@ObjectType('Evidence', { description: 'Underlag: en fil som lämnats in för en åtgärd.' })
export class EvidenceType {
  @Field(() => ID)
  id: string;
  @Field(() => ID)
  measureId: string;
  @Field(() => String)
  fileName: string;
  @Field(() => String, { description: 'Efter innehållet, inte efter namnet.' })
  mediaType: string;
  @Field(() => Int, { description: 'Storlek i byte.' })
  bytes: number;
  @Field(() => String, { description: 'Filens SHA-256, hexadecimalt.' })
  sha256: string;
  @Field(() => ActorSnapshotType)
  uploadedBy: ActorSnapshotType;
  @Field(() => DateTimeScalar)
  uploadedAt: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'null: gäller.' })
  removedAt: Date | null;
  @Field(() => String, { description: 'Sökväg att hämta filen på.' })
  href: string;
}

/** Where a file is fetched. */
const evidenceHref = (id: string): string => `/files/${id}`;

export function toEvidenceType(evidence: Evidence): EvidenceType {
  const { id, measureId, fileName, mediaType, bytes, sha256, uploadedBy, uploadedAt, removedAt } = evidence;
  const plain = { id, measureId, fileName, mediaType, bytes, sha256, uploadedBy, uploadedAt, removedAt };
  return Object.assign(new EvidenceType(), { ...plain, href: evidenceHref(id) });
}
