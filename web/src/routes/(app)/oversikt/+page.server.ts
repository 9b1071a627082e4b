import { isHttpError } from '@sveltejs/kit';
import { AssessmentSummaryDocument, ProviderOverviewDocument, ReviewerOverviewDocument } from '#lib/api/generated/graphql.js';
import { requireMe } from '#lib/api/server.js';
import type { PageServerLoad } from './$types.js';

/** The same page for three kinds of people: what the utförare must write, what the förvaltning must judge, what the board reads. */
export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('samsyn:lists');
  const me = requireMe({ locals, url });
  const can = (capability: (typeof me.capabilities)[number]) => me.capabilities.includes(capability);
  if (me.memberships.some((membership) => membership.side === 'PROVIDER') && !can('REVIEW_PLANS')) {
    return { kind: 'provider' as const, plans: (await locals.api(ProviderOverviewDocument)).plans.nodes };
  }
  const assessment = can('SEE_ASSESSMENT') ? await summary(locals) : null;
  if (!can('SEE_PLANS')) return { kind: 'board' as const, assessment };
  return { kind: 'reviewer' as const, reviews: can('REVIEW_PLANS'), work: await locals.api(ReviewerOverviewDocument), assessment };
};

/** No year is imported yet: the overview still stands. */
async function summary(locals: App.Locals) {
  try {
    return (await locals.api(AssessmentSummaryDocument)).assessment;
  } catch (failure) {
    if (isHttpError(failure, 404)) return null;
    throw failure;
  }
}
