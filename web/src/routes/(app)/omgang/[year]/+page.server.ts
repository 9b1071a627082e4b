import { error } from '@sveltejs/kit';
import { RoundDocument, RoundYearsDocument } from '#lib/api/generated/graphql.js';
import { requireCapability } from '#lib/api/server.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends('samsyn:lists');
  requireCapability({ locals, url }, 'SEE_PLANS');
  if (!/^\d{4}$/.test(params.year)) error(404, 'NOT_FOUND', { code: 'NOT_FOUND' });
  const year = Number(params.year);
  const [{ plans }, all] = await Promise.all([locals.api(RoundDocument, { year }), locals.api(RoundYearsDocument)]);
  const years = [...new Set(all.plans.nodes.map((plan) => plan.finding.year))].toSorted((a, b) => b - a);
  return { year, years, plans: plans.nodes };
};
