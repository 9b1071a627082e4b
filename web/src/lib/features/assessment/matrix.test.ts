import { describe, expect, it } from 'vitest';
import type { AreaRowFragment, Grade } from '#lib/api/generated/graphql.js';
import { groupsOf, inView, isCalm, isNarrowed, matrixHref, readMatrixFilter, rowsFor, stepsOf, totalsOf } from './matrix.js';

function aRow(key: string, serviceArea: number, fixed: Grade | null, live: Grade | null = fixed, plans = 0): AreaRowFragment {
  return {
    id: key,
    year: 2022,
    fixed,
    yearsInRow: 0,
    findingCount: plans,
    planCount: plans,
    contractArea: { id: key, key, name: key, serviceArea, serviceAreaSource: 'STATED', category: 'C' },
    live: {
      colour: live,
      remedied: false,
      step: plans ? 'SUBMITTED' : null,
      changedAt: null,
      counts: plans ? [{ step: 'SUBMITTED', count: plans }] : [],
    },
    earlier: [],
    providers: [],
  };
}

const rows = [aRow('a', 1, 'GREEN'), aRow('b', 1, 'YELLOW', 'GREEN', 2), aRow('c', 3, 'RED', 'RED', 1), aRow('d', 3, null)];

describe('the filter in the URL', () => {
  it('survives the way out and in', () => {
    const filter = { serviceArea: 3, fixed: 'gul', live: 'gron', view: 'plan', keys: ['hlm', 'bvc'] } as const;
    expect(readMatrixFilter(new URL(matrixHref(filter), 'http://x/bedomning/2022').searchParams)).toEqual(filter);
  });
  it('leaves out what it does not know', () => {
    expect(readMatrixFilter(new URLSearchParams('omrade=tre&bedomning=lila&lage=constructor&visa=allt'))).toEqual({
      serviceArea: null,
      fixed: null,
      live: null,
      view: null,
      keys: [],
    });
  });
});

describe('figures', () => {
  it('are exactly the rows they lead to', () => {
    for (const total of totalsOf(rows)) {
      for (const word of ['gron', 'gul', 'rod', 'ej'] as const) {
        const empty = { serviceArea: total.serviceArea, fixed: null, live: null, view: null, keys: [] };
        expect(rowsFor(rows, { ...empty, fixed: word })).toHaveLength(total.fixed[word]);
        expect(rowsFor(rows, { ...empty, live: word })).toHaveLength(total.live[word]);
      }
    }
  });
  it('end with the sum of all areas', () => {
    expect(totalsOf(rows).map((total) => [total.serviceArea, total.fixed.all])).toEqual([
      [1, 2],
      [3, 2],
      [null, 4],
    ]);
  });
  it('count plans by step', () => {
    expect(stepsOf(rows)).toEqual([{ step: 'SUBMITTED', count: 3 }]);
  });
});

describe('rows', () => {
  it('put the open ones first in their group, and the worst mark first', () => {
    const [first, second] = groupsOf(rows);
    expect(first?.rows.map((row) => row.id)).toEqual(['b', 'a']);
    expect(second?.marks).toEqual(['RED', null]);
  });
  it('are calm only when green and without plans', () => {
    expect(rows.map(isCalm)).toEqual([true, false, false, false]);
    expect(isCalm(aRow('e', 1, 'GREEN', 'GREEN', 1))).toBe(false);
  });
  it('can be chosen one by one, as a contradiction does', () => {
    const filter = readMatrixFilter(new URLSearchParams('rader=c,a'));
    expect(rowsFor(rows, filter).map((row) => row.id)).toEqual(['a', 'c']);
    expect([isNarrowed(filter), isNarrowed(readMatrixFilter(new URLSearchParams('visa=plan')))]).toEqual([true, false]);
  });
  it('show as all, with plan or changed', () => {
    expect(rows.filter((row) => inView(row, 'plan')).map((row) => row.id)).toEqual(['b', 'c']);
    expect(rows.filter((row) => inView(row, 'andrade')).map((row) => row.id)).toEqual(['b']);
  });
});
