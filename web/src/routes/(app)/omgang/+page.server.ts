import { redirect } from '@sveltejs/kit';
import { RoundYearsDocument } from '#lib/api/generated/graphql.js';
import { requireCapability } from '#lib/api/server.js';
import type { PageServerLoad } from './$types.js';

/** The newest year there is anything in. */
export const load: PageServerLoad = async ({ locals, url }) => {
  requireCapability({ locals, url }, 'SEE_PLANS');
  const { plans } = await locals.api(RoundYearsDocument);
  const years = plans.nodes.map((plan) => plan.finding.year);
  redirect(303, years.length > 0 ? `/omgang/${Math.max(...years)}` : '/oversikt');
};
