import { QueueDocument } from '#lib/api/generated/graphql.js';
import { requireCapability } from '#lib/api/server.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('samsyn:lists');
  requireCapability({ locals, url }, 'REVIEW_PLANS');
  return { queue: await locals.api(QueueDocument) };
};
