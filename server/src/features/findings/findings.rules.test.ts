import { expect, test } from 'vitest';
import { yearsInRow } from './findings.rules.js';

test.each([
  [2022, [2022], 1],
  [2022, [], 1],
  [2022, [2022, 2021, 2020], 3],
  [2022, [2020, 2021, 2021, 2023], 3],
  [2022, [2022, 2020, 2019], 1],
])('a finding of %i, with findings in %j, has stood %i years', (year, years, count) => {
  expect(yearsInRow(year, years)).toBe(count);
});
