import { describe, expect, it } from 'vitest';
import { isFiltered, planChoicesHref, planFilter, queryOf, readPlanChoices } from './filters.js';

const read = (query: string) => readPlanChoices(new URLSearchParams(query));

describe('the plan list in the URL', () => {
  it('survives the way out and in', () => {
    const choices = {
      year: 2022,
      areaKey: 'hlm',
      states: ['DRAFT', 'RETURNED'],
      step: 'SUBMITTED',
      overdue: true,
      search: 'rutin för',
      shown: 100,
    } as const;
    expect(read(planChoicesHref(choices))).toEqual(choices);
  });

  it('asks the server only for what is chosen', () => {
    expect(planFilter(read(''))).toEqual({});
    expect(planFilter(read('lage=draft&sena=1'))).toEqual({ states: ['DRAFT'], overdue: true });
    expect(isFiltered(read('antal=100'))).toBe(false);
    expect(isFiltered(read('sok=rutin'))).toBe(true);
  });

  it('leaves out what it does not know', () => {
    expect(read('ar=i%20fjol&lage=lost,draft&steg=__proto__&sena=ja&antal=999999')).toEqual({
      year: null,
      areaKey: null,
      states: ['DRAFT'],
      step: null,
      overdue: false,
      search: '',
      shown: 50,
    });
  });

  it('is written by the form without what was left empty', () => {
    const form = new FormData();
    form.set('sok', 'rutin');
    form.set('lage', '');
    expect(queryOf(form)).toBe('?sok=rutin');
  });
});
