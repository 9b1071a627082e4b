import type { ActorSnapshot } from '../accounts/index.js';
import type { GradeBook, GradeImport } from '../assessment/index.js';
import type { ContractsService, RowChange } from '../contracts/index.js';
import type { FindingsService } from '../findings/index.js';
import { CONTRACT_AREA_COLUMNS, readContractAreas } from './contractAreas.rules.js';
import type { Columns } from './csvFile.rules.js';
import { EARLIER_COLUMNS, readEarlierGrades } from './earlierGrades.rules.js';
import { FINDING_COLUMNS, readFindings, type FindingSurroundings } from './findings.rules.js';
import type { CsvRow, ImportKind, ImportRowError } from './imports.model.js';
import { readStatedFigures, STATED_COLUMNS } from './statedFigures.rules.js';

/** Whose year the rows are about. */
export interface ImportTarget {
  readonly huvudmanId: string;
  readonly year: number;
}

/** Rows read and set against what is there. With errors there is nothing to apply. */
interface Prepared {
  readonly errors: readonly ImportRowError[];
  /** One per row. */
  readonly changes: readonly RowChange[];
  /** Writes the rows. Call in a transaction, only when there are no errors. */
  apply(by: ActorSnapshot): Promise<void>;
}

export interface Importer {
  readonly columns: Columns;
  prepare(target: ImportTarget, rows: readonly CsvRow[]): Promise<Prepared>;
}

export interface ImporterDeps {
  readonly contracts: ContractsService;
  readonly findings: FindingsService;
  readonly gradeBook: GradeBook;
}

/** One importer for each kind of file. */
export function createImporters(deps: ImporterDeps): Readonly<Record<ImportKind, Importer>> {
  return {
    CONTRACT_AREAS: { columns: CONTRACT_AREA_COLUMNS, prepare: (target, rows) => prepareContractAreas(deps, target, rows) },
    FINDINGS: { columns: FINDING_COLUMNS, prepare: (target, rows) => prepareFindings(deps, target, rows) },
    STATED_FIGURES: { columns: STATED_COLUMNS, prepare: (target, rows) => prepareStated(deps, target, rows) },
    EARLIER_GRADES: { columns: EARLIER_COLUMNS, prepare: (target, rows) => prepareEarlier(deps, target, rows) },
  };
}

const refused = (errors: readonly ImportRowError[]): Prepared => ({
  errors,
  changes: [],
  apply: () => Promise.reject(new Error('a faulty file is never applied')),
});

async function prepareContractAreas(
  { contracts, gradeBook }: ImporterDeps,
  { huvudmanId, year }: ImportTarget,
  rows: readonly CsvRow[],
): Promise<Prepared> {
  const { lines, errors } = readContractAreas(rows);
  if (errors.length > 0) return refused(errors);
  const facts = new Map(lines.map((line) => [line.key, line.facts]));
  const grades = new Map(lines.map((line) => [line.key, line.grade]));
  const areaChanges = await contracts.contractAreaChanges(huvudmanId, year, facts);
  const gradeChanges = await gradeBook.gradeChanges(huvudmanId, year, grades);
  const fixed = await gradeBook.isFixed(huvudmanId, year);
  const conflicts = lines.flatMap(({ row, key }) => {
    const added = fixed && areaChanges.get(key) === 'CREATED';
    return added ? frozenFault(row, 'key', year) : gradeFault(row, gradeChanges.get(key), year);
  });
  if (conflicts.length > 0) return refused(conflicts);
  return {
    errors: [],
    changes: lines.map(({ key }) => joined(areaChanges.get(key), gradeChanges.get(key))),
    apply: async (by) => {
      await contracts.importContractAreas(huvudmanId, year, facts);
      await gradeBook.importGrades(huvudmanId, year, grades, by);
    },
  };
}

function joined(area: RowChange | undefined, grade: GradeImport | undefined): RowChange {
  if (area === 'CREATED') return 'CREATED';
  return area === 'UNCHANGED' && grade === 'UNCHANGED' ? 'UNCHANGED' : 'UPDATED';
}

