import type { EarlierGradeRowFacts } from '../assessment/index.js';
import type { Columns } from './csvFile.rules.js';
import { duplicateKeys, RowReader } from './fields.rules.js';
import type { CsvRow, ImportRowError } from './imports.model.js';
import { GRADES, SOURCES } from './words.rules.js';

export const EARLIER_COLUMNS: Columns = { required: ['key', 'year', 'grade', 'source'], optional: [] };

const FIRST_YEAR = 1990;

export interface EarlierLine {
  readonly row: CsvRow;
  readonly facts: EarlierGradeRowFacts;
}

/** Grades of years before `year`, or what is wrong with the rows. `areaKeys`: every key the huvudman has had. */
export function readEarlierGrades(
  rows: readonly CsvRow[],
  year: number,
  areaKeys: ReadonlySet<string>,
): { lines: EarlierLine[]; errors: ImportRowError[] } {
  const errors = duplicateKeys(rows, ({ values }) => `${values['key']}:${values['year']}`, 'key');
  const lines: EarlierLine[] = [];
  for (const row of rows) {
    const read = new RowReader(row);
    const contractAreaKey = read.key('key');
    if (contractAreaKey !== '' && !areaKeys.has(contractAreaKey)) {
      read.fault('key', 'UNKNOWN_AREA', `Avtalsområdet ${contractAreaKey} finns inte. Läs in avtalsområdena först, eller rätta nyckeln.`);
    }
    const of = read.number('year', FIRST_YEAR);
    if (of !== null && of >= year) read.fault('year', 'YEAR_NOT_EARLIER', `${of} är inte ett tidigare år än ${year}.`);
    const grade = read.word('grade', GRADES, 'BAD_GRADE') ?? 'GREEN';
    const source = read.word('source', SOURCES, 'BAD_SOURCE') ?? 'ASSUMED';
    errors.push(...read.errors);
    lines.push({ row, facts: { contractAreaKey, year: of ?? 0, grade, source } });
  }
  return { lines, errors };
}
