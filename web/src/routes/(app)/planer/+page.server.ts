import { error } from '@sveltejs/kit';
import { PlansDocument } from '#lib/api/generated/graphql.js';
import { planFilter, readPlanChoices } from '#lib/features/plans/filters.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url, depends, parent }) => {
  depends('samsyn:lists');
  const { me } = await parent();
  if (!me.capabilities.includes('SEE_PLANS')) error(404, 'NOT_FOUND');
  const choices = readPlanChoices(url.searchParams);
  const { plans } = await locals.api(PlansDocument, { filter: planFilter(choices), first: choices.shown });
  return { choices, plans };
};
