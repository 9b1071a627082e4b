import { error } from '@sveltejs/kit';
import { PlanReceiptDocument } from '#lib/api/generated/graphql.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends(`plan:${params.id}`);
  const { plan } = await locals.api(PlanReceiptDocument, { id: params.id });
  const revision = plan.revisions.find(({ number }) => String(number) === params.revision);
  if (!revision) error(404, { message: '', code: 'NOT_FOUND' });
  return { plan, revision };
};
