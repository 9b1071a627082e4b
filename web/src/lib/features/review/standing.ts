import { measureHashes, type PlanContent } from '@samsyn/schema';
import type { PlanReviewQuery, Role, Track } from '#lib/api/generated/graphql.js';

export type ReviewedPlan = PlanReviewQuery['plan'];
export type Revision = ReviewedPlan['revisions'][number];

/** The revision that is under review or was last decided: the newest one that was not taken back. */
export const currentRevision = (plan: ReviewedPlan): Revision | undefined => plan.revisions.find((revision) => !revision.takenBackAt);

/** The latest revision before this one that was decided on, by one's own tracks first: what has changed since then needs new eyes. */
export function decidedBefore(plan: ReviewedPlan, revision: Revision, own: readonly Track[]): Revision | undefined {
  const earlier = plan.revisions.filter((one) => one.number < revision.number);
  const said = [...plan.decisions, ...plan.judgements];
  const mine = new Set(said.filter((one) => own.includes(one.track)).map((one) => one.revision));
  const anybody = new Set(said.map((one) => one.revision));
  return earlier.find((one) => mine.has(one.number)) ?? earlier.find((one) => anybody.has(one.number));
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