function gradeFault(row: CsvRow, change: GradeImport | undefined, year: number): ImportRowError[] {
  if (change === 'YEAR_FIXED') return frozenFault(row, 'grade', year);
  if (change !== 'GRADE_DECIDED') return [];
  const message = 'Området har en bedömning som en person har beslutat. En fil ändrar den inte.';
  return [{ line: row.line, column: 'grade', value: row.values['grade'] ?? '', code: 'GRADE_DECIDED', message }];
}

const frozenFault = (row: CsvRow, column: string, year: number): ImportRowError[] => [
  {
    line: row.line,
    column,
    value: row.values[column] ?? '',
    code: 'YEAR_FIXED',
    message: `Bedömningen ${year} är fastställd och ändras inte av en fil.`,
  },
];

async function prepareFindings(deps: ImporterDeps, target: ImportTarget, rows: readonly CsvRow[]): Promise<Prepared> {
  const { huvudmanId, year } = target;
  const { lines, errors } = readFindings(rows, await findingSurroundings(deps, target));
  if (errors.length > 0) return refused(errors);
  const facts = new Map(lines.map((line) => [line.key, line.facts]));
  const changes = await deps.findings.findingChanges(huvudmanId, year, facts);
  return {
    errors: [],
    changes: lines.map(({ key }) => changes.get(key) ?? 'UNCHANGED'),
    apply: () => deps.findings.importFindings(huvudmanId, year, facts),
  };
}

async function findingSurroundings(
  { contracts, findings, gradeBook }: ImporterDeps,
  { huvudmanId, year }: ImportTarget,
): Promise<FindingSurroundings> {
  const areas = await contracts.contractAreas(huvudmanId, year);
  const providers = await contracts.providersByArea(huvudmanId);
  const planned = await gradeBook.plannedFindings(huvudmanId, year);
  const present = await findings.findingsOf(huvudmanId, year);
  const keys = new Map(areas.map((area) => [area.id, area.key]));
  const names = new Map([...providers.values()].flat().map((provider) => [provider.id, provider.name]));
  return {
    year,
    providersByArea: new Map(areas.map((area) => [area.key, new Set((providers.get(area.id) ?? []).map((provider) => provider.name))])),
    present: new Map(
      present.map((finding) => {
        const contractAreaKey = keys.get(finding.contractAreaId) ?? '';
        return [finding.key, { contractAreaKey, providerName: names.get(finding.providerId) ?? '', planned: planned.has(finding.id) }];
      }),
    ),
  };
}

async function prepareStated({ gradeBook }: ImporterDeps, { huvudmanId, year }: ImportTarget, rows: readonly CsvRow[]): Promise<Prepared> {
  const { figures, errors } = readStatedFigures(rows);
  if (errors.length > 0) return refused(errors);
  return {
    errors: [],
    changes: await gradeBook.statedChanges(huvudmanId, year, figures),
    apply: () => gradeBook.importStated(huvudmanId, year, figures),
  };
}

async function prepareEarlier(
  { contracts, gradeBook }: ImporterDeps,
  { huvudmanId, year }: ImportTarget,
  rows: readonly CsvRow[],
): Promise<Prepared> {
  const ids = await contracts.contractAreaIdsByKey(huvudmanId);
  const { lines, errors } = readEarlierGrades(rows, year, new Set(ids.keys()));
  if (errors.length > 0) return refused(errors);
  const facts = lines.map((line) => line.facts);
  const changes = await gradeBook.earlierChanges(huvudmanId, facts);
  const conflicts: ImportRowError[] = [];
  for (const [
    at,
    {
      row,
      facts: { year: of },
    },
  ] of lines.entries()) {
    if (changes[at] !== 'UNCHANGED' && (await gradeBook.isFixed(huvudmanId, of))) conflicts.push(...frozenFault(row, 'grade', of));
  }
  if (conflicts.length > 0) return refused(conflicts);
  return { errors: [], changes, apply: () => gradeBook.importEarlier(huvudmanId, facts) };
}
