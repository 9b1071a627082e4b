import type { PlanContent } from '@samsyn/schema';
import type { Axis, AxisJudgement, MeasureOutcome } from './judgement.rules.js';
import type { ExecutionStatus } from './plan.model.js';

export const OUTCOME_WORDS: Readonly<Record<MeasureOutcome, string>> = {
  GODKAND: 'godkänd',
  DELVIS: 'godkänd delvis',
  ATERSAND: 'återsänd',
};

export const STATUS_WORDS: Readonly<Record<ExecutionStatus, string>> = {
  NOT_BEGUN: 'inte påbörjad',
  UNDER_WAY: 'pågår',
  DONE: 'klar',
};

const AXIS_WORDS: Readonly<Record<Axis, string>> = { ATGARD: 'åtgärd', TIDPLAN: 'tidplan' };

/** The grounds of what wasn't found reasonable, a line for each, measures in order. Swedish. */
export function groundsOfJudgements(
  content: Pick<PlanContent, 'measures'>,
  judgements: readonly { readonly measureId: string; readonly axes: readonly AxisJudgement[] }[],
): string {
  return content.measures
    .flatMap(({ id }, at) =>
      judgements
        .filter(({ measureId }) => measureId === id)
        .flatMap(({ axes }) => axes.filter(({ verdict }) => verdict === 'INTE_RIMLIG'))
        .map(({ axis, grounds }) => `Åtgärd ${at + 1}, ${AXIS_WORDS[axis]}: ${grounds}`),
    )
    .join('\n');
}
