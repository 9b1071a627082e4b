import { Column, Entity, Index, PrimaryColumn, type ValueTransformer } from 'typeorm';

/** mysql2 hands 64-bit columns over as strings, SQLite as numbers; ours stay within 53 bits. */
const wholeNumber: ValueTransformer = { to: (value: number) => value, from: (value: string | number) => Number(value) };

/** Underlag: a file handed in for a measure. The bytes lie in the file store under their hash. Only the removal is ever set afterwards. */
@Entity('evidence')
@Index('ux_evidence_live', ['planId', 'measureId', 'liveSha256'], { unique: true })
@Index('ix_evidence_plan', ['planId', 'uploadedAt'])
@Index('ix_evidence_sha256', ['sha256'])
export class EvidenceRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ name: 'plan_id', type: 'varchar', length: 32 })
  planId: string;
  @Column({ name: 'measure_id', type: 'varchar', length: 64 })
  measureId: string;
  @Column({ name: 'file_name', type: 'varchar', length: 200 })
  fileName: string;
  @Column({ name: 'media_type', type: 'varchar', length: 100 })
  mediaType: string;
  @Column({ type: 'bigint', transformer: wholeNumber })
  bytes: number;
  @Column({ type: 'varchar', length: 64 })
  sha256: string;
  /** The hash while the file counts, null once removed: the same file once per measure, and again after a removal. */
  @Column({ name: 'live_sha256', type: 'varchar', length: 64, nullable: true })
  liveSha256: string | null;
  /** ActorSnapshot as JSON. */
  @Column({ name: 'uploaded_by', type: 'mediumtext' })
  uploadedBy: string;
  @Column({ name: 'uploaded_at', type: 'datetime', precision: 3 })
  uploadedAt: Date;
  @Column({ name: 'removed_at', type: 'datetime', precision: 3, nullable: true })
  removedAt: Date | null;
  /** ActorSnapshot as JSON; null while the file counts. */
  @Column({ name: 'removed_by', type: 'mediumtext', nullable: true })
  removedBy: string | null;
}
