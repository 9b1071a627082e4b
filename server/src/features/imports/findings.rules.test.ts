import { expect, test } from 'vitest';
import { readFindings, type FindingSurroundings } from './findings.rules.js';
import type { CsvRow } from './imports.model.js';

const row = (more: Record<string, string> = {}): CsvRow => ({
  line: 2,
  values: {
    ...{ contract_area: 'fot', key: 'fot-1', kind: 'brist', law: 'HSL', focus_area: 'Samverkan', krav: 'K', observation: 'O' },
    ...{ plan_in_source: '', plan_source: 'stated', provider: '', ...more },
  },
});

const around = (planned: boolean): FindingSurroundings => ({
  year: 2022,
  providersByArea: new Map([['fot', new Set(['Utförare 1', 'Utförare 2'])]]),
  present: new Map([['fot-1', { contractAreaKey: 'fot', providerName: 'Utförare 1', planned }]]),
});

const read = (values: Record<string, string>, planned = false) => {
  const { lines, errors } = readFindings([row(values)], around(planned));
  return { facts: lines[0]?.facts, codes: errors.map(({ column, code }) => [column, code]) };
};

test('several laws are kept together, so that both tracks review the plan', () => {
  expect(read({ law: 'sol|HSL' })).toMatchObject({ facts: { law: 'SoL och HSL', focusArea: 'samverkan', providerName: null }, codes: [] });
  expect(read({ law: '' }).facts?.law).toBeNull();
});

test('a finding changes provider only as long as no plan is demanded', () => {
  expect(read({ provider: 'Utförare 2' }).codes).toEqual([]);
  expect(read({ provider: 'Utförare 2' }, true).codes).toEqual([['provider', 'PROVIDER_LOCKED']]);
  expect(read({ provider: 'Utförare 1' }, true).codes).toEqual([]);
  expect(read({}, true).codes).toEqual([]);
});
