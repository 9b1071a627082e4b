import { Refused } from '../../platform/outcome.js';
import type { AreaAssessment } from './assessment.model.js';

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

/** A decision that is registered has been made. */
export const dateInFuture = (): Refused => fault('BAD_DATE', 'Beslutsdatumet kan inte ligga i framtiden.', 'decidedOn');

/** Why the year can't be fixed yet, or null: every area has its grade, and there is at least one. */
export function gradesMissing(areas: readonly Pick<AreaAssessment, 'contractArea' | 'fixed'>[]): Refused | null {
  const ungraded = areas.filter((area) => area.fixed === null);
  if (areas.length > 0 && ungraded.length === 0) return null;
  const faults = ungraded.map(({ contractArea: { key, name } }) => ({
    path: key,
    code: 'GRADE_MISSING',
    message: `${name} saknar bedömning.`,
  }));
  return new Refused('GRADES_MISSING', 'Alla avtalsområden måste ha en bedömning innan året fastställs.', faults);
}

const fault = (code: string, message: string, path = 'grounds'): Refused => new Refused(code, message, [{ path, code, message }]);
