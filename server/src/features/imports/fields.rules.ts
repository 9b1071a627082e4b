import { findPersonalData } from '@samsyn/schema';
import type { CsvRow, ImportRowError } from './imports.model.js';

const MAX_KEY = 80;
/** Keys go into addresses and links. */
const KEY = /^[a-z0-9][a-z0-9-]*$/;

/** Reads the fields of one row, collecting what is wrong instead of stopping at the first. */
export class RowReader {
  readonly errors: ImportRowError[] = [];

  constructor(private readonly row: CsvRow) {}

  /** Adds a fault about a column, or with '' about the whole row. */
  fault(column: string, code: string, message: string): void {
    const value = (this.row.values[column] ?? '').slice(0, 200);
    this.errors.push({ line: this.row.line, column, value, code, message });
  }

  /** The field as it stands; empty when it is. */
  optional(column: string, longest: number): string {
    const text = this.row.values[column] ?? '';
    if (text.length > longest) this.fault(column, 'TOO_LONG', `Högst ${longest} tecken; fältet har ${text.length}.`);
    return text;
  }

  required(column: string, longest: number): string {
    const text = this.optional(column, longest);
    if (text === '') this.fault(column, 'VALUE_MISSING', `${column} måste ha ett värde.`);
    return text;
  }

  /** Prose about the service. It never names a brukare: what looks like a personal identity number is a fault (I10). */
  prose(column: string, longest: number): string {
    const text = this.required(column, longest);
    if (findPersonalData(text).some(({ kind }) => kind === 'PERSONAL_NUMBER' || kind === 'COORDINATION_NUMBER')) {
      const message = 'Texten innehåller något som ser ut som ett personnummer. Ta bort det: underlaget får inte peka ut någon.';
      this.errors.push({ line: this.row.line, column, value: '', code: 'PERSONAL_NUMBER', message });
    }
    return text;
  }

  key(column: string): string {
    const text = this.required(column, MAX_KEY);
    if (text !== '' && !KEY.test(text))
      this.fault(column, 'BAD_KEY', `"${text}" är ingen nyckel: små bokstäver a–z, siffror och bindestreck.`);
    return text;
  }

  /** A word of a fixed list, in any case. Empty is a fault. */
  word<T>(column: string, words: Readonly<Record<string, T>>, code: string): T | null {
    const text = this.required(column, 200);
    return text === '' ? null : this.lookUp(column, text, words, code);
  }

  /** As `word`, but empty is null without a fault. */
  optionalWord<T>(column: string, words: Readonly<Record<string, T>>, code: string): T | null {
    const text = this.optional(column, 200);
    return text === '' ? null : this.lookUp(column, text, words, code);
  }

  /** Words of a fixed list with | between; empty is an empty list. */
  words<T>(column: string, words: Readonly<Record<string, T>>, code: string): T[] {
    const parts = this.optional(column, 200)
      .split('|')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    return parts.map((part) => this.lookUp(column, part, words, code)).filter((word) => word !== null);
  }

  /** Whole number of at least `least`. Empty is a fault. */
  number(column: string, least: number): number | null {
    return this.required(column, 20) === '' ? null : this.optionalNumber(column, least);
  }

  /** As `number`, but empty is null without a fault. */
  optionalNumber(column: string, least: number): number | null {
    const text = this.row.values[column] ?? '';
    if (text === '') return null;
    const number = /^\d{1,6}$/.test(text) ? Number(text) : -1;
    if (number >= least) return number;
    this.fault(column, 'BAD_NUMBER', `"${text}" är inget heltal från ${least} och uppåt.`);
    return null;
  }

  private lookUp<T>(column: string, text: string, words: Readonly<Record<string, T>>, code: string): T | null {
    const found = Object.entries(words).find(([word]) => word.toLowerCase() === text.toLowerCase());
    if (found) return found[1];
    this.fault(column, code, `"${text}" går inte att använda i ${column}. Välj ett av: ${Object.keys(words).join(', ')}.`);
    return null;
  }
}

/** A fault for every row whose key an earlier row has. */
export function duplicateKeys(rows: readonly CsvRow[], keyOf: (row: CsvRow) => string, column: string): ImportRowError[] {
  const firstLine = new Map<string, number>();
  const errors: ImportRowError[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    const first = firstLine.get(key);
    if (first === undefined) firstLine.set(key, row.line);
    else if (key !== '') {
      errors.push({
        line: row.line,
        column,
        value: row.values[column] ?? '',
        code: 'DUPLICATE_KEY',
        message: `Samma nyckel finns redan på rad ${first}.`,
      });
    }
  }
  return errors;
}
