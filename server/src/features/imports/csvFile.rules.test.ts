import { describe, expect, test } from 'vitest';
import { Refused } from '../../platform/outcome.js';
import { MAX_FILE_BYTES, MAX_ROWS, readCsv, type CsvTable } from './csvFile.rules.js';

const columns = { required: ['key', 'name'], optional: ['note'] };

function table(csv: string | Uint8Array): CsvTable {
  const read = readCsv(csv, columns);
  if (read instanceof Refused) throw new Error(read.message);
  return read;
}

function refusal(csv: string | Uint8Array): Refused {
  const read = readCsv(csv, columns);
  if (!(read instanceof Refused)) throw new Error('it was read');
  return read;
}

describe('what is read', () => {
  test.each([
    ['comma', 'key,name\na,Åsa'],
    ['semicolon', 'key;name\na;Åsa'],
    ['tab', 'key\tname\na\tÅsa'],
    ['BOM', '\uFEFFkey,name\na,Åsa'],
    ['CRLF', 'key,name\r\na,Åsa\r\n'],
    ['other order and case, blanks around', ' Name , KEY\n Åsa , a '],
    ['empty lines', '\nkey,name\n\na,Åsa\n\n'],
    ['rows of only separators', 'key,name\na,Åsa\n,\n'],
  ])('%s', (_name, csv) => {
    expect(table(csv).rows.map((row) => row.values)).toEqual([{ key: 'a', name: 'Åsa', note: '' }]);
  });

  test('quoted fields keep separators, quotes and line breaks, and lines are still counted as an editor does', () => {
    const { rows } = table('key,name\r\na,"Barn, ""unga""\r\noch vuxna"\r\nb,Öst\r\n');
    expect(rows).toEqual([
      { line: 2, values: { key: 'a', name: 'Barn, "unga"\noch vuxna', note: '' } },
      { line: 4, values: { key: 'b', name: 'Öst', note: '' } },
    ]);
  });

  test('bytes are read as UTF-8', () => {
    expect(table(new TextEncoder().encode('\uFEFFkey,name\na,åäö')).rows[0]?.values['name']).toBe('åäö');
  });
});

describe('faults of single rows', () => {
  test('too few and too many fields, with their line', () => {
    const { rows, errors } = table('key,name\na\nb,Öst\nc,d,e');
    expect(rows.map((row) => row.line)).toEqual([3]);
    expect(errors.map(({ line, code }) => [line, code])).toEqual([
      [2, 'TOO_FEW_COLUMNS'],
      [4, 'TOO_MANY_COLUMNS'],
    ]);
  });

  test('columns missing, unknown and doubled', () => {
    expect(table('key,nmae,key\na,b,c').errors.map(({ column, code }) => [column, code])).toEqual([
      ['name', 'COLUMN_MISSING'],
      ['nmae', 'COLUMN_UNKNOWN'],
      ['key', 'COLUMN_DOUBLED'],
    ]);
  });
});

describe('what is refused whole', () => {
  test.each([
    ['nothing', ''],
    ['only line breaks', '\r\n\r\n'],
    ['only a header', 'key,name\n'],
  ])('%s is an empty file', (_name, csv) => {
    expect(refusal(csv).code).toBe('FILE_EMPTY');
  });

  test.each<[string, string | Uint8Array]>([
    ['latin1 bytes', new Uint8Array(Buffer.from('key,name\na,Åsa', 'latin1'))],
    ['latin1 that was decoded all the same', 'key,name\na,\uFFFDsa'],
    ['UTF-8 that was read as latin1', 'key,name\na,FotsjukvÃ¥rd'],
    ['UTF-8 that was read as Windows-1252', 'key,name\na,Ã…sa'],
    ['UTF-16', new Uint8Array(Buffer.from('key,name\na,b', 'utf16le'))],
  ])('%s: it says that the file is not UTF-8', (_name, csv) => {
    expect(refusal(csv)).toMatchObject({ code: 'NOT_UTF8', message: expect.stringContaining('UTF-8') as string });
  });

  test('quotes that do not close', () => {
    expect(refusal('key,name\na,"Åsa\nb,c').code).toBe('BAD_QUOTES');
  });

  test('more bytes or rows than the caps', () => {
    expect(refusal(`key,name\n${'x'.repeat(MAX_FILE_BYTES)}`).code).toBe('FILE_TOO_LARGE');
    expect(refusal(`key,name\n${'a,b\n'.repeat(MAX_ROWS + 1)}`).code).toBe('TOO_MANY_ROWS');
    expect(table(`key,name\n${'a,b\n'.repeat(MAX_ROWS)}`).rows).toHaveLength(MAX_ROWS);
  });
});
