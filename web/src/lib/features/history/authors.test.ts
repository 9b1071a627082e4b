import { describe, expect, it } from 'vitest';
import { authorsOf, type DiffRun, type FieldDiff, fieldsOf, isChanged } from './authors.js';

const chief = { name: 'Verksamhetschef', role: 'VERKSAMHETSCHEF', organisation: 'Utförare 1', side: 'PROVIDER' } as const;
const officer = { name: 'Avtalsansvarig', role: 'AVTALSANSVARIG', organisation: 'KSON', side: 'ADMINISTRATION' } as const;
const run = (kind: DiffRun['kind'], text: string, by: DiffRun['by'] = null, at: string | null = null): DiffRun => ({ kind, text, by, at });
const field = (path: string, ...runs: DiffRun[]): FieldDiff => ({ path, label: path, runs });

const fields = [
  field(
    'measures/m2/followUpHow',
    run('SAME', 'Stickprov på '),
    run('REMOVED', 'några', chief, '2023-10-03T12:16:00.000Z'),
    run('ADDED', 'tio', chief, '2023-10-03T11:48:00.000Z'),
    run('ADDED', ' tillsammans', officer, '2023-10-03T12:02:00.000Z'),
  ),
  field('measures/m20/what', run('ADDED', 'utan namn')),
  field('measures/m2/what', run('SAME', 'oförändrad')),
];

describe('who changed what', () => {
  it('counts each person and the time between first and last', () => {
    expect(authorsOf(fields)).toEqual([
      { by: chief, changes: 2, from: '2023-10-03T11:48:00.000Z', to: '2023-10-03T12:16:00.000Z' },
      { by: officer, changes: 1, from: '2023-10-03T12:02:00.000Z', to: '2023-10-03T12:02:00.000Z' },
    ]);
  });
  it('knows a field that is as it was', () => {
    expect(fields.map(isChanged)).toEqual([true, true, false]);
  });
  it('takes the fields of exactly one measure', () => {
    expect(fieldsOf(fields, 'measures', 'm2').map((one) => one.path)).toEqual(['measures/m2/followUpHow', 'measures/m2/what']);
  });
});
