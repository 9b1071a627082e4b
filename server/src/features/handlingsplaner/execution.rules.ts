import type { Measure } from '@samsyn/schema';
import type { PlanReport } from './planRecord.model.js';

/** How one measure of the approved revision stands. */
export interface MeasureExecution {
  readonly measureId: string;
  /** 1, 2, 3 … as the measures stand in the approved text. */
  readonly number: number;
  readonly what: string;
  /** The latest report; null: nothing is reported. */
  readonly report: PlanReport | null;
  /** It is done, says the provider, and nobody has refused that. */
  readonly reported: boolean;
  /** The provider may report it (again): nothing is handed in, or what was handed in was refused. */
  readonly open: boolean;
}

/**
 * How the measures stand.
 * @param measures the approved revision's, in order
 * @param reports the round's, in any order
 */
export function executionOf(measures: readonly Pick<Measure, 'id' | 'what'>[], reports: readonly PlanReport[]): MeasureExecution[] {
  const latest = new Map<string, PlanReport>();
  for (const report of reports) if (report.number > (latest.get(report.measureId)?.number ?? 0)) latest.set(report.measureId, report);
  return measures.map(({ id, what }, at) => {
    const report = latest.get(id) ?? null;
    const refused = report?.verification === 'REFUSED';
    return {
      ...{ measureId: id, number: at + 1, what, report },
      reported: report?.status === 'DONE' && !refused,
      open: report === null || report.handedInAt === null || refused,
    };
  });
}

/** Handed in, and nobody has said what they found yet. */
export const awaitsVerification = ({ report }: MeasureExecution): boolean =>
  report !== null && report.handedInAt !== null && report.verification === null;

/** True when every measure but `measureId` is verified: verifying that one verifies the plan. */
export const isLastToVerify = (execution: readonly MeasureExecution[], measureId: string): boolean =>
  execution.every((each) => each.measureId === measureId || each.report?.verification === 'VERIFIED');
