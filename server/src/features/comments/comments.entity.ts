import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A 53-bit number: mysql2 returns bigint columns as strings. */
const whole = { to: (value: number | null) => value, from: (value: string | number | null) => (value === null ? null : Number(value)) };

/** A conversation about a place in a plan's text, with the suggestion it may hold. Beside the text: no part of what is approved. */
@Entity('comment_thread')
@Index('ix_comment_thread_plan', ['planId', 'createdAt'])
export class CommentThreadRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;

  @Column({ name: 'plan_id', type: 'varchar', length: 32 })
  planId: string;

  /** Where it was begun. The text may since have moved to another field. */
  @Column({ type: 'varchar', length: 96 })
  path: string;

  /** What stood there then. */
  @Column({ type: 'mediumtext' })
  quote: string;

  /** The characters it is about, by their ids in the document: JSON. */
  @Column({ type: 'mediumtext' })
  spans: string;

  /** Begun before the plan was shared: the provider's own, for good. */
  @Column({ name: 'provider_only', type: 'boolean' })
  providerOnly: boolean;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;

  /** How many the plan had before: the order of those of one moment. */
  @Column({ type: 'int' })
  ordinal: number;

  @Column({ name: 'resolved_at', type: 'datetime', precision: 3, nullable: true })
  resolvedAt: Date | null;

  /** ActorSnapshot as JSON. */
  @Column({ name: 'resolved_by', type: 'mediumtext', nullable: true })
  resolvedBy: string | null;

  /** Set: a suggestion to put these words where the quote stands. Empty: to take it away. */
  @Column({ type: 'mediumtext', nullable: true })
  replacement: string | null;

  /** OPEN, ACCEPTED or DECLINED; null: no suggestion. */
  @Column({ name: 'suggestion_state', type: 'varchar', length: 8, nullable: true })
  suggestionState: string | null;

  /** ActorSnapshot as JSON: who accepted or declined. */
  @Column({ name: 'decided_by', type: 'mediumtext', nullable: true })
  decidedBy: string | null;

  @Column({ name: 'decided_at', type: 'datetime', precision: 3, nullable: true })
  decidedAt: Date | null;

  /** The lease it is written under. Kept before it is written, so that an answer that is lost doesn't write it twice. */
  @Column({ type: 'bigint', nullable: true, transformer: whole })
  lease: number | null;

  /** Accepted: its number in the document's log. */
  @Column({ type: 'int', nullable: true })
  seq: number | null;
}

/** What somebody said in a thread. Rows are inserted and never changed. */
@Entity('comment_note')
@Index('ix_comment_note_thread', ['threadId', 'ordinal'])
export class CommentNoteRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;

  @Column({ name: 'thread_id', type: 'varchar', length: 32 })
  threadId: string;

  /** 0: what the thread was begun with, by its author. Two answers given at once may share a number. */
  @Column({ type: 'int' })
  ordinal: number;

  @Column({ type: 'datetime', precision: 3 })
  at: Date;

  /** ActorSnapshot as JSON. */
  @Column({ type: 'mediumtext' })
  by: string;

  @Column({ type: 'mediumtext' })
  text: string;
}
