import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody read something: once for each person, subject and hour. Rows are inserted and never changed. */
@Entity('access_log')
@Index('ix_access_log_subject_at', ['subjectId', 'at'])
export class AccessLogRow {
  @PrimaryColumn({ name: 'subject_id', type: 'varchar', length: 32 })
  subjectId: string;

  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;

  /** `YYYY-MM-DDTHH`, UTC. */
  @PrimaryColumn({ type: 'varchar', length: 13 })
  hour: string;

  /** The first time in that hour. */
  @Column({ type: 'datetime', precision: 3 })
  at: Date;

  /** ActorSnapshot as JSON: the person as known then. */
  @Column({ type: 'mediumtext' })
  reader: string;
}
