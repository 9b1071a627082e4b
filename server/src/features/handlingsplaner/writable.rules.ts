import { addPath, deletePath, fieldPath, type PlanContent } from '@samsyn/schema';
import type { Side } from '../accounts/index.js';
import type { PlanState } from './plan.model.js';

/** Whether the two axes of one measure were found reasonable by every track that judged it. */
export interface MeasureJudgement {
  readonly measureId: string;
  /** Åtgärd: what, how, the causes met, who is responsible. */
  readonly measureReasonable: boolean;
  /** Tidplan: done by, followed up by, and how it is followed up. */
  readonly timetableReasonable: boolean;
}

/** The judgements of the returned revision and the shape of the content they lock parts of. */
export interface Judged {
  readonly judgements: readonly MeasureJudgement[];
  readonly content: {
    readonly causes: readonly Pick<PlanContent['causes'][number], 'id'>[];
    readonly measures: readonly Pick<PlanContent['measures'][number], 'id' | 'causeIds'>[];
  };
}

const MEASURE_FIELDS = ['what', 'how', 'causeIds', 'responsible'] as const;
const TIMETABLE_FIELDS = ['doneBy', 'followUpBy', 'followUpHow'] as const;

const NOTHING: ReadonlySet<string> = new Set();
const EVERYTHING: ReadonlySet<string> = new Set(['*']);

/**
 * The paths of a plan's document that a side may write, as patterns of @samsyn/schema. One pure function for the gate, the editor and the API.
 * Whether the person's role may write at all is accounts' `may`; this is what the state leaves open to the side.
 * @param judged the judgements of a returned plan; without any, a return opens everything
 */
export function writable(plan: { readonly state: PlanState; readonly shared: boolean }, side: Side, judged?: Judged): ReadonlySet<string> {
  if (side === 'BOARD') return NOTHING;
  if (plan.state === 'DRAFT') return side === 'PROVIDER' || plan.shared ? EVERYTHING : NOTHING;
  if (plan.state !== 'RETURNED') return NOTHING;
  return judged && judged.judgements.length > 0 ? opened(judged) : EVERYTHING;
}

/**
 * What a return with judgements opens: per measure the axis that failed, the whole measure when both did, new measures and causes, and
 * causes that no settled measure answers to. A measure without a judgement is new and open. Anything found reasonable keeps its measure
 * from being deleted.
 */
function opened({ judgements, content }: Judged): ReadonlySet<string> {
  const byMeasure = new Map(judgements.map((judgement) => [judgement.measureId, judgement]));
  const paths = new Set([addPath('causes'), addPath('measures')]);
  const settledCauses = new Set<string>();
  for (const measure of content.measures) {
    const judgement = byMeasure.get(measure.id);
    const measureOpen = !judgement?.measureReasonable;
    const timetableOpen = !judgement?.timetableReasonable;
    if (!measureOpen) for (const causeId of measure.causeIds) settledCauses.add(causeId);
    if (measureOpen && timetableOpen) paths.add(fieldPath('measures', measure.id, '*')).add(deletePath('measures', measure.id));
    else if (measureOpen) for (const field of MEASURE_FIELDS) paths.add(fieldPath('measures', measure.id, field));
    else if (timetableOpen) for (const field of TIMETABLE_FIELDS) paths.add(fieldPath('measures', measure.id, field));
  }
  for (const cause of content.causes) {
    if (!settledCauses.has(cause.id)) paths.add(fieldPath('causes', cause.id, '*')).add(deletePath('causes', cause.id));
  }
  return paths;
}
