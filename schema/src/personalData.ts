/**
 * Finds what may point out a person in free text: the watch that keeps data about brukare out (I10). The same code warns the writer, names
 * the places at submission and guards imports. It sees patterns, not meaning: a person decides.
 */
import { proseText, type PlanContent } from './content.js';
import { fieldPath } from './paths.js';

export type PersonalDataKind = 'PERSONAL_NUMBER' | 'COORDINATION_NUMBER' | 'PHONE' | 'ROOM';

/** `from` and `to` count UTF-16 units in the text, `to` after the last. */
export interface PersonalData {
  readonly kind: PersonalDataKind;
  readonly from: number;
  readonly to: number;
}

export interface PlacedPersonalData extends PersonalData {
  /** The field's path; for prose, positions are in `proseText` of it. */
  readonly path: string;
}

/** Ten or twelve digits, with or without a separator, not part of a longer number. */
const NUMBER = /(?<!\d)(?:18|19|20)?(\d{2})(\d{2})(\d{2})\s?[-+–]?\s?(\d{4})(?!\d)/gu;
/** A samordningsnummer has this added to its day. */
const COORDINATION_DAYS = 60;
/** An area code, then the subscriber's digits in one run or in groups. */
const PHONE =
  /(?<![\d+-])(?:(?:\+46|0046)[ \u00a0-]?(?:\(0\))?[ \u00a0]?[1-9]\d{0,2}|0[1-9]\d{0,2})(?:[ \u00a0-]{0,3}(?:\d{5,8}|\d{2,3}(?:[ \u00a0-]\d{2,3}){1,3}))(?![\d-])/gu;
const PHONE_DIGITS = { least: 8, most: 13 };
/** A room or a flat with its number: with the place it is in, that is somebody's home. */
const ROOM =
  /(?<!\p{L})(?:avd(?:\.|elning|elningen)?\s*\d+\p{L}?,?\s+)?(?:rum|rummet|lägenhet|lägenheten|lgh)\.?\s*(?:nr\.?|nummer)?\s*\d+\p{L}?(?![\p{L}\d])/giu;

/** All that is found, in order, without overlap. */
export function findPersonalData(text: string): PersonalData[] {
  const found = [...numbersIn(text), ...matches(text, PHONE, 'PHONE').filter(isPhone(text)), ...matches(text, ROOM, 'ROOM')];
  return found
    .filter((each) => !isInside(each, found))
    .sort((a, b) => a.from - b.from)
    .filter((each, i, kept) => !kept.slice(0, i).some((before) => before.to > each.from));
}

/** All that is found in a plan's text, field by field as it stands on screen. */
export function personalDataIn(content: PlanContent): PlacedPersonalData[] {
  const texts = [
    ...content.causes.map(({ id, text }) => [fieldPath('causes', id, 'text'), proseText(text)] as const),
    ...content.measures.flatMap(({ id, what, how, followUpHow, responsible }) =>
      Object.entries({ what, how: proseText(how), followUpHow: proseText(followUpHow), responsible }).map(
        ([field, text]) => [fieldPath('measures', id, field), text] as const,
      ),
    ),
  ];
  return texts.flatMap(([path, text]) => findPersonalData(text).map((found) => ({ ...found, path })));
}

/** What a person is told of each kind, Swedish. */
export const PERSONAL_DATA_WORDS: Readonly<Record<PersonalDataKind, string>> = {
  PERSONAL_NUMBER: 'Det här ser ut som ett personnummer.',
  COORDINATION_NUMBER: 'Det här ser ut som ett samordningsnummer.',
  PHONE: 'Det här ser ut som ett telefonnummer.',
  ROOM: 'Det här ser ut som ett rum eller en lägenhet där någon bor.',
};

function numbersIn(text: string): PersonalData[] {
  return [...text.matchAll(NUMBER)].flatMap((match): PersonalData[] => {
    const [whole, year = '', month = '', day = '', last = ''] = match;
    const coordination = Number(day) > COORDINATION_DAYS;
    const dayOfMonth = Number(day) - (coordination ? COORDINATION_DAYS : 0);
    const possible = Number(month) >= 1 && Number(month) <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31;
    if (!possible || !hasCheckDigit(year + month + day + last)) return [];
    return [{ kind: coordination ? 'COORDINATION_NUMBER' : 'PERSONAL_NUMBER', from: match.index, to: match.index + whole.length }];
  });
}

/** The Luhn check over ten digits. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, at) => {
    const weighted = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0;
}

const matches = (text: string, pattern: RegExp, kind: PersonalDataKind): PersonalData[] =>
  [...text.matchAll(pattern)].map((match) => ({ kind, from: match.index, to: match.index + match[0].length }));

const isPhone =
  (text: string) =>
  ({ from, to }: PersonalData): boolean => {
    const digits = text.slice(from, to).replace(/\D/gu, '').length;
    return digits >= PHONE_DIGITS.least && digits <= PHONE_DIGITS.most;
  };

/** A number that is whole says more than the digits in it that look like a telephone's. */
const isInside = (each: PersonalData, found: readonly PersonalData[]): boolean =>
  each.kind === 'PHONE' && found.some((other) => other.kind !== 'PHONE' && other.from < each.to && each.from < other.to);
