import type { PlanContent } from '@samsyn/schema';
import { Refused, type Fault } from '../../platform/outcome.js';
import { AXES, type AxisJudgement } from './judgement.rules.js';
import { groundsRefusal } from './refusals.rules.js';

/** Why these axes can't be a judgement, or null: each of the two once, and grounds for what isn't reasonable. */
export function axesRefusal(axes: readonly AxisJudgement[]): Refused | null {
  const incomplete = AXES.filter((axis) => axes.filter((judged) => judged.axis === axis).length !== 1);
  if (incomplete.length > 0) {
    const message = 'Bedöm både åtgärden och tidplanen, var för sig.';
    return new Refused(
      'AXES_INCOMPLETE',
      message,
      incomplete.map((axis) => ({ path: `axes/${axis}`, code: 'AXES_INCOMPLETE', message })),
    );
  }
  const refusals = axes.flatMap(({ axis, verdict, grounds }) => {
    const refusal = groundsRefusal(grounds, verdict === 'INTE_RIMLIG', `axes/${axis}/grounds`);
    return refusal ? [refusal] : [];
  });
  const [first] = refusals;
  return first
    ? new Refused(
        first.code,
        first.message,
        refusals.flatMap(({ faults }) => faults),
      )
    : null;
}

/** The track hasn't judged all measures. */
export function judgementsMissing(content: PlanContent, measureIds: readonly string[]): Refused {
  const faults = content.measures.flatMap((measure, at): Fault[] =>
    measureIds.includes(measure.id)
      ? [{ path: `measures/${measure.id}`, code: 'JUDGEMENTS_MISSING', message: `Åtgärd ${at + 1} är inte bedömd.` }]
      : [],
  );
  const message =
    faults.length === 1
      ? 'En åtgärd är inte bedömd än. Bedöm den och försök igen.'
      : `${faults.length} åtgärder är inte bedömda än. Bedöm dem och försök igen.`;
  return new Refused('JUDGEMENTS_MISSING', message, faults);
}
