import type { OpenPlan, Track } from '../handlingsplaner/index.js';
import type { Audience } from './notices.rules.js';
import type { DutyKind } from './notifications.model.js';

/** Something somebody owes by a day. Computed, never stored. */
export interface Duty {
  readonly plan: OpenPlan;
  readonly kind: DutyKind;
  /** `YYYY-MM-DD`, in Sweden. */
  readonly on: string;
  readonly audience: Audience;
}

/** A plan's days, worked out by others than this rule: calendars differ, this doesn't. */
export interface DutyDates {
  /** The day by which the present revision should be reviewed; null: none is handed in. */
  readonly reviewBy: string | null;
}

/** What is owed of a plan now, and by when. */
export function dutiesOf(plan: OpenPlan, { reviewBy }: DutyDates): Duty[] {
  const provider = (kind: DutyKind, on: string | null): Duty[] => (on ? [{ plan, kind, on, audience: { side: 'PROVIDER' } }] : []);
  const reviewers = (kind: DutyKind, on: string | null, tracks: readonly Track[]): Duty[] =>
    on && tracks.length > 0 ? [{ plan, kind, on, audience: { side: 'REVIEWERS', tracks } }] : [];
  switch (plan.state) {
    case 'REQUESTED':
    case 'DRAFT':
    case 'RETURNED':
      return provider('SUBMIT', plan.deadline);
    case 'SUBMITTED':
      return reviewers(
        'REVIEW',
        reviewBy,
        plan.tracks.filter(({ decided }) => !decided).map(({ track }) => track),
      );
    case 'APPROVED':
      return provider('REPORT', earliest(plan.unreported.map(({ doneBy }) => doneBy)));
    case 'VERIFIED':
      return reviewers(
        'CHECK_DURABILITY',
        plan.durabilityDue,
        plan.tracks.map(({ track }) => track),
      );
    case 'NOT_REMEDIED':
      return provider('ANSWER_ESCALATION', plan.escalationDeadline);
    default:
      return [];
  }
}

const earliest = (dates: readonly (string | null)[]): string | null => dates.filter((date) => date !== null).sort()[0] ?? null;

/** Whole days from `today` to `on`; below zero when it has passed. */
export const daysBetween = (today: string, on: string): number => Temporal.PlainDate.from(today).until(on).total('days');

/** When to remind, days before. A server that was away on the day itself still reminds during the days after it. */
const STAGES: readonly { readonly days: number; readonly until: number }[] = [
  { days: 30, until: 28 },
  { days: 7, until: 5 },
  { days: 1, until: 0 },
];

/** Which reminder is due: `30`, `7`, `1`, or `late-<n>`, one for each week that has begun since the day. null: none now. */
export function stageOf(daysLeft: number): string | null {
  if (daysLeft < 0) return `late-${Math.ceil(-daysLeft / 7)}`;
  const stage = STAGES.find(({ days, until }) => daysLeft <= days && daysLeft >= until);
  return stage ? String(stage.days) : null;
}

/** The hour of the daily digest, Swedish time. */
const DIGEST_HOUR = 7;

/** The day in Sweden, and whether its digest hour has struck. */
export function digestClock(at: Date): { readonly today: string; readonly struck: boolean } {
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Europe/Stockholm');
  return { today: there.toPlainDate().toString(), struck: there.hour >= DIGEST_HOUR };
}

/** The day whose digest a notice made now belongs to: the next that goes out. */
export function digestDay(at: Date): string {
  const { today, struck } = digestClock(at);
  return struck ? Temporal.PlainDate.from(today).add({ days: 1 }).toString() : today;
}
