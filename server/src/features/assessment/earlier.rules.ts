import type { AreaGrade, EarlierGrade } from './assessment.model.js';

/**
 * Grades of the years before `year`, by contract area id, newest first. A grade decided here goes before what a source tells of that year.
 * @param told what sources tell
 * @param decided grades given here, oldest first
 */
export function earlierByArea(
  year: number,
  told: readonly (EarlierGrade & { readonly contractAreaId: string })[],
  decided: readonly AreaGrade[],
): Map<string, EarlierGrade[]> {
  const areas = new Map<string, Map<number, EarlierGrade>>();
  const put = (contractAreaId: string, grade: EarlierGrade): void => {
    if (grade.year >= year) return;
    areas.set(contractAreaId, (areas.get(contractAreaId) ?? new Map<number, EarlierGrade>()).set(grade.year, grade));
  };
  for (const { contractAreaId, year: of, grade, source } of told) put(contractAreaId, { year: of, grade, source });
  for (const { contractAreaId, year: of, grade } of decided) put(contractAreaId, { year: of, grade, source: 'STATED' });
  return new Map([...areas].map(([id, grades]) => [id, [...grades.values()].sort((a, b) => b.year - a.year)]));
}
