import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A 53-bit number: mysql2 returns bigint columns as strings. */
const whole = { to: (value: number | null) => value, from: (value: string | number | null) => (value === null ? null : Number(value)) };

/** A shared document. Its row is the lock that appends, state changes and submissions take. */
@Entity('document')
export class DocumentRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;

  /** Seq of the newest row in the log. */
  @Column({ type: 'int' })
  head: number;

  @Column({ name: 'head_hash', type: 'varchar', length: 64 })
  headHash: string;

  /** Grows when somebody's writable paths shrink. */
  @Column({ type: 'int' })
  epoch: number;

  /** Counts locks taken. A lock is an update of the row, and on MariaDB only one that changes something makes the newest row readable. */
  @Column({ type: 'int' })
  locks: number;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;
}

/** The log. Rows are inserted and never changed; `bytes` may be emptied by a retention rule, and the chain still proves itself. */
@Entity('document_update')
@Index('uq_document_update_operation', ['documentId', 'lease', 'n'], { unique: true })
export class DocumentUpdateRow {
  @PrimaryColumn({ name: 'document_id', type: 'varchar', length: 32 })
  documentId: string;

  @PrimaryColumn({ type: 'int' })
  seq: number;

  @Column({ type: 'int' })
  epoch: number;

  /** The Yjs client the update was made under; the lease's user made it. */
  @Column({ type: 'bigint', transformer: whole })
  lease: number;

  @Column({ type: 'int' })
  n: number;

  /** Empty: the server, which seeds. */
  @Column({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;

  @Column({ name: 'session_id', type: 'varchar', length: 64 })
  sessionId: string;

  @Column({ type: 'datetime', precision: 3 })
  at: Date;

  /** Yjs V1; empty once erased by rule. */
  @Column({ type: 'longblob' })
  bytes: Buffer;

  @Column({ name: 'bytes_hash', type: 'varchar', length: 64 })
  bytesHash: string;

  @Column({ type: 'varchar', length: 64 })
  hash: string;

  /** With `clocks`: the range of the lease's clocks that the update inserted. */
  @Column({ type: 'bigint', transformer: whole })
  clock: number;

  @Column({ type: 'int' })
  clocks: number;

  /** Set: the server wrote the row when this user accepted a suggestion of `user_id`'s; the session is the acceptor's. */
  @Column({ name: 'accepted_by', type: 'varchar', length: 32, nullable: true })
  acceptedBy: string | null;
}

/** A state at a seq. Made off the hot path, from the log, and never needed for being right. */
@Entity('document_checkpoint')
export class DocumentCheckpointRow {
  @PrimaryColumn({ name: 'document_id', type: 'varchar', length: 32 })
  documentId: string;

  @PrimaryColumn({ type: 'int' })
  seq: number;

  /** Yjs V2, without deleted content. */
  @Column({ type: 'longblob' })
  state: Buffer;

  @Column({ name: 'content_hash', type: 'varchar', length: 64 })
  contentHash: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;
}

/** A Yjs client id given to one user for one document. Everything inserted under it is that user's (I3). */
@Entity('document_lease')
@Index('ix_document_lease_user', ['documentId', 'userId', 'takenAt'])
export class DocumentLeaseRow {
  @PrimaryColumn({ name: 'document_id', type: 'varchar', length: 32 })
  documentId: string;

  @PrimaryColumn({ name: 'client_id', type: 'bigint', transformer: whole })
  clientId: number;

  @Column({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;

  /** `server`: for what the server writes when a suggestion of the user's is accepted. */
  @Column({ name: 'session_id', type: 'varchar', length: 64 })
  sessionId: string;

  /** ActorSnapshot as JSON: the user as known when the lease was taken. null: taken before it was kept. */
  @Column({ type: 'mediumtext', nullable: true })
  author: string | null;

  @Column({ name: 'taken_at', type: 'datetime', precision: 3 })
  takenAt: Date;

  /** Set: nothing more is taken under it. */
  @Column({ name: 'closed_at', type: 'datetime', precision: 3, nullable: true })
  closedAt: Date | null;
}

/**
 * The part of the authorship map that isn't in the log's own columns. DELETED: the row's user deleted this range. CARRIED: this range is
 * text that stood at `from` before and keeps its first author; the log's row with the same seq says who moved it.
 */
@Entity('document_attribution')
@Index('ix_document_attribution_range', ['documentId', 'client', 'clock'])
export class DocumentAttributionRow {
  @PrimaryColumn({ name: 'document_id', type: 'varchar', length: 32 })
  documentId: string;

  @PrimaryColumn({ type: 'int' })
  seq: number;

  /** 0, 1, 2 … in each update. */
  @PrimaryColumn({ type: 'int' })
  ordinal: number;

  @Column({ type: 'varchar', length: 8 })
  kind: string;

  @Column({ type: 'bigint', transformer: whole })
  client: number;

  @Column({ type: 'bigint', transformer: whole })
  clock: number;

  @Column({ type: 'int' })
  clocks: number;

  @Column({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;

  @Column({ type: 'datetime', precision: 3 })
  at: Date;

  @Column({ name: 'from_client', type: 'bigint', nullable: true, transformer: whole })
  fromClient: number | null;

  @Column({ name: 'from_clock', type: 'bigint', nullable: true, transformer: whole })
  fromClock: number | null;
}
