import type { Role } from '../accounts/index.js';
import type { PlanEvent, Track } from '../handlingsplaner/index.js';
import type { DutyKind, Mailing, NoticeKind, Preferences } from './notifications.model.js';

/** Whom a notice is for: the provider's chief and writers, or those who review on these tracks. */
export type Audience = { readonly side: 'PROVIDER' } | { readonly side: 'REVIEWERS'; readonly tracks: readonly Track[] };

export const PROVIDER_ROLES: readonly Role[] = ['VERKSAMHETSCHEF', 'ENHETSCHEF', 'MEDARBETARE'];

/** Who reviews on a track. */
export const REVIEWER_ROLES: Readonly<Record<Track, readonly Role[]>> = { AVTAL: ['AVTALSANSVARIG'], HSL: ['MAS', 'MAR'] };

/** What the words of a notice are made of. Nothing of the finding or the plan's text. */
export interface PlanName {
  /** The huvudman's word: handlingsplan or åtgärdsplan. */
  readonly planWord: string;
  /** Area, huvudman and the finding's key: enough to know which plan it is. */
  readonly place: string;
}

interface NoticeRule {
  readonly kind: NoticeKind;
  readonly to: 'PROVIDER' | 'REVIEWERS';
  /** Mailed at once; else with the day's digest. */
  readonly urgent?: boolean;
  readonly words: (planWord: string, details: PlanEvent['details']) => string;
}

const by = (deadline: string | undefined): string => (deadline ? `, senast ${deadline}` : '');

/** What each formal act tells whom. An act that isn't here tells nobody. */
const RULES: Readonly<Partial<Record<PlanEvent['act'], NoticeRule>>> = {
  REQUEST: { kind: 'DEMANDED', to: 'PROVIDER', words: (word, { deadline }) => `Öppna och skriv begärd ${word}${by(deadline)}` },
  SHARE: { kind: 'SHARED', to: 'REVIEWERS', words: (word) => `Läs och skriv med i delad ${word}` },
  SUBMIT: { kind: 'SUBMITTED', to: 'REVIEWERS', words: (word) => `Granska inlämnad ${word}` },
  TAKE_BACK: { kind: 'TAKEN_BACK', to: 'REVIEWERS', words: (word) => `Inget att granska nu: ${word} är återtagen` },
  RETURN: { kind: 'RETURNED', to: 'PROVIDER', urgent: true, words: (word) => `Rätta och lämna in igen: ${word} är återsänd` },
  APPROVE: { kind: 'APPROVED', to: 'PROVIDER', urgent: true, words: (word) => `Genomför och rapportera: ${word} är godkänd` },
  WITHDRAW: { kind: 'WITHDRAWN', to: 'PROVIDER', words: (word) => `Inget mer att göra: begäran om ${word} är återkallad` },
  SET_DEADLINE: { kind: 'DEADLINE_MOVED', to: 'PROVIDER', words: (word, { deadline }) => `Ny tid för ${word}${by(deadline)}` },
  REPORT_ALL: { kind: 'REPORTED', to: 'REVIEWERS', words: () => 'Verifiera rapporterade åtgärder' },
  VERIFY_ALL: { kind: 'VERIFIED', to: 'PROVIDER', words: () => 'Åtgärderna är verifierade' },
  REFUSE_VERIFICATION: {
    kind: 'VERIFICATION_REFUSED',
    to: 'PROVIDER',
    urgent: true,
    words: () => 'Komplettera och rapportera igen: en åtgärd verifierades inte',
  },
  FIND_NOT_REMEDIED: { kind: 'NOT_REMEDIED', to: 'PROVIDER', urgent: true, words: () => 'Läs beslutet: bristen kvarstår' },
  DURABILITY_FAILED: { kind: 'NOT_REMEDIED', to: 'PROVIDER', urgent: true, words: () => 'Läs hållbarhetskontrollen: bristen kvarstår' },
  DURABILITY_HELD: { kind: 'HELD', to: 'PROVIDER', words: () => 'Hållbarhetskontrollen är klar: åtgärderna har hållit' },
  NEW_ROUND: { kind: 'NEW_ROUND', to: 'PROVIDER', urgent: true, words: (word, { deadline }) => `Skriv ny ${word}${by(deadline)}` },
  ESCALATE: {
    kind: 'ESCALATED',
    to: 'PROVIDER',
    urgent: true,
    words: (_word, { rung, deadline }) => `Läs beslutet: ${rung ?? 'nästa steg'}${by(deadline)}`,
  },
};

/** A notice before it has its reader. */
export interface Announcement {
  readonly kind: NoticeKind;
  readonly audience: Audience;
  readonly urgent: boolean;
  readonly title: string;
}

/**
 * What a formal act announces, or null. An approval counts when every track has approved; before that nothing is asked of anybody new.
 * @param tracks the plan's
 */
export function announcementOf(
  event: Pick<PlanEvent, 'act' | 'to' | 'details'>,
  tracks: readonly Track[],
  name: PlanName,
): Announcement | null {
  const rule = RULES[event.act];
  if (!rule || (event.act === 'APPROVE' && event.to !== 'APPROVED')) return null;
  const audience: Audience = rule.to === 'PROVIDER' ? { side: 'PROVIDER' } : { side: 'REVIEWERS', tracks };
  return { kind: rule.kind, audience, urgent: rule.urgent ?? false, title: titled(rule.words(name.planWord, event.details), name) };
}

const titled = (words: string, name: Pick<PlanName, 'place'>): string => `${words} · ${name.place}`.slice(0, 500);

/** How a notice goes out, by what its reader has chosen. */
export function mailingOf(urgent: boolean, { email, digest }: Preferences, mailConfigured: boolean): Mailing {
  if (!mailConfigured || !email) return 'NONE';
  if (urgent) return 'AT_ONCE';
  return digest ? 'DIGEST' : 'NONE';
}

const DUTY_WORDS: Readonly<Record<DutyKind, (planWord: string) => string>> = {
  SUBMIT: (word) => `Lämna in ${word}`,
  REPORT: () => 'Genomför och rapportera åtgärder',
  ANSWER_ESCALATION: () => 'Svara på beslutet om bristen',
  REVIEW: (word) => `Granska inlämnad ${word}`,
  CHECK_DURABILITY: () => 'Gör hållbarhetskontrollen',
};

/** What a duty asks for: in a reminder, in a calendar. */
export const dutyTitle = (kind: DutyKind, name: PlanName): string => titled(DUTY_WORDS[kind](name.planWord), name);

/** A reminder in words. @param daysLeft below zero: that many days late */
export function reminderTitle(kind: DutyKind, on: string, daysLeft: number, name: PlanName): string {
  const days = (count: number): string => (count === 1 ? '1 dag' : `${count} dagar`);
  const when = daysLeft > 0 ? `${days(daysLeft)} kvar` : daysLeft === 0 ? 'i dag' : `${days(-daysLeft)} sen`;
  return titled(`${DUTY_WORDS[kind](name.planWord)}, senast ${on} (${when})`, name);
}
