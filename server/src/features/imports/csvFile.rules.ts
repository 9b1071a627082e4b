import { parse } from 'csv-parse/sync';
import { Refused } from '../../platform/outcome.js';
import type { CsvRow, ImportRowError } from './imports.model.js';

/** Bytes of UTF-8. Norrtälje's year is 10 kB; the largest huvudman's would be some hundred. */
export const MAX_FILE_BYTES = 1_048_576;
export const MAX_ROWS = 5_000;
const DELIMITERS = [',', ';', '\t'] as const;

export interface Columns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export interface CsvTable {
  readonly rows: readonly CsvRow[];
  readonly errors: readonly ImportRowError[];
}

/**
 * Reads a CSV file: UTF-8 with or without BOM; comma, semicolon or tab; quoted fields; either line ending.
 * @returns the rows and the faults of single rows, or a refusal when it can't be read as a table at all
 */
export function readCsv(csv: string | Uint8Array, columns: Columns): CsvTable | Refused {
  const text = decode(csv);
  if (text instanceof Refused) return text;
  const records = parseRecords(text);
  if (records instanceof Refused) return records;
  const [header, ...body] = records;
  if (!header) return new Refused('FILE_EMPTY', 'Filen är tom.');
  if (body.length > MAX_ROWS)
    return new Refused('TOO_MANY_ROWS', `Filen har ${body.length} rader; högst ${MAX_ROWS} går att läsa in åt gången.`);
  const names = header.cells.map((name) => name.trim().toLowerCase());
  const headerErrors = checkHeader(header.line, names, columns);
  if (headerErrors.length > 0) return { rows: [], errors: headerErrors };
  if (body.length === 0) return new Refused('FILE_EMPTY', 'Filen har en rubrikrad men inga rader.');
  return readRows(body, names, columns);
}

function decode(csv: string | Uint8Array): string | Refused {
  const bytes = typeof csv === 'string' ? Buffer.byteLength(csv) : csv.byteLength;
  if (bytes > MAX_FILE_BYTES) return new Refused('FILE_TOO_LARGE', `Filen är för stor: högst ${MAX_FILE_BYTES / 1_048_576} MB.`);
  const text = typeof csv === 'string' ? csv : decodeBytes(csv);
  if (text === null) return notUtf8(null);
  if (text.includes('\0'))
    return new Refused('NOT_UTF8', 'Filen är inte sparad som UTF-8 (den ser ut att vara UTF-16). Spara den som "CSV UTF-8".');
  // U+FFFD: bytes that were not UTF-8 and were decoded all the same. Ã + a second half: UTF-8 that was read as latin1.
  const broken = text.split('\n').findIndex((line) => /\uFFFD|Ã[\u0080-\u00BF€„…†–—˜™š›œ]/.test(line));
  if (broken >= 0) return notUtf8(broken + 1);
  // One kind of line break, inside quoted fields too: the parser counts CRLF there as two lines.
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

function decodeBytes(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const notUtf8 = (line: number | null): Refused =>
  new Refused(
    'NOT_UTF8',
    `Filen är inte sparad som UTF-8${line === null ? '' : ` (rad ${line})`}: å, ä och ö går inte att läsa. Spara den som "CSV UTF-8" och försök igen.`,
  );

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

function parseRecords(text: string): Line[] | Refused {
  try {
    const found = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const lines = found.map(({ record, info }) => ({ line: startLine(record, info.lines), cells: record }));
    return lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  } catch (error) {
    const { lines, code } = error as { lines?: number; code?: string };
    if (!code?.startsWith('CSV_')) throw error;
    return new Refused(
      'BAD_QUOTES',
      `Citattecknen går inte ihop, senast på rad ${lines ?? 1}. Ett citattecken inuti ett fält skrivs två gånger.`,
    );
  }
}

/** The parser counts lines where a record ends; a quoted field may have carried it over several. */
function startLine(record: readonly string[], endLine: number): number {
  const breaks = record.reduce((sum, cell) => sum + (cell.split('\n').length - 1), 0);
  return endLine - breaks;
}

/** The separator that divides the header into most columns. */
function delimiterOf(text: string): string {
  const header = text.replace(/^\s+/, '').split('\n', 1)[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).delimiter;
}

function checkHeader(line: number, names: readonly string[], { required, optional }: Columns): ImportRowError[] {
  const known = [...required, ...optional];
  const list = required.join(', ');
  const missing = required
    .filter((name) => !names.includes(name))
    .map((name) => ({
      line,
      column: name,
      value: '',
      code: 'COLUMN_MISSING',
      message: `Kolumnen ${name} saknas. Filen ska ha kolumnerna ${list}.`,
    }));
  const unknown = names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      line,
      column: name,
      value: name,
      code: 'COLUMN_UNKNOWN',
      message: `Kolumnen "${name}" är okänd. Ta bort den eller rätta namnet.`,
    }));
  const doubled = names
    .filter((name, at) => known.includes(name) && names.indexOf(name) !== at)
    .map((name) => ({ line, column: name, value: name, code: 'COLUMN_DOUBLED', message: `Kolumnen ${name} finns två gånger.` }));
  return [...missing, ...unknown, ...doubled];
}

function readRows(body: readonly Line[], names: readonly string[], { required, optional }: Columns): CsvTable {
  const rows: CsvRow[] = [];
  const errors: ImportRowError[] = [];
  for (const { line, cells } of body) {
    if (cells.length !== names.length) {
      const many = cells.length > names.length;
      const message = `Raden har ${cells.length} fält men rubriken ${names.length}. ${many ? 'Står ett fält med skiljetecken utan citattecken?' : 'Ett fält saknas.'}`;
      errors.push({
        line,
        column: '',
        value: cells.join(' | ').slice(0, 200),
        code: many ? 'TOO_MANY_COLUMNS' : 'TOO_FEW_COLUMNS',
        message,
      });
      continue;
    }
    const values = Object.fromEntries([...required, ...optional].map((name) => [name, (cells[names.indexOf(name)] ?? '').trim()]));
    rows.push({ line, values });
  }
  return { rows, errors };
}
