import { describe, expect, test } from 'vitest';
import type { AreaGrade, Grade } from './assessment.model.js';
import { earlierByArea } from './earlier.rules.js';
import { gradeImport, type GradeImport } from './gradeImport.rules.js';

const decidedBy = { userId: 'u', name: 'Avtalsansvarig', role: 'AVTALSANSVARIG', organisation: 'H', side: 'ADMINISTRATION' } as const;
const grade = (of: Grade, origin: AreaGrade['origin'], year = 2022): AreaGrade => ({
  ...{ contractAreaId: 'area', year, number: 1, grade: of, grounds: null, origin, decidedBy, decidedAt: new Date(0) },
});

describe('importing a grade', () => {
  test.each<[string, Grade | null, AreaGrade[], boolean, GradeImport]>([
    ['the first', 'YELLOW', [], false, 'CREATED'],
    ['the same again', 'YELLOW', [grade('YELLOW', 'IMPORT')], false, 'UNCHANGED'],
    ['a corrected source', 'RED', [grade('YELLOW', 'IMPORT')], false, 'UPDATED'],
    ['a file that states none', null, [grade('YELLOW', 'IMPORT')], true, 'UNCHANGED'],
    ['what it said before a person decided', 'YELLOW', [grade('YELLOW', 'IMPORT'), grade('RED', 'DECISION')], false, 'UNCHANGED'],
    ['something new after a person decided', 'GREEN', [grade('YELLOW', 'IMPORT'), grade('RED', 'DECISION')], false, 'GRADE_DECIDED'],
    ['the same grade in a frozen year', 'YELLOW', [grade('YELLOW', 'IMPORT')], true, 'UNCHANGED'],
    ['another grade in a frozen year', 'GREEN', [grade('YELLOW', 'IMPORT')], true, 'YEAR_FIXED'],
    ['a first grade in a frozen year', 'GREEN', [], true, 'YEAR_FIXED'],
  ])('%s', (_name, stated, history, frozen, expected) => {
    expect(gradeImport(stated, history, frozen)).toBe(expected);
  });
});

test('earlier years are newest first; what was decided here goes before what a source tells, and later years are left out', () => {
  const told = [2019, 2021].map((year) => ({ contractAreaId: 'area', year, grade: 'YELLOW', source: 'ASSUMED' }) as const);
  const decided = [grade('GREEN', 'IMPORT', 2021), grade('RED', 'DECISION', 2021), grade('RED', 'DECISION', 2022)];
  expect(earlierByArea(2022, told, decided).get('area')).toEqual([
    { year: 2021, grade: 'RED', source: 'STATED' },
    { year: 2019, grade: 'YELLOW', source: 'ASSUMED' },
  ]);
});
