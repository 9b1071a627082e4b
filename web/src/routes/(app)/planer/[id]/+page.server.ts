import { PlanDeskDocument } from '#lib/api/generated/graphql.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends(`plan:${params.id}`);
  return locals.api(PlanDeskDocument, { id: params.id });
};
