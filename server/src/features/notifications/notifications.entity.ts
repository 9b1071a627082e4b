import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Mailing, NoticeKind } from './notifications.model.js';

/** A notice, for one person. */
@Entity('notice')
@Index('ux_notice_key', ['userId', 'key'], { unique: true })
@Index('ix_notice_user', ['userId', 'at', 'id'])
@Index('ix_notice_unread', ['userId', 'readAt'])
@Index('ix_notice_digest', ['mailing', 'mailId', 'digestOn'])
@Index('ix_notice_mail', ['mailId'])
export class NoticeRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;
  @Column({ type: 'varchar', length: 120 })
  key: string;
  @Column({ type: 'varchar', length: 30 })
  kind: NoticeKind;
  @Column({ name: 'plan_id', type: 'varchar', length: 32 })
  planId: string;
  @Column({ type: 'varchar', length: 500 })
  title: string;
  @Column({ type: 'datetime', precision: 3 })
  at: Date;
  @Column({ name: 'read_at', type: 'datetime', precision: 3, nullable: true })
  readAt: Date | null;
  @Column({ type: 'varchar', length: 10 })
  mailing: Mailing;
  @Column({ name: 'digest_on', type: 'varchar', length: 10 })
  digestOn: string;
  /** The mail that carries it; null while it waits for a digest, or goes in none. */
  @Column({ name: 'mail_id', type: 'varchar', length: 32, nullable: true })
  mailId: string | null;
}

/** PENDING → SENDING → SENT, or back to PENDING for another try, or FAILED. */
export type MailState = 'PENDING' | 'SENDING' | 'SENT' | 'FAILED';

/** Mail on its way out, written in the transaction of what it tells. */
@Entity('mail_outbox')
@Index('ux_mail_outbox_key', ['key'], { unique: true })
@Index('ix_mail_outbox_due', ['state', 'dueAt'])
export class MailRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 160 })
  key: string;
  @Column({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;
  @Column({ type: 'varchar', length: 10 })
  kind: 'NOTICE' | 'DIGEST';
  @Column({ name: 'message_id', type: 'varchar', length: 255 })
  messageId: string;
  @Column({ type: 'varchar', length: 10 })
  state: MailState;
  @Column({ type: 'int' })
  attempts: number;
  /** When to try (PENDING), or when the node that is sending counts as gone (SENDING). */
  @Column({ name: 'due_at', type: 'datetime', precision: 3 })
  dueAt: Date;
  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;
  @Column({ name: 'sent_at', type: 'datetime', precision: 3, nullable: true })
  sentAt: Date | null;
  /** What the mail server said last; never an address. */
  @Column({ name: 'last_error', type: 'varchar', length: 200, nullable: true })
  lastError: string | null;
}

/** What somebody has chosen to get. No row: the usual. */
@Entity('notice_preference')
export class NoticePreferenceRow {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;
  @Column({ type: 'boolean' })
  email: boolean;
  @Column({ type: 'boolean' })
  digest: boolean;
  @Column({ type: 'boolean' })
  reminders: boolean;
}

/** The secret address of somebody's calendar. The row goes when it is revoked; a new address replaces the old. */
@Entity('calendar_feed')
@Index('ux_calendar_feed_secret', ['secretHash'], { unique: true })
export class CalendarFeedRow {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;
  @Column({ name: 'secret_hash', type: 'varchar', length: 64 })
  secretHash: string;
  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;
}

export const notificationsEntities = [NoticeRow, MailRow, NoticePreferenceRow, CalendarFeedRow] as const;
