import { error } from '@sveltejs/kit';
import { AreaDocument, AreaPlansDocument } from '#lib/api/generated/graphql.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends('samsyn:lists');
  if (!/^\d{4}$/.test(params.year)) error(404, 'NOT_FOUND');
  const year = Number(params.year);
  const { areaAssessment: area } = await locals.api(AreaDocument, { year, key: params.key });
  const mayReadPlans = locals.me?.capabilities.includes('SEE_PLANS') ?? false;
  const plans = mayReadPlans ? (await locals.api(AreaPlansDocument, { filter: { year, contractAreaKey: params.key } })).plans.nodes : null;
  return { area, plans };
};
