import type { ActorSnapshot, Side } from '../accounts/index.js';
import type { FormalAct, PlanEvent, Track } from './plan.model.js';
import { OUTCOME_WORDS, STATUS_WORDS } from './words.rules.js';

/** A formal act as the timeline shows it. */
export interface TimelineEntry {
  readonly at: Date;
  readonly by: ActorSnapshot;
  readonly act: FormalAct;
  /** The document's number in the diary; null: the act made none. */
  readonly diaryNumber: string | null;
  /** Swedish; the web has words of its own for other languages, by `act`. */
  readonly text: string;
}

const TRACK_WORDS: Readonly<Record<Track, string>> = { AVTAL: 'spår avtal', HSL: 'spår HSL' };
const because = (grounds: string | undefined): string => (grounds ? `: ${grounds}` : '');
const on = (track: Track | undefined): string => (track ? `, ${TRACK_WORDS[track]}` : '');

const TEXTS: Readonly<Record<FormalAct, (details: PlanEvent['details']) => string>> = {
  REQUEST: ({ deadline }) => `Begärd av förvaltningen, lämnas in senast ${deadline ?? ''}`,
  OPEN: () => 'Öppnad av utföraren',
  SHARE: () => 'Delad för gemensam skrivning',
  SUBMIT: ({ revision, receiptNumber }) => `Revision ${revision ?? ''} inlämnad, kvittens ${receiptNumber ?? ''}`,
  TAKE_BACK: ({ revision }) => `Revision ${revision ?? ''} återtagen`,
  BEGIN_REVIEW: ({ track }) => `Granskningen har börjat${on(track)}`,
  JUDGE: ({ measureNumber, outcome, track }) =>
    `Åtgärd ${measureNumber ?? ''} bedömd: ${outcome ? OUTCOME_WORDS[outcome] : ''}${on(track)}`,
  RETURN: ({ revision, track }) => `Revision ${revision ?? ''} återsänd${on(track)}`,
  APPROVE: ({ revision, track }) => `Revision ${revision ?? ''} godkänd${on(track)}`,
  WITHDRAW: ({ grounds }) => (grounds ? `Begäran återkallad: ${grounds}` : 'Begäran återkallad'),
  SET_DEADLINE: ({ deadline, track }) => `Ny tid: senast ${deadline ?? ''}${on(track)}`,
  REPORT_MEASURE: ({ measureNumber, status }) => `Åtgärd ${measureNumber ?? ''} rapporterad: ${status ? STATUS_WORDS[status] : ''}`,
  REPORT_ALL: () => 'Alla åtgärder rapporterade',
  VERIFY_MEASURE: ({ measureNumber }) => `Åtgärd ${measureNumber ?? ''} verifierad`,
  VERIFY_ALL: () => 'Genomförandet verifierat',
  REFUSE_VERIFICATION: ({ measureNumber }) => `Åtgärd ${measureNumber ?? ''}: verifieringen nekad, åtgärden öppnas för ny rapport`,
  FIND_NOT_REMEDIED: ({ grounds }) => `Kvarstående brist konstaterad${because(grounds)}`,
  DURABILITY_HELD: ({ grounds }) => `Hållbarhetskontroll: åtgärderna håller${because(grounds)}`,
  DURABILITY_FAILED: ({ grounds }) => `Hållbarhetskontroll: bristen kvarstår${because(grounds)}`,
  NEW_ROUND: ({ deadline }) => `Ny omgång begärd, lämnas in senast ${deadline ?? ''}`,
  ESCALATE: ({ rung, deadline }) => `Trappan: ${rung ?? ''}, senast ${deadline ?? ''}`,
};

/** One act in words. */
export const timelineText = (event: Pick<PlanEvent, 'act' | 'details'>): string => TEXTS[event.act](event.details);

/**
 * The formal acts that a viewer may see, oldest first. Before the share others than the provider see only their own side's acts: that the
 * plan is opened shows in its state, and who opened it is the provider's own affair until then.
 */
export function timelineFor(events: readonly PlanEvent[], viewer: Side, shared: boolean): TimelineEntry[] {
  return events
    .filter((event) => viewer === 'PROVIDER' || shared || event.by.side !== 'PROVIDER')
    .map((event) => {
      const { at, by, act, details } = event;
      return { at, by, act, diaryNumber: details.diaryNumber ?? null, text: timelineText(event) };
    });
}
