import { expect, it } from 'vitest';
import { demoGroups } from './demoGroups.js';

it('puts the organisation with most people first, and keeps the order within it', () => {
  const accounts = [
    { key: 'a', organisation: 'Turbundna resor' },
    { key: 'b', organisation: 'Kundvalet' },
    { key: 'c', organisation: 'Kundvalet' },
    { key: 'd', organisation: 'Fotsjukvård' },
  ];
  expect(demoGroups(accounts).map((group) => [group.organisation, group.accounts.map((account) => account.key)])).toEqual([
    ['Kundvalet', ['b', 'c']],
    ['Fotsjukvård', ['d']],
    ['Turbundna resor', ['a']],
  ]);
});
