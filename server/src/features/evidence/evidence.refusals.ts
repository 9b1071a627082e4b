import { Refused } from '../../platform/outcome.js';
import type { ContentFault } from './fileContent.js';

const KINDS = 'pdf, docx, xlsx, png, jpg, csv eller txt';
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toLocaleString('sv-SE', { maximumFractionDigits: 1 })} MB`;

export const fileTooLarge = (maxBytes: number): Refused =>
  new Refused('FILE_TOO_LARGE', `Filen är för stor. En fil får vara högst ${megabytes(maxBytes)}.`);
export const fileEmpty = (): Refused => new Refused('FILE_EMPTY', 'Filen är tom.');
export const fileNameUnusable = (): Refused => new Refused('FILE_NAME', 'Filen saknar namn.');
export const fileKindUnknown = (): Refused => new Refused('FILE_KIND', `Den sortens fil tas inte emot. Välj ${KINDS}.`);
export const tooManyFiles = (most: number): Refused =>
  new Refused('TOO_MANY_FILES', `Åtgärden har redan ${most} filer, som är det mesta. Ta bort någon först.`);
export const fileExists = (name: string): Refused =>
  new Refused('FILE_EXISTS', `Samma fil är redan inlämnad för åtgärden, med namnet ${name}.`);
export const alreadyRemoved = (): Refused => new Refused('ALREADY_REMOVED', 'Filen är redan borttagen.');

/** What is wrong with the content, in words that say what to do about it. */
export function contentRefusal(fault: ContentFault, fileName: string): Refused {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  switch (fault) {
    case 'DISGUISED':
      return new Refused(
        'FILE_DISGUISED',
        `Innehållet är inte en ${extension}-fil, fast namnet säger det. Spara filen på nytt i rätt format.`,
      );
    case 'BROKEN':
      return new Refused('FILE_BROKEN', 'Filen är skadad: slutet saknas. Öppna den, spara på nytt och försök igen.');
    case 'NOT_UTF8':
      return new Refused('FILE_NOT_UTF8', 'Texten går inte att läsa. Spara filen med teckenkodningen UTF-8 och försök igen.');
  }
}
