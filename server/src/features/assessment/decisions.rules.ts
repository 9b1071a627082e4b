import { Refused } from '../../platform/outcome.js';

/** Characters; a grade's grounds are a paragraph or two. */
const LONGEST_GROUNDS = 10_000;

/** A samlad bedömning says why. `grounds` is trimmed. */
export function missingGrounds(grounds: string): Refused | null {
  if (grounds === '') return fault('GROUNDS_MISSING', 'Skriv en grund för bedömningen.');
  if (grounds.length > LONGEST_GROUNDS) return fault('GROUNDS_TOO_LONG', `Grunden får vara högst ${LONGEST_GROUNDS} tecken.`);
  return null;
}

/** A decided year is frozen (I8). */
export const yearFixed = (year: number): Refused =>
  new Refused('YEAR_FIXED', `Bedömningen ${year} är fastställd och ändras inte. Läget efter åtgärd följer planerna.`);

const fault = (code: string, message: string): Refused => new Refused(code, message, [{ path: 'grounds', code, message }]);
