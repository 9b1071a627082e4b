import { PlansDocument } from '#lib/api/generated/graphql.js';
import { requireCapability } from '#lib/api/server.js';
import { planFilter, readPlanChoices } from '#lib/features/plans/filters.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('samsyn:lists');
  requireCapability({ locals, url }, 'SEE_PLANS');
  const choices = readPlanChoices(url.searchParams);
  const { plans } = await locals.api(PlansDocument, { filter: planFilter(choices), first: choices.shown });
  return { choices, plans };
};
