import { expect, test } from 'vitest';
import { contradictions, type SourceYear } from './contradictions.rules.js';

const area = (key: string, more: Partial<SourceYear['areas'][number]> = {}) =>
  ({ key, serviceArea: 1, serviceAreaSource: 'STATED', grade: 'GREEN', ...more }) as const;

const source = (more: Partial<SourceYear>): SourceYear => ({ year: 2022, areas: [], findings: [], stated: [], decidedOn: null, ...more });

const all = (figure: string, value: string, scope = 'all') => ({ figure, scope, value });

test('a source that agrees with its rows contradicts nothing', () => {
  const agreeing = source({
    areas: [area('a'), area('b', { grade: 'RED' })],
    findings: [{ contractAreaKey: 'b', planInSource: 'upprättad', planSource: 'STATED' }],
    stated: [
      all('contract_areas', '2'),
      all('contract_areas_named', '2'),
      all('green', '1'),
      all('red', '1', '1'),
      all('plans_drawn_up', '1'),
      all('decided', '2023-06-08', ''),
    ],
    decidedOn: '2023-06-08',
  });
  expect(contradictions(agreeing)).toEqual([]);
});

test('an area that is counted but not named', () => {
  const found = contradictions(
    source({ areas: [area('a'), area('ej-namngivet')], stated: [all('contract_areas', '2'), all('contract_areas_named', '1')] }),
  );
  expect(found).toEqual([
    {
      code: 'UNNAMED_AREA',
      title: '1 namn, men 2 räknade',
      statedText: '2 avtalsområden',
      rowsText: '1 har namn, 1 saknar namn',
      rowsHref: '/bedomning?year=2022&areas=ej-namngivet',
    },
  ]);
});

test('plans that are said to be drawn up while the rows say otherwise; an area is as far as its last finding', () => {
  const finding = (contractAreaKey: string, planInSource: string) => ({ contractAreaKey, planInSource, planSource: 'STATED' }) as const;
  const [found] = contradictions(
    source({
      areas: ['a', 'b', 'c', 'd'].map((key) => area(key)),
      findings: [
        finding('a', 'upprättad'),
        finding('b', 'inkommen'),
        finding('c', 'upprättad'),
        finding('c', 'under framtagande'),
        finding('d', 'begärd'),
      ],
      stated: [all('plans_drawn_up', '4')],
    }),
  );
  expect(found).toMatchObject({
    code: 'PLANS_DRAWN_UP',
    statedText: 'planer är upprättade för 4 avtalsområden',
    rowsText: '2 avtalsområden utan upprättad plan: 1 begärd, 1 under framtagande; övriga: 1 inkommen, 1 upprättad',
    rowsHref: '/bedomning?year=2022&areas=c,d',
  });
});

test('what is assumed is shown with its rows', () => {
  const found = contradictions(
    source({
      areas: [area('a'), area('b', { serviceAreaSource: 'ASSUMED' })],
      findings: [{ contractAreaKey: 'a', planInSource: 'begärd', planSource: 'ASSUMED' }],
    }),
  );
  expect(found.map(({ code, rowsHref }) => [code, rowsHref])).toEqual([
    ['SERVICE_AREA_ASSUMED', '/bedomning?year=2022&areas=b'],
    ['PLAN_ASSUMED', '/bedomning?year=2022&areas=a'],
  ]);
});

test('every stated total that the rows do not add up to, and a date that is not the one registered', () => {
  const found = contradictions(
    source({
      areas: [area('a'), area('b', { serviceArea: 2, grade: 'YELLOW' })],
      stated: [all('green', '1'), all('yellow', '2', '2'), all('red', '1'), all('decided', '2023-06-08', '')],
      decidedOn: '2023-06-09',
    }),
  );
  expect(found.map(({ title, statedText, rowsText, rowsHref }) => ({ title, statedText, rowsText, rowsHref }))).toEqual([
    { title: 'Antal gula i område 2', statedText: '2 avtalsområden', rowsText: '1 avtalsområde', rowsHref: '/bedomning?year=2022&areas=b' },
    { title: 'Antal röda', statedText: '1 avtalsområde', rowsText: '0 avtalsområden', rowsHref: null },
    { title: 'Beslutsdatum', statedText: '2023-06-08', rowsText: '2023-06-09', rowsHref: null },
  ]);
});
