import { isHttpError, redirect } from '@sveltejs/kit';
import { AssessmentSummaryDocument } from '#lib/api/generated/graphql.js';
import type { PageServerLoad } from './$types.js';

/** The newest year, or the one asked for; ?year= and ?areas= are what the server writes in links to a contradiction's rows. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = url.searchParams.get('year');
  const areas = url.searchParams.get('areas');
  const rest = areas ? `?${new URLSearchParams({ rader: areas })}#avtalsomraden` : '';
  if (asked && /^\d{4}$/.test(asked)) redirect(303, `/bedomning/${asked}${rest}`);
  const year = await newestYear(locals);
  if (year !== null) redirect(303, `/bedomning/${year}${rest}`);
};

async function newestYear(locals: App.Locals): Promise<number | null> {
  try {
    return (await locals.api(AssessmentSummaryDocument)).assessment.year;
  } catch (failure) {
    if (isHttpError(failure, 404) && locals.me?.capabilities.includes('SEE_ASSESSMENT')) return null;
    throw failure;
  }
}
