import { describe, expect, it } from 'vitest';
import type { PlanStandingFragment } from '#lib/api/generated/graphql.js';
import { locksOf } from './locks.js';

const by = { name: 'Avtalsansvarig', role: 'AVTALSANSVARIG', organisation: 'KSON', side: 'ADMINISTRATION' } as const;
type Judgement = PlanStandingFragment['judgements'][number];
const judged = (decidedAt: string, ...reasonable: ('ATGARD' | 'TIDPLAN')[]): Judgement => ({
  id: decidedAt,
  measureId: 'm1',
  track: 'AVTAL',
  revision: 1,
  measureHash: 'h',
  outcome: 'DELVIS',
  current: false,
  decidedAt,
  decidedBy: by,
  axes: (['ATGARD', 'TIDPLAN'] as const).map((axis) => ({
    axis,
    verdict: reasonable.includes(axis) ? ('RIMLIG' as const) : ('INTE_RIMLIG' as const),
    grounds: '',
  })),
});

describe('locked axes', () => {
  it('say when the axis was last approved', () => {
    const locks = [{ measureId: 'm1', atgardLocked: true, tidplanLocked: false }];
    const judgements = [judged('2023-10-02T08:00:00.000Z', 'ATGARD'), judged('2023-09-01T08:00:00.000Z', 'ATGARD', 'TIDPLAN')];
    expect(locksOf({ locks, judgements }).get('m1')).toEqual({ atgard: '2023-10-02T08:00:00.000Z', tidplan: null });
  });
  it('are not there for a measure that is open', () => {
    expect(locksOf({ locks: [{ measureId: 'm1', atgardLocked: false, tidplanLocked: false }], judgements: [] }).size).toBe(0);
  });
  it('hold without a judgement on record', () => {
    const locks = [{ measureId: 'm1', atgardLocked: false, tidplanLocked: true }];
    expect(locksOf({ locks, judgements: [] }).get('m1')).toEqual({ atgard: null, tidplan: '' });
  });
});
