import { Refused } from '../../platform/outcome.js';

/** Longest note, and longest suggestion, characters. */
const MAX_NOTE_CHARACTERS = 4_000;
const MAX_REPLACEMENT_CHARACTERS = 10_000;
/** Most threads in a plan, and most notes in a thread: each is read whole. */
export const MAX_THREADS = 1_000;
export const MAX_NOTES = 500;

/** Whether two readings of the same text are the same: editors and documents differ in how they write line breaks and spaces. */
export const sameText = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

/** Why this can't be said, or null. A suggestion may speak for itself. */
export function noteRefusal(text: string, isNeeded: boolean): Refused | null {
  if (text.trim() === '' && isNeeded) return fault('text', 'TEXT_MISSING', 'Skriv en kommentar.');
  if (text.length <= MAX_NOTE_CHARACTERS) return null;
  return fault('text', 'TEXT_TOO_LONG', `Kommentaren är ${text.length} tecken. Den får vara högst ${MAX_NOTE_CHARACTERS}.`);
}

/** Why these words can't be suggested for the quote, or null. */
export function suggestionRefusal(quote: string, replacement: string): Refused | null {
  if (/[\r\n]/u.test(quote) || /[\r\n]/u.test(replacement))
    return fault('replacement', 'SUGGESTION_SPANS', 'Ett förslag gäller text i ett stycke. Dela upp det.');
  if (replacement === quote) return fault('replacement', 'SUGGESTION_SAME', 'Förslaget är samma text som redan står där.');
  if (replacement.length <= MAX_REPLACEMENT_CHARACTERS) return null;
  return fault(
    'replacement',
    'TEXT_TOO_LONG',
    `Förslaget är ${replacement.length} tecken. Det får vara högst ${MAX_REPLACEMENT_CHARACTERS}.`,
  );
}

/** The place isn't text that the server knows: not saved yet, or gone. */
export const anchorUnknown = (): Refused =>
  fault('anchor', 'ANCHOR_UNKNOWN', 'Texten du markerade är inte sparad än, eller har tagits bort. Markera den igen.');
/** Something else stands at the place. */
export const quoteChanged = (): Refused => fault('quote', 'QUOTE_CHANGED', 'Texten har ändrats sedan du markerade den. Markera den igen.');
export const tooManyThreads = (): Refused => new Refused('TOO_MANY', `En plan kan ha högst ${MAX_THREADS} kommentarer.`);
export const tooManyNotes = (): Refused => new Refused('TOO_MANY', `En kommentar kan ha högst ${MAX_NOTES} svar.`);
export const notNow = (): Refused => new Refused('WRONG_STATE', 'Planen kan inte kommenteras i det här läget, eller inte av dig.');
export const noSuggestion = (): Refused => new Refused('WRONG_STATE', 'Det finns inget öppet förslag att ta ställning till.');
/** Taking or turning down takes the right to write; a suggester may take the own suggestion back. */
export const notYours = (): Refused => new Refused('NOT_WRITABLE', 'Bara den som får skriva i planen kan ta ställning till förslaget.');

const fault = (path: string, code: string, message: string): Refused => new Refused(code, message, [{ path, code, message }]);
