import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One formal act. Rows are inserted and never updated or deleted; only `details` may be emptied, by a retention rule. */
@Entity('audit_entry')
@Index('uq_audit_entry_owner_seq', ['ownerId', 'seq'], { unique: true })
@Index('ix_audit_entry_owner_at', ['ownerId', 'at'])
@Index('ix_audit_entry_subject', ['subjectId'])
export class AuditEntryRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;

  /** Whose chain: a huvudman's id, or a provider's. */
  @Column({ name: 'owner_id', type: 'varchar', length: 32 })
  ownerId: string;

  /** 1, 2, 3 … without gaps in each chain. */
  @Column({ type: 'int' })
  seq: number;

  @Column({ type: 'datetime', precision: 3 })
  at: Date;

  /** ActorSnapshot as canonical JSON. */
  @Column({ type: 'mediumtext' })
  actor: string;

  @Column({ type: 'varchar', length: 64 })
  act: string;

  @Column({ name: 'subject_type', type: 'varchar', length: 64 })
  subjectType: string;

  @Column({ name: 'subject_id', type: 'varchar', length: 64 })
  subjectId: string;

  @Column({ type: 'mediumtext' })
  summary: string;

  /** Canonical JSON; null once erased by rule. */
  @Column({ type: 'mediumtext', nullable: true })
  details: string | null;

  @Column({ name: 'details_hash', type: 'varchar', length: 64 })
  detailsHash: string;

  @Column({ name: 'previous_hash', type: 'varchar', length: 64 })
  previousHash: string;

  @Column({ type: 'varchar', length: 64 })
  hash: string;
}

/** The head of each chain. Its row is the lock that keeps two writers, on whatever nodes, from making two entries with one number. */
@Entity('audit_chain')
export class AuditChainRow {
  @PrimaryColumn({ name: 'owner_id', type: 'varchar', length: 32 })
  ownerId: string;

  @Column({ name: 'head_seq', type: 'int' })
  headSeq: number;

  @Column({ name: 'head_hash', type: 'varchar', length: 64 })
  headHash: string;
}
