/** What a notice is about. */
export const NOTICE_KINDS = [
  'DEMANDED',
  'SHARED',
  'SUBMITTED',
  'TAKEN_BACK',
  'RETURNED',
  'APPROVED',
  'WITHDRAWN',
  'DEADLINE_MOVED',
  'REPORTED',
  'VERIFICATION_REFUSED',
  'VERIFIED',
  'NOT_REMEDIED',
  'HELD',
  'NEW_ROUND',
  'ESCALATED',
  'REMINDER',
  'OVERDUE',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** How a notice goes out by mail beside being shown in the app. NONE: the person wants no mail of it, or there is no mail. */
export type Mailing = 'AT_ONCE' | 'DIGEST' | 'NONE';

/** One thing to know, for one person. */
export interface Notice {
  readonly id: string;
  readonly userId: string;
  readonly kind: NoticeKind;
  readonly planId: string;
  /** What to do, in Swedish. Never text from a finding or a plan. */
  readonly title: string;
  readonly at: Date;
  readonly readAt: Date | null;
}

/** A notice to be made. `key` is the same however often the same thing is noticed for the same person. */
export interface NewNotice extends Omit<Notice, 'id' | 'readAt'> {
  readonly key: string;
  readonly mailing: Mailing;
  /** The day whose digest it belongs to, `YYYY-MM-DD`. */
  readonly digestOn: string;
}

export interface Preferences {
  /** Any mail at all. */
  readonly email: boolean;
  /** The daily digest of what isn't urgent. */
  readonly digest: boolean;
  /** Reminders before and after deadlines. */
  readonly reminders: boolean;
}

/** Those of somebody who has chosen nothing. */
export const USUAL_PREFERENCES: Preferences = { email: true, digest: true, reminders: true };

export interface NoticePage {
  readonly nodes: readonly Notice[];
  readonly unread: number;
  readonly hasNextPage: boolean;
  /** null: the page is empty. */
  readonly endCursor: string | null;
}

/** A mail as it waits to be sent. */
export interface OutgoingMail {
  readonly id: string;
  readonly userId: string;
  readonly kind: 'NOTICE' | 'DIGEST';
  /** Stable over every attempt: a receiver that gets it twice knows it is one. */
  readonly messageId: string;
  readonly attempts: number;
}

/** What a person asks, on which side, by which day. */
export type DutyKind = 'SUBMIT' | 'REPORT' | 'ANSWER_ESCALATION' | 'REVIEW' | 'CHECK_DURABILITY';
