import type { PlanStandingFragment } from '#lib/api/generated/graphql.js';

/** When each axis of a measure was approved, for the axes that are locked; null: not locked. */
export interface AxisLocks {
  readonly atgard: string | null;
  readonly tidplan: string | null;
}

type Standing = Pick<PlanStandingFragment, 'locks' | 'judgements'>;

/** The locked axes by measure, with the moment of the newest judgement that found the axis reasonable ("" when none is on record). */
export function locksOf({ locks, judgements }: Standing): ReadonlyMap<string, AxisLocks> {
  const approvedAt = (measureId: string, axis: 'ATGARD' | 'TIDPLAN'): string =>
    judgements.find((one) => one.measureId === measureId && one.axes.some((said) => said.axis === axis && said.verdict === 'RIMLIG'))
      ?.decidedAt ?? '';
  return new Map(
    locks
      .filter((lock) => lock.atgardLocked || lock.tidplanLocked)
      .map((lock) => [
        lock.measureId,
        {
          atgard: lock.atgardLocked ? approvedAt(lock.measureId, 'ATGARD') : null,
          tidplan: lock.tidplanLocked ? approvedAt(lock.measureId, 'TIDPLAN') : null,
        },
      ]),
  );
}
