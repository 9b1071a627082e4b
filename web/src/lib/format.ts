/** Dates and times as people here write them: "7 december 2026", "14.32". Instants are shown in Swedish time, wherever the server stands. */
const zone = 'Europe/Stockholm';

type Language = 'sv' | 'en';
const tags: Record<Language, string> = { sv: 'sv-SE', en: 'en-GB' };

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${language}:${key}`;
  const known = cache.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat(tags[language], options);
  cache.set(name, made);
  return made;
}

// A calendar date is midnight UTC shown in UTC: no zone can move it to the day before.
const asDay = (date: string) => new Date(`${date}T00:00:00Z`);

/** @param date YYYY-MM-DD → "7 december 2026" */
export function longDate(date: string, language: Language = 'sv'): string {
  return formatter(language, 'long', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(asDay(date));
}

/** @param date YYYY-MM-DD → "7 december", and with the year when it is not `today`'s */
export function shortDate(date: string, today: string, language: Language = 'sv'): string {
  if (date.slice(0, 4) !== today.slice(0, 4)) return longDate(date, language);
  return formatter(language, 'short', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(asDay(date));
}

/** @param date YYYY-MM-DD → "Tisdag 3 oktober 2023" */
export function weekdayDate(date: string, language: Language = 'sv'): string {
  const text = formatter(language, 'weekday', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    asDay(date),
  );
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param instant ISO 8601 → the Swedish calendar date, YYYY-MM-DD */
export function dayOf(instant: string | Date): string {
  return formatter('sv', 'iso', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone }).format(new Date(instant));
}

/** @param instant ISO 8601 → "14.32", "09.05": two figures for the hour, so that it can't be read as a number */
export function clockTime(instant: string | Date): string {
  return formatter('sv', 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })
    .format(new Date(instant))
    .replace(':', '.');
}

/** @param instant ISO 8601 → "7 december 2026 14.32" */
export function dateAndTime(instant: string | Date, language: Language = 'sv'): string {
  return `${longDate(dayOf(instant), language)} ${clockTime(instant)}`;
}

/** @param instant ISO 8601 → "i dag 14.32", "2 oktober 10.12" */
export function momentOf(instant: string | Date, today: string, language: Language = 'sv'): string {
  const day = dayOf(instant);
  const when = day === today ? { sv: 'i dag', en: 'today' }[language] : shortDate(day, today, language);
  return `${when} ${clockTime(instant)}`;
}

/** Dates inside a text that somebody else wrote, "senast 2026-12-07", as people here write them. */
export function datesInText(text: string, language: Language = 'sv'): string {
  return text.replace(/\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/g, (date) => longDate(date, language));
}

/** This moment, ISO 8601. */
export const nowIso = (): string => new Date().toISOString();

/** Whole days from `from` to `to`, both YYYY-MM-DD; negative when `to` has passed. */
export function daysBetween(from: string, to: string): number {
  return Math.round((asDay(to).getTime() - asDay(from).getTime()) / 86_400_000);
}

/** @returns YYYY-MM-DD */
export function addDays(date: string, days: number): string {
  return new Date(asDay(date).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

const smallNumbers: Record<Language, readonly string[]> = {
  sv: ['inga', 'en', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta', 'nio', 'tio', 'elva', 'tolv'],
  en: ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
};

/** Words to twelve, then figures with a thin space: "elva", "1 204". */
export function numberWord(count: number, language: Language = 'sv'): string {
  return smallNumbers[language][count] ?? new Intl.NumberFormat(tags[language]).format(count);
}

const ordinals: Record<Language, readonly string[]> = {
  sv: ['första', 'andra', 'tredje', 'fjärde', 'femte', 'sjätte', 'sjunde', 'åttonde', 'nionde', 'tionde'],
  en: ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'],
};

/** 2 → "andra"; past the tenth "11:e". */
export function ordinalWord(count: number, language: Language = 'sv'): string {
  return ordinals[language][count - 1] ?? (language === 'sv' ? `${count}:e` : `${count}th`);
}

/** First letter large: a sentence may begin with a number word. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
