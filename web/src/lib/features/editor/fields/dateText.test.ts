import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateWhileTyping, readDate } from './dateText.js';

describe('readDate', () => {
  it.each([
    '2026-01-05',
    '2026-1-5',
    '20260105',
    '260105',
    '2026/1/5',
    '2026.01.05',
    '2026 01 05',
    '2026–01–05',
    ' 2026 - 1 - 5 ',
    '5/1 2026',
    '5/1/2026',
    '05/01/26',
    '5.1.2026',
    '5-1-2026',
    '5 januari 2026',
    '5 jan 2026',
    '5 jan. 2026',
    'den 5 januari 2026',
    '5:e januari 2026',
    '5 January 2026',
  ])('reads %s', (text) => {
    expect(readDate(text)).toEqual({ date: '2026-01-05' });
  });

  it('takes blank as none', () => {
    expect(readDate('  ')).toEqual({ date: null });
  });

  it('says which day does not exist, and the nearest that does', () => {
    expect(readDate('2023-11-31')).toEqual({ fault: 'NO_SUCH_DAY', day: 31, month: 11, nearest: '2023-11-30' });
    expect(readDate('30/2 2024')).toEqual({ fault: 'NO_SUCH_DAY', day: 30, month: 2, nearest: '2024-02-29' });
  });

  it.each(['5/1', '5 januari'])('asks for the year in %s', (text) => {
    expect(readDate(text)).toEqual({ fault: 'YEAR_MISSING' });
  });

  it.each(['snart', '2026', '2026-13-01', '1999-01-01', '5 kvartal 2026', '2026-01'])('does not guess what %s means', (text) => {
    expect(readDate(text)).toEqual({ fault: 'UNREADABLE' });
  });

  it('gives every real day back, whichever way it was written', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (day) => {
        const iso = day.toISOString().slice(0, 10);
        const [year, month, date] = iso.split('-').map(Number);
        for (const text of [iso, iso.replaceAll('-', ''), `${date}/${month} ${year}`, `${year}-${month}-${date}`])
          expect(readDate(text)).toEqual({ date: iso });
      }),
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(readDate(text)).toBeTypeOf('object')));
  });
});

describe('dateWhileTyping', () => {
  it.each(['2026-01-', '5 januari', '2026-02-30', 'snart'])('leaves no older date behind "%s"', (text) => {
    expect(dateWhileTyping(text)).toBeNull();
  });
  it('takes a whole date written the standard way at once', () => {
    expect(dateWhileTyping(' 2026-01-05 ')).toBe('2026-01-05');
  });
  it('leaves other ways of writing it, and an emptied field, until the field is left', () => {
    expect(dateWhileTyping('5/1 2026')).toBeUndefined();
    expect(dateWhileTyping('')).toBeUndefined();
  });
});
