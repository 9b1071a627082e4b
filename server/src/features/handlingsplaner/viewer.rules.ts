import { may, type Actor, type Membership, type Subject } from '../accounts/index.js';
import type { Track } from './plan.model.js';
import type { Plan } from './planRecord.model.js';
import type { PlanStanding } from './planStates.rules.js';

/** A plan as far as rights go: whose it is and how it stands. */
export interface PlanSubject extends PlanStanding {
  readonly huvudmanId: string;
  readonly providerId: string;
  /** The provider has opened it once: the text exists. */
  readonly opened: boolean;
  /** The day of the durability check, `YYYY-MM-DD`; null: none is planned. */
  readonly durabilityDue: string | null;
}

/** A plan's row as the rules look at it. */
export function standingOf(plan: Plan): PlanSubject {
  const { huvudmanId, providerId, state, revision, durabilityDue } = plan;
  const tracks = plan.tracks.map(({ track, reviewBegunAt, approvedRevision }) => ({
    track,
    begun: reviewBegunAt !== null,
    approvedRevision,
  }));
  const [opened, shared] = [plan.openedAt !== null, plan.sharedAt !== null];
  return { huvudmanId, providerId, state, revision, tracks, opened, shared, durabilityDue };
}

/** What one person may know of one plan. */
export interface Sight {
  /** In which capacity the person looks. */
  readonly membership: Membership;
  /** May read the text and all that would tell of it: parts, revisions, decisions, history. */
  readonly canRead: boolean;
}

/** What accounts' `may` is told of a plan. */
export function subjectOf(plan: PlanSubject, track?: Track): Subject {
  return { huvudmanId: plan.huvudmanId, providerId: plan.providerId, shared: plan.shared, track };
}

/**
 * What the actor may know of the plan; null: as if it didn't exist.
 * The förvaltning sees a private draft's state and nothing of its text. Nobody reads the text before the plan is opened: there is none.
 */
export function sight(actor: Actor, plan: PlanSubject): Sight | null {
  const seeing = may(actor, 'plan.see', subjectOf(plan));
  if (!seeing) return null;
  const reading = may(actor, 'plan.read', subjectOf(plan));
  return { membership: reading ?? seeing, canRead: reading !== null && plan.opened };
}
