import type { Track } from '#lib/api/generated/graphql.js';
import { daysBetween, dayOf } from '../../format.js';

type QueueOrder = 'vantat' | 'frist' | 'omrade';

export interface QueueChoices {
  readonly order: QueueOrder;
  readonly track: Track | null;
}

interface Queued {
  readonly id: string;
  readonly deadline: string;
  readonly tracks: readonly { readonly track: Track }[];
  readonly revisions: readonly { readonly submittedAt: string }[];
  readonly finding: { readonly contractArea: { readonly name: string } };
}

const orders: readonly QueueOrder[] = ['vantat', 'frist', 'omrade'];

/** Reads ?sortera=frist&spar=hsl; the default is oldest first, every track. */
export function readQueueChoices(search: { get(name: string): string | null }): QueueChoices {
  const order = search.get('sortera');
  const track = search.get('spar')?.toUpperCase();
  return { order: orders.find((known) => known === order) ?? 'vantat', track: track === 'AVTAL' || track === 'HSL' ? track : null };
}

export function queueHref(choices: Partial<QueueChoices>): string {
  const query = new URLSearchParams();
  if (choices.order && choices.order !== 'vantat') query.set('sortera', choices.order);
  if (choices.track) query.set('spar', choices.track.toLowerCase());
  return `?${query}`;
}

/** When the newest revision came in; "" for one that never did, which sorts first. */
const submittedAt = (plan: Queued): string => plan.revisions[0]?.submittedAt ?? '';

/** Whole days since the newest revision came in, by the Swedish calendar. @param today YYYY-MM-DD */
export const daysWaited = (plan: Queued, today: string): number =>
  submittedAt(plan) ? Math.max(0, daysBetween(dayOf(submittedAt(plan)), today)) : 0;

const compare: Record<QueueOrder, (a: Queued, b: Queued) => number> = {
  vantat: (a, b) => submittedAt(a).localeCompare(submittedAt(b)),
  frist: (a, b) => a.deadline.localeCompare(b.deadline),
  omrade: (a, b) => a.finding.contractArea.name.localeCompare(b.finding.contractArea.name, 'sv'),
};

/** The queue as chosen. Equal rows keep to oldest first, then to their id: the order never flickers. */
export function queueOf<Plan extends Queued>(plans: readonly Plan[], choices: QueueChoices): Plan[] {
  return plans
    .filter((plan) => choices.track === null || plan.tracks.some(({ track }) => track === choices.track))
    .toSorted((a, b) => compare[choices.order](a, b) || compare.vantat(a, b) || a.id.localeCompare(b.id));
}
