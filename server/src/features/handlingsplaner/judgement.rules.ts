import type { Measure, PlanContent } from '@samsyn/schema';
import type { Track } from './plan.model.js';

/** What is judged of a measure: the åtgärd itself, and its tidplan. */
export const AXES = ['ATGARD', 'TIDPLAN'] as const;
export type Axis = (typeof AXES)[number];
export const VERDICTS = ['RIMLIG', 'INTE_RIMLIG'] as const;
export type Verdict = (typeof VERDICTS)[number];
export const OUTCOMES = ['GODKAND', 'DELVIS', 'ATERSAND'] as const;
export type MeasureOutcome = (typeof OUTCOMES)[number];

/** One axis as a person judged it. Not reasonable always has grounds; reasonable may have. */
export interface AxisJudgement {
  readonly axis: Axis;
  readonly verdict: Verdict;
  readonly grounds: string;
}

/** As much of a judgement as the rules look at. `number` counts a plan's judgements: the higher is the later. */
export interface Judged {
  readonly measureId: string;
  readonly track: Track;
  readonly number: number;
  readonly measureHash: string;
  readonly axes: readonly AxisJudgement[];
}

/** What of a measure is locked. */
export interface MeasureLock {
  readonly measureId: string;
  readonly atgardLocked: boolean;
  readonly tidplanLocked: boolean;
}

/** All that a return keeps closed. Everything else in the text is open, and what is added is too. */
export interface Locks {
  /** Only measures of which something is locked. */
  readonly measures: readonly MeasureLock[];
  /** Causes that a locked åtgärd answers to. */
  readonly causeIds: readonly string[];
}

/** The fields each axis is about; when it fails, these open. */
export const FIELDS_OF: Readonly<Record<Axis, readonly (keyof Measure)[]>> = {
  ATGARD: ['what', 'how', 'causeIds', 'responsible'],
  TIDPLAN: ['doneBy', 'followUpBy', 'followUpHow'],
};

const reasonable = (axes: readonly AxisJudgement[], axis: Axis): boolean =>
  axes.some((judged) => judged.axis === axis && judged.verdict === 'RIMLIG');

/** Both axes reasonable → godkänd; one → godkänd delvis; none → återsänd. */
export function outcomeOf(axes: readonly AxisJudgement[]): MeasureOutcome {
  const count = AXES.filter((axis) => reasonable(axes, axis)).length;
  return count === AXES.length ? 'GODKAND' : count === 0 ? 'ATERSAND' : 'DELVIS';
}

/**
 * The judgements that hold: of each track and measure the last, if the measure is still what was judged.
 * @param hashes the measures' hashes in the content it is asked about; a measure that isn't there has no judgement
 */
export function holding<J extends Judged>(judgements: readonly J[], hashes: ReadonlyMap<string, string>): J[] {
  const last = new Map<string, J>();
  for (const judgement of judgements) {
    const key = `${judgement.track}:${judgement.measureId}`;
    if (judgement.number > (last.get(key)?.number ?? 0)) last.set(key, judgement);
  }
  return [...last.values()].filter(({ measureId, measureHash }) => hashes.get(measureId) === measureHash);
}

/** What a track's judgements make of the plan. */
export type PlanOutcome =
  | { readonly outcome: 'APPROVED' | 'RETURNED' }
  /** Measures the track has still to judge. */
  | { readonly outcome: null; readonly missing: readonly string[] };

/** All measures godkända → approved; else returned. Nothing is decided while a measure is without a judgement that holds. */
export function planOutcome(track: Track, judgements: readonly Judged[], hashes: ReadonlyMap<string, string>): PlanOutcome {
  const own = new Map(holding(judgements, hashes).flatMap((judged) => (judged.track === track ? [[judged.measureId, judged.axes]] : [])));
  const missing = [...hashes.keys()].filter((measureId) => !own.has(measureId));
  if (missing.length > 0) return { outcome: null, missing };
  return { outcome: [...own.values()].every((axes) => outcomeOf(axes) === 'GODKAND') ? 'APPROVED' : 'RETURNED' };
}

/**
 * What a return keeps locked: each axis that the returning track found reasonable, and that no other track's holding judgement found
 * otherwise. So a return by a track that judged nothing opens everything, and a measure nobody judged is open.
 * @param content the returned revision's
 */
export function locksOf(
  returnedBy: Track,
  judgements: readonly Judged[],
  content: Pick<PlanContent, 'measures'>,
  hashes: ReadonlyMap<string, string>,
): Locks {
  const byMeasure = Map.groupBy(holding(judgements, hashes), ({ measureId }) => measureId);
  const measures = content.measures.flatMap(({ id: measureId }) => {
    const judged = byMeasure.get(measureId) ?? [];
    if (!judged.some(({ track }) => track === returnedBy)) return [];
    const locked = (axis: Axis): boolean => judged.every(({ axes }) => reasonable(axes, axis));
    const lock = { measureId, atgardLocked: locked('ATGARD'), tidplanLocked: locked('TIDPLAN') };
    return lock.atgardLocked || lock.tidplanLocked ? [lock] : [];
  });
  const settled = new Set(measures.filter(({ atgardLocked }) => atgardLocked).map(({ measureId }) => measureId));
  const causeIds = content.measures.filter(({ id }) => settled.has(id)).flatMap((measure) => measure.causeIds);
  return { measures, causeIds: [...new Set(causeIds)] };
}
