import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { PlanContent } from './content.js';
import { findPersonalData, personalDataIn } from './personalData.js';

/** A number that nobody has: of somebody born in 1890–1899, with its check digit made here. */
function aNumber(year: number, month: number, day: number, serial: number, twelve: boolean, between: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const nine = `${two(year)}${two(month)}${two(day)}${String(serial).padStart(3, '0')}`;
  const sum = [...nine].reduce((total, digit, at) => {
    const weighted = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return `${twelve ? '18' : ''}${nine.slice(0, 6)}${between}${nine.slice(6)}${(10 - (sum % 10)) % 10}`;
}
const parts = {
  year: fc.integer({ min: 90, max: 99 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
  serial: fc.integer({ min: 0, max: 999 }),
  twelve: fc.boolean(),
  between: fc.constantFrom('', '-', '+', ' ', ' - '),
};
const kinds = (text: string): string[] => findPersonalData(text).map(({ kind }) => kind);

describe('personal data (I10)', () => {
  it('finds every number with a right check digit, where it stands', () => {
    fc.assert(
      fc.property(fc.record(parts), fc.boolean(), ({ year, month, day, serial, twelve, between }, coordination) => {
        const number = aNumber(year, month, coordination ? day + 60 : day, serial, twelve, between);
        const text = `Samtal med ${number}, enligt rutin.`;
        const kind = coordination ? 'COORDINATION_NUMBER' : 'PERSONAL_NUMBER';
        expect(findPersonalData(text)).toEqual([{ kind, from: 11, to: 11 + number.length }]);
      }),
    );
  });

  it('finds none with a wrong check digit', () => {
    fc.assert(
      fc.property(fc.record(parts), fc.integer({ min: 1, max: 9 }), ({ year, month, day, serial, twelve }, wrong) => {
        const right = aNumber(year, month, day, serial, twelve, '-');
        const number = right.slice(0, -1) + String((Number(right.at(-1)) + wrong) % 10);
        expect(kinds(number)).not.toContain('PERSONAL_NUMBER');
      }),
    );
  });

  test.each([
    '0176-555 55 55',
    '08-555 555 55',
    '070-555 55 55',
    '0705555555',
    '+46 70 555 55 55',
    '+46 (0)8 555 555 55',
    'ring 0046705555555!',
  ])('%s is a telephone number', (text) => expect(kinds(text)).toEqual(['PHONE']));

  test.each([
    ['bor i rum 12', 'rum 12'],
    ['Lägenhet 1203 saknar larm', 'Lägenhet 1203'],
    ['på avd 3 rum 4 i går', 'avd 3 rum 4'],
    ['lgh nr 7b', 'lgh nr 7b'],
  ])('%s names a room', (text, room) => {
    const [found] = findPersonalData(text);
    expect(found?.kind).toBe('ROOM');
    expect(text.slice(found?.from, found?.to)).toBe(room);
  });

  test.each([
    'Ring 1177 eller 112.',
    'diarienr 2022-12345 och KSON-2023-000012',
    '18900101-9803',
    '901301-9802',
    '12345678901234567890',
    'LSS 9 § 7',
    'klart 2023-09-29, uppföljt 2023-11-15 kl. 08:00-16:30',
    'avdelning 3 har 12 platser',
    'forumet 2023 och datorum 12',
    'rum för samtal, 12 stycken',
    '10 000 000 kronor, 2 500–3 000 timmar',
  ])('%s is nothing', (text) => expect(findPersonalData(text)).toEqual([]));

  it('finds several in order, each once', () => {
    expect(kinds(`Rum 4: ${aNumber(91, 2, 3, 17, false, '')}, tel. 08-555 555 55`)).toEqual(['ROOM', 'PERSONAL_NUMBER', 'PHONE']);
  });

  it('names the field of a plan', () => {
    const prose = [{ type: 'paragraph', content: [{ type: 'text', text: 'Den som bor i rum 12.' }] }] as const;
    const measure = { id: 'm', what: 'Rutin', how: [], followUpHow: prose, responsible: '070-555 55 55', causeIds: [], order: 'a' };
    const content: PlanContent = {
      v: 1,
      planId: 'p',
      causes: [{ id: 'c', text: prose, order: 'a' }],
      measures: [{ ...measure, doneBy: null, followUpBy: null }],
    };
    expect(personalDataIn(content).map(({ path, kind }) => [path, kind])).toEqual([
      ['causes/c/text', 'ROOM'],
      ['measures/m/followUpHow', 'ROOM'],
      ['measures/m/responsible', 'PHONE'],
    ]);
  });
});
