import { measureHashes, type PlanContent } from '@samsyn/schema';
import { locksOf, type Locks } from './judgement.rules.js';
import type { Plan, PlanDecision, PlanJudgement, PlanRevision } from './planRecord.model.js';

/** What a revision holds, and the hash of each of its measures, in their order. */
export interface RevisionContent {
  readonly content: PlanContent;
  readonly hashes: ReadonlyMap<string, string>;
}

/** Reads a frozen revision. */
export function revisionContent(revision: Pick<PlanRevision, 'canonicalJson'>): RevisionContent {
  const content = JSON.parse(revision.canonicalJson) as PlanContent;
  return { content, hashes: measureHashes(content) };
}

/** Judgements, decisions and reports of the plan's present round: those of a revision handed in since it began. */
export const ofRound = <T extends { readonly revision: number }>(plan: Pick<Plan, 'roundAfterRevision'>, rows: readonly T[]): T[] =>
  rows.filter(({ revision }) => revision > plan.roundAfterRevision);

/** The return that what is written now answers to: the round's last; null: there is none, or nobody writes. @param decisions oldest first */
export function standingReturn<D extends Pick<PlanDecision, 'outcome' | 'revision'>>(
  plan: Pick<Plan, 'state' | 'roundAfterRevision'>,
  decisions: readonly D[],
): D | null {
  if (plan.state !== 'RETURNED' && plan.state !== 'DRAFT') return null;
  return ofRound(plan, decisions).findLast(({ outcome }) => outcome === 'RETURNED') ?? null;
}

/**
 * What the round's last return keeps locked while the plan is written; null: nothing was returned, or nobody writes. A resubmitted plan
 * that is taken back keeps its locks: taking back is no way round a judgement.
 */
export function standingLocks(
  plan: Pick<Plan, 'state' | 'roundAfterRevision'>,
  revisions: readonly Pick<PlanRevision, 'number' | 'canonicalJson'>[],
  decisions: readonly Pick<PlanDecision, 'outcome' | 'revision' | 'track'>[],
  judgements: readonly PlanJudgement[],
): Locks | null {
  const returned = standingReturn(plan, decisions);
  const revision = returned && revisions.find(({ number }) => number === returned.revision);
  if (!revision) return null;
  const { content, hashes } = revisionContent(revision);
  const judged = ofRound(plan, judgements).filter((judgement) => judgement.revision <= returned.revision);
  return locksOf(returned.track, judged, content, hashes);
}
