/** What a person's way of writing a date means. `day` is there when the day was read but does not exist. */
export type ReadDate =
  | { date: string | null }
  | { fault: 'UNREADABLE' }
  | { fault: 'YEAR_MISSING' }
  | { fault: 'NO_SUCH_DAY'; day: number; month: number; nearest: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];
const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const EARLIEST = 2000;
const LATEST = 2099;

const two = (value: number): string => String(value).padStart(2, '0');
const lastDayOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function dateOf(year: number, month: number, day: number): ReadDate {
  if (year < EARLIEST || year > LATEST || month < 1 || month > 12 || day < 1 || day > 31) return { fault: 'UNREADABLE' };
  const last = lastDayOf(year, month);
  if (day > last) return { fault: 'NO_SUCH_DAY', day, month, nearest: `${year}-${two(month)}-${two(last)}` };
  return { date: `${year}-${two(month)}-${two(day)}` };
}

function monthOf(word: string): number {
  const start = word.slice(0, 3).toLowerCase();
  return Math.max(MONTHS.indexOf(start), ENGLISH.indexOf(start)) + 1;
}

const fullYear = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

type Reading = (parts: RegExpMatchArray) => ReadDate;

// Year first as the standard has it; day first as people write it. Never month first: nobody here does.
const FORMS: readonly [RegExp, Reading][] = [
  [/^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})$/, (p) => dateOf(Number(p[1]), Number(p[2]), Number(p[3]))],
  [/^(\d{4})(\d{2})(\d{2})$/, (p) => dateOf(Number(p[1]), Number(p[2]), Number(p[3]))],
  [/^(\d{2})(\d{2})(\d{2})$/, (p) => dateOf(fullYear(p[1] ?? ''), Number(p[2]), Number(p[3]))],
  [/^(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})$/, (p) => dateOf(fullYear(p[3] ?? ''), Number(p[2]), Number(p[1]))],
  [/^(?:den )?(\d{1,2})(?::?[ae])?\.? ?(\p{L}{3,9})\.?,? ?(\d{4})$/u, (p) => dateOf(Number(p[3]), monthOf(p[2] ?? ''), Number(p[1]))],
  [/^(?:den )?(\d{1,2})(?:[-./ ]\d{1,2}| ?\p{L}{3,9})$/u, () => ({ fault: 'YEAR_MISSING' })],
];

/** Reads a date however it is written: 2026-1-5, 20260105, 5/1 2026, 5 januari 2026. Blank means none. */
export function readDate(text: string): ReadDate {
  const tidy = text
    .trim()
    .replace(/[‐‑–—−]/g, '-')
    .replace(/\s*([-./])\s*/g, '$1')
    .replace(/\s+/g, ' ');
  if (tidy === '') return { date: null };
  for (const [form, read] of FORMS) {
    const parts = tidy.match(form);
    if (parts !== null) return read(parts);
  }
  return { fault: 'UNREADABLE' };
}

/**
 * What a text under way makes of the plan's date. An old date never stands behind a text that says something else: null while it can't be read.
 * undefined: leave it be, the rest is read when the field is left.
 */
export function dateWhileTyping(text: string): string | null | undefined {
  const read = readDate(text);
  if ('fault' in read) return null;
  return read.date === text.trim() ? read.date : undefined;
}
