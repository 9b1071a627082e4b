import type { ActorSnapshot, Side } from '../accounts/index.js';
import type { FormalAct, PlanEvent, Track } from './plan.model.js';

/** A formal act as the timeline shows it. */
export interface TimelineEntry {
  readonly at: Date;
  readonly by: ActorSnapshot;
  readonly act: FormalAct;
  /** Swedish; the web has words of its own for other languages, by `act`. */
  readonly text: string;
}

const TRACK_WORDS: Readonly<Record<Track, string>> = { AVTAL: 'spår avtal', HSL: 'spår HSL' };
const on = (track: Track | undefined): string => (track ? `, ${TRACK_WORDS[track]}` : '');

const TEXTS: Readonly<Record<FormalAct, (details: PlanEvent['details']) => string>> = {
  REQUEST: ({ deadline }) => `Begärd av förvaltningen, lämnas in senast ${deadline ?? ''}`,
  OPEN: () => 'Öppnad av utföraren',
  SHARE: () => 'Delad för gemensam skrivning',
  SUBMIT: ({ revision, receiptNumber }) => `Revision ${revision ?? ''} inlämnad, kvittens ${receiptNumber ?? ''}`,
  TAKE_BACK: ({ revision }) => `Revision ${revision ?? ''} återtagen`,
  BEGIN_REVIEW: ({ track }) => `Granskningen har börjat${on(track)}`,
  RETURN: ({ revision, track }) => `Revision ${revision ?? ''} återsänd${on(track)}`,
  APPROVE: ({ revision, track }) => `Revision ${revision ?? ''} godkänd${on(track)}`,
  WITHDRAW: ({ grounds }) => (grounds ? `Begäran återkallad: ${grounds}` : 'Begäran återkallad'),
  SET_DEADLINE: ({ deadline, track }) => `Ny tid: senast ${deadline ?? ''}${on(track)}`,
  REPORT_ALL: () => 'Alla åtgärder rapporterade',
  VERIFY_ALL: () => 'Genomförandet verifierat',
  REFUSE_VERIFICATION: () => 'Verifieringen nekad, åtgärden öppnas för ny rapport',
  FIND_NOT_REMEDIED: () => 'Kvarstående brist konstaterad',
  DURABILITY_HELD: () => 'Hållbarhetskontroll: åtgärden håller',
  DURABILITY_FAILED: () => 'Hållbarhetskontroll: bristen kvarstår',
  NEW_ROUND: () => 'Ny omgång begärd',
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
    .map((event) => ({ at: event.at, by: event.by, act: event.act, text: timelineText(event) }));
}
