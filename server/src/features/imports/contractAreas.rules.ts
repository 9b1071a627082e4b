import type { Grade } from '../assessment/index.js';
import type { ContractAreaFacts } from '../contracts/index.js';
import type { Columns } from './csvFile.rules.js';
import { duplicateKeys, RowReader } from './fields.rules.js';
import type { CsvRow, ImportRowError } from './imports.model.js';
import { CATEGORIES, CONTRACT_FORMS, GRADES, LAWS, SOURCES } from './words.rules.js';

export const CONTRACT_AREA_COLUMNS: Columns = {
  required: ['key', 'name', 'service_area', 'service_area_source', 'category', 'grade', 'providers', 'units', 'contract_forms', 'laws'],
  optional: [],
};

export interface ContractAreaLine {
  readonly row: CsvRow;
  readonly key: string;
  readonly facts: ContractAreaFacts;
  /** null: the file gives none. */
  readonly grade: Grade | null;
}

/** Contract areas of one year, or what is wrong with the rows. */
export function readContractAreas(rows: readonly CsvRow[]): { lines: ContractAreaLine[]; errors: ImportRowError[] } {
  const errors = duplicateKeys(rows, (row) => row.values['key'] ?? '', 'key');
  const lines: ContractAreaLine[] = [];
  for (const row of rows) {
    const read = new RowReader(row);
    const key = read.key('key');
    const facts = {
      name: read.required('name', 300),
      serviceArea: read.number('service_area', 1) ?? 0,
      serviceAreaSource: read.word('service_area_source', SOURCES, 'BAD_SOURCE') ?? 'ASSUMED',
      category: read.optionalWord('category', CATEGORIES, 'BAD_CATEGORY'),
      providerCount: read.optionalNumber('providers', 0),
      unitCount: read.optionalNumber('units', 0),
      contractForms: read.words('contract_forms', CONTRACT_FORMS, 'BAD_CONTRACT_FORM'),
      laws: read.words('laws', LAWS, 'BAD_LAW'),
    };
    const grade = read.optionalWord('grade', GRADES, 'BAD_GRADE');
    errors.push(...read.errors);
    lines.push({ row, key, facts, grade });
  }
  return { lines, errors };
}
