import { error } from '@sveltejs/kit';
import { AssessmentDocument } from '#lib/api/generated/graphql.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
  if (!/^\d{4}$/.test(params.year)) error(404, 'NOT_FOUND');
  const { assessment } = await locals.api(AssessmentDocument, { year: Number(params.year) });
  return { assessment, loadedAt: new Date().toISOString() };
};
