import { error } from '@sveltejs/kit';
import { QueueDocument } from '#lib/api/generated/graphql.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, depends, parent }) => {
  depends('samsyn:lists');
  const { me } = await parent();
  if (!me.capabilities.includes('REVIEW_PLANS')) error(404, 'NOT_FOUND');
  return { queue: await locals.api(QueueDocument) };
};
