interface RowFault {
  /** 1 is the heading row, as an editor counts. */
  readonly line: number;
  readonly column: string;
  readonly message: string;
}

interface CsvRecord {
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

/** Rows of a CSV text with the lines they stand on: a quoted field may hold line breaks. */
function recordsOf(csv: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let open: { first: number; text: string } | null = null;
  for (const [index, text] of csv
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const whole: string = open ? `${open.text}\n${text}` : text;
    const first: number = open?.first ?? index + 1;
    const quoted = (whole.match(/"/g)?.length ?? 0) % 2 === 1;
    open = quoted ? { first, text: whole } : null;
    if (!quoted) records.push({ first, last: index + 1, text: whole });
  }
  if (open) records.push({ first: open.first, last: Number.POSITIVE_INFINITY, text: open.text });
  return records;
}

/** The separator of the heading row, so that the file opens the same way as the one it came from. */
const separatorOf = (header: string): string => (['\t', ';', ','] as const).find((mark) => header.includes(mark)) ?? ',';

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The rows that could not be read, under their headings, with what is wrong in a last column. Mended and saved, it can be imported as it is once that column is gone. */
export function faultyRows(csv: string, faults: readonly RowFault[], faultHeading: string): string {
  const [header, ...rows] = recordsOf(csv);
  if (!header) return '';
  const separator = separatorOf(header.text);
  const lines = rows.flatMap((row) => {
    const its = faults.filter((fault) => fault.line >= row.first && fault.line <= row.last);
    return its.length === 0 ? [] : [`${row.text}${separator}${quote(its.map((fault) => `${fault.column}: ${fault.message}`).join(' '))}`];
  });
  return [`${header.text}${separator}${faultHeading}`, ...lines].join('\r\n');
}
