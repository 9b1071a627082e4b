import { huvudmenWhere, may, providerReach, providersOf, type Actor } from '../accounts/index.js';
import { TRACKS, type PlanState, type Track } from './plan.model.js';

/** Plans that wait for the actor: whose they are, in which states, and on the förvaltning's side which track is still to be decided. */
export interface Waiting {
  readonly of: { readonly providerIds: readonly string[] } | { readonly huvudmanIds: readonly string[] };
  readonly states: readonly PlanState[];
  readonly undecidedTrack: Track | null;
}

/**
 * Where something waits for the actor, to narrow lists by. The plans it names are those whose next act is neither WAIT nor READ.
 */
export function waitingFor(actor: Actor): Waiting[] {
  const providers = providersOf(actor);
  const openers = providers.filter((providerId) => may(actor, 'plan.open', { huvudmanId: null, providerId }) !== null);
  const waiting: Waiting[] = [
    { of: { providerIds: providers }, states: ['DRAFT', 'RETURNED'], undecidedTrack: null },
    { of: { providerIds: openers }, states: ['REQUESTED'], undecidedTrack: null },
  ];
  for (const track of TRACKS) {
    const huvudmanIds = huvudmenWhere(actor, 'plan.review').filter(
      (huvudmanId) => may(actor, 'plan.review', { huvudmanId, track }) !== null,
    );
    waiting.push({ of: { huvudmanIds }, states: ['SUBMITTED'], undecidedTrack: track });
  }
  return waiting.filter(({ of }) => ('providerIds' in of ? of.providerIds : of.huvudmanIds).length > 0);
}

/** Whose plans the actor sees at all, in some capacity. */
export function seenBy(actor: Actor): { huvudmanIds: string[]; providers: { providerId: string; huvudmanId: string | null }[] } {
  return {
    huvudmanIds: huvudmenWhere(actor, 'plan.see').filter((id) => may(actor, 'plan.see', { huvudmanId: id }) !== null),
    providers: providerReach(actor),
  };
}
