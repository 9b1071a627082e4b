import type { StatedFigure } from '../assessment/index.js';
import type { Columns } from './csvFile.rules.js';
import { duplicateKeys, RowReader } from './fields.rules.js';
import type { CsvRow, ImportRowError } from './imports.model.js';
import { COUNT_FIGURES, DATE_FIGURES } from './words.rules.js';

export const STATED_COLUMNS: Columns = { required: ['figure', 'scope', 'value'], optional: [] };

/** What the source itself states as totals and dates, or what is wrong with the rows. */
export function readStatedFigures(rows: readonly CsvRow[]): { figures: StatedFigure[]; errors: ImportRowError[] } {
  const errors = duplicateKeys(rows, ({ values }) => `${values['figure']}:${values['scope']}`, 'figure');
  const figures: StatedFigure[] = [];
  for (const row of rows) {
    const read = new RowReader(row);
    const figure = read.required('figure', 40);
    const scope = read.optional('scope', 10);
    const value = read.required('value', 40);
    if ((COUNT_FIGURES as readonly string[]).includes(figure)) checkCount(read, scope);
    else if ((DATE_FIGURES as readonly string[]).includes(figure)) checkDate(read, scope, value);
    else if (figure !== '') {
      read.fault('figure', 'UNKNOWN_FIGURE', `"${figure}" är okänt. Välj ett av: ${[...COUNT_FIGURES, ...DATE_FIGURES].join(', ')}.`);
    }
    errors.push(...read.errors);
    figures.push({ figure, scope, value });
  }
  return { figures, errors };
}

function checkCount(read: RowReader, scope: string): void {
  read.optionalNumber('value', 0);
  if (scope !== 'all' && !/^[1-9]\d{0,2}$/.test(scope)) read.fault('scope', 'BAD_SCOPE', 'Skriv "all" eller områdets nummer.');
}

function checkDate(read: RowReader, scope: string, value: string): void {
  if (scope !== '') read.fault('scope', 'BAD_SCOPE', 'Ett datum gäller hela året: lämna scope tomt.');
  if (value !== '' && !isDate(value)) read.fault('value', 'BAD_DATE', `"${value}" är inget datum på formen ÅÅÅÅ-MM-DD.`);
}

/** A real calendar date, `YYYY-MM-DD`. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
