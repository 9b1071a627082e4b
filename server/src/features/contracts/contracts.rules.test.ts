import { expect, test } from 'vitest';
import type { ContractAreaFacts } from './contracts.model.js';
import { factsChange, neutralProviderName, newHuvudman, shortAreaName } from './contracts.rules.js';

test.each([
  ['Kundvalet – hemtjänst, basal hemsjukvård, hemrehabilitering', 'Kundvalet'],
  ['Korttidsboende för äldre inklusive läkarinsatser', 'Korttidsboende för äldre'],
  ['Bostad med särskild service för vuxna (LSS 9 § 9)', 'Bostad med särskild service för vuxna'],
  ['Fotsjukvård', 'Fotsjukvård'],
])('the short name of %s', (name, short) => {
  expect(shortAreaName(name)).toBe(short);
});

test('a provider without a name gets a neutral one', () => {
  expect(neutralProviderName('Kundvalet – hemtjänst', 1)).toBe('Kundvalet, utförare 1');
});

const facts: ContractAreaFacts = {
  ...{ name: 'Fotsjukvård', serviceArea: 1, serviceAreaSource: 'STATED', category: 'A' },
  ...{ laws: ['HSL'], contractForms: ['LOV'], providerCount: 6, unitCount: null },
};

test('importing tells a new row from a changed one, in every field', () => {
  expect(factsChange(undefined, facts)).toBe('CREATED');
  expect(factsChange(facts, { ...facts, laws: ['HSL'] })).toBe('UNCHANGED');
  const changes: Partial<ContractAreaFacts>[] = [
    ...[{ name: 'x' }, { serviceArea: 2 }, { serviceAreaSource: 'ASSUMED' as const }, { category: null }, { laws: [] }],
    ...[{ contractForms: ['LOV', 'LOU'] }, { providerCount: null }, { unitCount: 0 }],
  ];
  for (const change of changes) expect(factsChange(facts, { ...facts, ...change })).toBe('UPDATED');
});

test('a huvudman without local rules gets the usual ones, and keeps those it has', () => {
  const bare = { key: 'b', name: 'Bykommunen', shortName: 'Byn' };
  expect(newHuvudman(bare)).toMatchObject({ planWord: 'handlingsplan', metStep: 'VERIFIED', diaryPrefix: 'BYN' });
  expect(newHuvudman({ ...bare, metStep: 'APPROVED' }).metStep).toBe('APPROVED');
});
