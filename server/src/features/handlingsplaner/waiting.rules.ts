import { huvudmenWhere, may, providerReach, providersOf, type Act, type Actor } from '../accounts/index.js';
import { TRACKS, type PlanState, type Track } from './plan.model.js';

/** Plans that wait for the actor: whose they are, in which states, and what else must hold. */
export interface Waiting {
  readonly of: { readonly providerIds: readonly string[] } | { readonly huvudmanIds: readonly string[] };
  readonly states: readonly PlanState[];
  /** The plan has this track. */
  readonly track: Track | null;
  /** … and it hasn't approved the present revision. */
  readonly undecided: boolean;
  /** The durability check's day has come, `YYYY-MM-DD`. */
  readonly durabilityBy: string | null;
}

/**
 * Where something waits for the actor, to narrow lists by. The plans it names are those whose next act is neither WAIT nor READ.
 * @param today `YYYY-MM-DD`
 */
export function waitingFor(actor: Actor, today: string): Waiting[] {
  return [...providersWaiting(actor), ...reviewersWaiting(actor, today)].filter(
    ({ of }) => ('providerIds' in of ? of.providerIds : of.huvudmanIds).length > 0,
  );
}

function providersWaiting(actor: Actor): Waiting[] {
  const whole = { track: null, undecided: false, durabilityBy: null };
  const providers = providersOf(actor);
  const where = (act: Act): string[] => providers.filter((providerId) => may(actor, act, { huvudmanId: null, providerId }) !== null);
  return [
    { ...whole, of: { providerIds: providers }, states: ['DRAFT', 'RETURNED'] },
    { ...whole, of: { providerIds: where('plan.open') }, states: ['REQUESTED'] },
    { ...whole, of: { providerIds: where('plan.reportMeasure') }, states: ['APPROVED'] },
  ];
}

function reviewersWaiting(actor: Actor, today: string): Waiting[] {
  return TRACKS.flatMap((track): Waiting[] => {
    const where = (act: Act) => ({
      huvudmanIds: huvudmenWhere(actor, act).filter((huvudmanId) => may(actor, act, { huvudmanId, track }) !== null),
    });
    const decided = { track, undecided: false, durabilityBy: null };
    return [
      { ...decided, undecided: true, of: where('plan.review'), states: ['SUBMITTED'] },
      { ...decided, of: where('plan.verify'), states: ['REPORTED'] },
      { ...decided, of: where('plan.followUp'), states: ['NOT_REMEDIED'] },
      { ...decided, durabilityBy: today, of: where('plan.followUp'), states: ['VERIFIED'] },
    ];
  });
}

/** Whose plans the actor sees at all, in some capacity. */
export function seenBy(actor: Actor): { huvudmanIds: string[]; providers: { providerId: string; huvudmanId: string | null }[] } {
  return {
    huvudmanIds: huvudmenWhere(actor, 'plan.see').filter((id) => may(actor, 'plan.see', { huvudmanId: id }) !== null),
    providers: providerReach(actor),
  };
}
