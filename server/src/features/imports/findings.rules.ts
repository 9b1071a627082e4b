import type { FindingFacts } from '../findings/index.js';
import type { Columns } from './csvFile.rules.js';
import { duplicateKeys, RowReader } from './fields.rules.js';
import type { CsvRow, ImportRowError } from './imports.model.js';
import { FOCUS_AREAS, KINDS, LAWS, PLAN_WORDS, SOURCES } from './words.rules.js';

export const FINDING_COLUMNS: Columns = {
  required: ['contract_area', 'key', 'kind', 'law', 'focus_area', 'krav', 'observation', 'plan_in_source', 'plan_source'],
  optional: ['provider'],
};

const LONGEST_TEXT = 4_000;

export interface FindingLine {
  readonly row: CsvRow;
  readonly key: string;
  readonly facts: FindingFacts;
}

/** What the rows are set against. */
export interface FindingSurroundings {
  readonly year: number;
  /** Names of the providers with a contract, by the key of each area that year. */
  readonly providersByArea: ReadonlyMap<string, ReadonlySet<string>>;
  /** Findings already there, by key. */
  readonly present: ReadonlyMap<string, { readonly contractAreaKey: string; readonly providerName: string; readonly planned: boolean }>;
}

/** Findings of one year, or what is wrong with the rows. */
export function readFindings(rows: readonly CsvRow[], around: FindingSurroundings): { lines: FindingLine[]; errors: ImportRowError[] } {
  const errors = duplicateKeys(rows, (row) => row.values['key'] ?? '', 'key');
  const lines: FindingLine[] = [];
  for (const row of rows) {
    const read = new RowReader(row);
    const line = readFinding(row, read);
    checkArea(line, read, around);
    checkPresent(line, read, around);
    errors.push(...read.errors);
    lines.push(line);
  }
  return { lines, errors };
}

function readFinding(row: CsvRow, read: RowReader): FindingLine {
  const key = read.key('key');
  const facts: FindingFacts = {
    contractAreaKey: read.key('contract_area'),
    kind: read.word('kind', KINDS, 'BAD_KIND') ?? 'BRIST',
    law: read.words('law', LAWS, 'BAD_LAW').join(' och ') || null,
    focusArea: read.word('focus_area', FOCUS_AREAS, 'BAD_FOCUS_AREA') ?? '',
    krav: read.prose('krav', LONGEST_TEXT),
    observation: read.prose('observation', LONGEST_TEXT),
    planInSource: read.optionalWord('plan_in_source', PLAN_WORDS, 'BAD_PLAN_WORD') ?? '',
    planSource: read.word('plan_source', SOURCES, 'BAD_SOURCE') ?? 'ASSUMED',
    providerName: read.optional('provider', 200) || null,
  };
  return { row, key, facts };
}

function checkArea({ facts }: FindingLine, read: RowReader, { year, providersByArea }: FindingSurroundings): void {
  const { contractAreaKey, providerName } = facts;
  if (contractAreaKey === '') return;
  const providers = providersByArea.get(contractAreaKey);
  if (!providers) {
    read.fault(
      'contract_area',
      'UNKNOWN_AREA',
      `Avtalsområdet ${contractAreaKey} finns inte ${year}. Läs in avtalsområdena först, eller rätta nyckeln.`,
    );
  } else if (providerName !== null && !providers.has(providerName)) {
    read.fault(
      'provider',
      'UNKNOWN_PROVIDER',
      `${providerName} har inget avtal i ${contractAreaKey}. Rätta namnet, eller lämna fältet tomt.`,
    );
  }
}

/** A plan belongs to its finding's area and provider: a file can't move the finding away from under it. */
function checkPresent({ key, facts }: FindingLine, read: RowReader, { present }: FindingSurroundings): void {
  const finding = present.get(key);
  if (!finding) return;
  if (finding.contractAreaKey !== facts.contractAreaKey) {
    read.fault('key', 'KEY_TAKEN', `Nyckeln ${key} hör redan till en brist i ${finding.contractAreaKey}. Välj en annan nyckel.`);
  } else if (finding.planned && facts.providerName !== null && facts.providerName !== finding.providerName) {
    read.fault(
      'provider',
      'PROVIDER_LOCKED',
      `Bristen har en begärd plan hos ${finding.providerName}. Återkalla begäran innan utföraren byts.`,
    );
  }
}
