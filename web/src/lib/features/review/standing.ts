import { measureHashes, type PlanContent } from '@samsyn/schema';
import type { PlanReviewQuery, Role, Track } from '#lib/api/generated/graphql.js';

export type ReviewedPlan = PlanReviewQuery['plan'];
export type Revision = ReviewedPlan['revisions'][number];

/** The revision that is under review or was last decided: the newest one that was not taken back. */
export const currentRevision = (plan: ReviewedPlan): Revision | undefined => plan.revisions.find((revision) => !revision.takenBackAt);

/** The latest revision before this one that somebody decided on: what has changed since then needs new eyes. */
export function decidedBefore(plan: ReviewedPlan, revision: Revision): Revision | undefined {
  const decided = new Set(plan.decisions.map((decision) => decision.revision));
  return plan.revisions.find((earlier) => earlier.number < revision.number && decided.has(earlier.number));
}

/** The tracks this person reviews on, of those still undecided first. */
export function ownTracks(plan: ReviewedPlan, roles: ReadonlySet<Role>): Track[] {
  const own = plan.tracks.filter((track) => track.reviewerRoles.some((role) => roles.has(role)));
  const undecided = own.filter((track) => track.approvedRevision !== plan.revision);
  return [...undecided, ...own.filter((track) => !undecided.includes(track))].map((track) => track.track);
}

/** Ids of measures that are not, word for word, in the earlier content. */
export function changedMeasures(content: PlanContent, earlier: PlanContent): Set<string> {
  const before = measureHashes(earlier);
  return new Set([...measureHashes(content)].filter(([id, hash]) => before.get(id) !== hash).map(([id]) => id));
}
