import { redirect } from '@sveltejs/kit';
import { FrameDocument } from '#lib/api/generated/graphql.js';
import { signInPath } from '#lib/api/server.js';
import type { LayoutServerLoad } from './$types.js';

/** Everything in here needs a signed-in person. The huvudman's short name and the count of waiting reviews are part of the frame. */
export const load: LayoutServerLoad = async ({ locals, url, depends }) => {
  depends('samsyn:counts');
  const { me } = locals;
  if (!me) redirect(303, signInPath(url));
  const frame = await locals.api(FrameDocument, { reviews: me.capabilities.includes('REVIEW_PLANS') });
  return { me, waiting: frame.plans?.totalCount ?? 0, huvudmen: frame.myHuvudmen, unread: frame.notices.unread };
};
