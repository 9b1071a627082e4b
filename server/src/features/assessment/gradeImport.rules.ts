import type { RowChange } from '../contracts/index.js';
import type { AreaGrade, Grade } from './assessment.model.js';

/** What importing a grade does. YEAR_FIXED and GRADE_DECIDED are refusals: the row is at fault. */
export type GradeImport = RowChange | 'YEAR_FIXED' | 'GRADE_DECIDED';

/**
 * A source may be read again, and may have corrected itself, but it never overrules a person or a frozen year.
 * @param stated the file's grade; null: it states none, which changes nothing
 * @param history the area's grades that year, oldest first
 * @param frozen the year is fixed
 */
export function gradeImport(stated: Grade | null, history: readonly AreaGrade[], frozen: boolean): GradeImport {
  const current = history.at(-1);
  if (stated === null || current?.grade === stated) return 'UNCHANGED';
  // The source says what it said before; what a person decided since then stands.
  const imported = history.filter((grade) => grade.origin === 'IMPORT').at(-1);
  if (current && imported?.grade === stated) return 'UNCHANGED';
  if (frozen) return 'YEAR_FIXED';
  if (!current) return 'CREATED';
  return current.origin === 'DECISION' ? 'GRADE_DECIDED' : 'UPDATED';
}
