import { describe, expect, it } from 'vitest';
import { faultyRows } from './faultyRows.js';

const fault = (line: number, message = 'Skriv green, yellow eller red.', column = 'grade') => ({ line, column, message });

describe('faultyRows', () => {
  it('keeps only the rows at fault, with the reasons last', () => {
    const csv = 'key,grade\na,green\nb,lila\nc,red';
    expect(faultyRows(csv, [fault(3), fault(3, 'Nyckel saknas.', 'key')], 'fel')).toBe(
      'key,grade,fel\r\nb,lila,"grade: Skriv green, yellow eller red. key: Nyckel saknas."',
    );
  });
  it('follows the separator and drops the byte order mark', () => {
    expect(faultyRows('\uFEFFkey;grade\r\na;lila\r\n', [fault(2, 'Okänt')], 'fel')).toBe('key;grade;fel\r\na;lila;"grade: Okänt"');
  });
  it('finds a row whose quoted field spans lines by any of them', () => {
    const csv = 'key,text\na,"rad ett\nrad två"\nb,kort';
    expect(faultyRows(csv, [fault(3, 'För långt', 'text')], 'fel')).toBe('key,text,fel\r\na,"rad ett\nrad två","text: För långt"');
  });
  it('doubles quotation marks in the reasons', () => {
    expect(faultyRows('key\na', [fault(2, 'Skriv "A"', 'key')], 'fel')).toBe('key,fel\r\na,"key: Skriv ""A"""');
  });
});
