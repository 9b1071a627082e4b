import type { Grade } from '#lib/api/generated/graphql.js';

/** The class that colours a grade. Nothing but a grade may use it. */
export const gradeClass = (grade: Grade | null | undefined): string => (grade ? `g-${grade.toLowerCase()}` : 'g-none');
