import { describe, expect, it } from 'vitest';
import {
  addDays,
  clockTime,
  dateAndTime,
  datesInText,
  dayOf,
  daysBetween,
  longDate,
  momentOf,
  numberWord,
  ordinalWord,
  sentence,
  shortDate,
  weekdayDate,
} from './format.js';

describe('dates', () => {
  it('are written out in Swedish and in English', () => {
    expect(longDate('2026-12-07')).toBe('7 december 2026');
    expect(longDate('2026-12-07', 'en')).toBe('7 December 2026');
    expect(weekdayDate('2023-10-03')).toBe('Tisdag 3 oktober 2023');
  });
  it('leave out the year when it is this one', () => {
    expect(shortDate('2023-10-12', '2023-10-03')).toBe('12 oktober');
    expect(shortDate('2024-01-15', '2023-10-03')).toBe('15 januari 2024');
  });
  it('do not move with daylight saving or time zone', () => {
    expect(longDate('2026-03-29')).toBe('29 mars 2026');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(daysBetween('2023-10-03', '2023-09-29')).toBe(-4);
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
  });
});

describe('instants', () => {
  it('are shown in Swedish time, winter and summer, with a full stop', () => {
    expect(clockTime('2026-12-07T13:32:10.000Z')).toBe('14.32');
    expect(clockTime('2026-07-01T22:05:00.000Z')).toBe('00.05');
    expect(dateAndTime('2026-12-07T13:32:10.000Z')).toBe('7 december 2026 14.32');
  });
  it('are written out where a text carries them raw', () => {
    expect(datesInText('Begärd, lämnas in senast 2026-12-07')).toBe('Begärd, lämnas in senast 7 december 2026');
    expect(datesInText('kvittens KSON-2026-0001')).toBe('kvittens KSON-2026-0001');
    expect(datesInText('2026-13-40')).toBe('2026-13-40');
  });
  it('belong to the Swedish day', () => {
    expect(dayOf('2026-07-01T22:05:00.000Z')).toBe('2026-07-02');
    expect(dayOf('2026-12-31T22:59:59.000Z')).toBe('2026-12-31');
  });
  it('say "i dag" on the same day', () => {
    expect(momentOf('2023-10-03T09:05:00.000Z', '2023-10-03')).toBe('i dag 11.05');
    expect(momentOf('2023-10-02T08:12:00.000Z', '2023-10-03')).toBe('2 oktober 10.12');
    expect(momentOf('2023-10-03T09:05:00.000Z', '2023-10-03', 'en')).toBe('today 11.05');
  });
});

describe('numbers', () => {
  it('are words up to twelve', () => {
    expect(numberWord(11)).toBe('elva');
    expect(numberWord(0)).toBe('inga');
    expect(numberWord(44)).toBe('44');
    expect(sentence(numberWord(4))).toBe('Fyra');
    expect(numberWord(1204)).toBe('1\u00a0204');
  });
  it('are ordinals to ten', () => {
    expect(['andra', 'femte', '11:e']).toEqual([2, 5, 11].map((count) => ordinalWord(count)));
    expect(ordinalWord(2, 'en')).toBe('second');
  });
});
