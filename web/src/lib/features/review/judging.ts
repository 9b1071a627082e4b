import type { PlanContent } from '@samsyn/schema';
import { parseContent } from '#lib/features/editor/content.js';
import { canonicalMeasure, type Measure } from './measureParts.js';
import type { Axis, MeasureOutcome, PlanStandingFragment, Reasonable, Track } from '#lib/api/generated/graphql.js';

export type MeasureJudgement = PlanStandingFragment['judgements'][number];

export const allAxes: readonly Axis[] = ['ATGARD', 'TIDPLAN'];

/** What a reviewer says of one axis of one measure. */
export interface AxisValue {
  readonly verdict: Reasonable;
  readonly grounds: string;
}

/** Where an axis stands when the review opens. */
export type AxisStanding =
  | { readonly kind: 'open'; readonly was: { readonly verdict: Reasonable; readonly at: string } | null }
  /** Decided in this revision: shown as chosen. */
  | { readonly kind: 'judged'; readonly value: AxisValue }
  /** Decided on the same text earlier: it still holds. */
  | { readonly kind: 'stands'; readonly value: AxisValue; readonly at: string };

/** What each revision held, by its number. */
export const contentsByRevision = (
  revisions: readonly { readonly number: number; readonly canonicalJson: string }[],
): ReadonlyMap<number, PlanContent | null> => new Map(revisions.map((revision) => [revision.number, parseContent(revision.canonicalJson)]));

/** Both reasonable: godkänd. One: godkänd delvis. None: återsänd. The server decides by the same rule. */
export function outcomeOf(atgard: Reasonable, tidplan: Reasonable): MeasureOutcome {
  const reasonable = [atgard, tidplan].filter((verdict) => verdict === 'RIMLIG').length;
  return reasonable === 2 ? 'GODKAND' : reasonable === 1 ? 'DELVIS' : 'ATERSAND';
}

/** A verdict is whole when it is reasonable, or says why it is not. */
export const isWhole = (value: AxisValue | null): value is AxisValue =>
  value !== null && (value.verdict === 'RIMLIG' || value.grounds.trim() !== '');

/** The newest judgement of a measure by a track. @param judgements newest first */
export const latestJudgement = (judgements: readonly MeasureJudgement[], measureId: string, track: Track): MeasureJudgement | undefined =>
  judgements.find((judgement) => judgement.measureId === measureId && judgement.track === track);

/**
 * How one axis stands: judged in this revision, still standing because its text is the same, or open.
 * @param earlier the measure as it was in the judged revision; undefined when that is not known
 */
export function axisStanding(
  axis: Axis,
  measure: Measure,
  judgement: MeasureJudgement | undefined,
  revision: number,
  earlier: Measure | undefined,
): AxisStanding {
  const said = judgement?.axes.find((one) => one.axis === axis);
  if (judgement === undefined || said === undefined) return { kind: 'open', was: null };
  const value = { verdict: said.verdict, grounds: said.grounds };
  if (judgement.current && judgement.revision === revision) return { kind: 'judged', value };
  const same = earlier !== undefined && canonicalMeasure(earlier, axis) === canonicalMeasure(measure, axis);
  if (judgement.current || (said.verdict === 'RIMLIG' && same)) return { kind: 'stands', value, at: judgement.decidedAt };
  return { kind: 'open', was: { verdict: said.verdict, at: judgement.decidedAt } };
}

/** How many measures come out how, for those that are judged whole. */
export function countOutcomes(outcomes: readonly (MeasureOutcome | null)[]): Record<MeasureOutcome, number> {
  const counts: Record<MeasureOutcome, number> = { GODKAND: 0, DELVIS: 0, ATERSAND: 0 };
  for (const outcome of outcomes) if (outcome !== null) counts[outcome] += 1;
  return counts;
}
