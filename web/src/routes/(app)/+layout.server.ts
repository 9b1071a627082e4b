import { redirect } from '@sveltejs/kit';
import { WaitingCountDocument } from '#lib/api/generated/graphql.js';
import { signInPath } from '#lib/api/server.js';
import type { LayoutServerLoad } from './$types.js';

/** Everything in here needs a signed-in person. The count of waiting reviews is part of the frame. */
export const load: LayoutServerLoad = async ({ locals, url, depends }) => {
  depends('samsyn:counts');
  const { me } = locals;
  if (!me) redirect(303, signInPath(url));
  const waiting = me.capabilities.includes('REVIEW_PLANS') ? (await locals.api(WaitingCountDocument)).plans.totalCount : 0;
  return { me, waiting };
};
