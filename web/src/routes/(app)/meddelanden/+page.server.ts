import { MarkNoticesReadDocument, NoticesDocument } from '#lib/api/generated/graphql.js';
import { requireMe } from '#lib/api/server.js';
import type { Actions, PageServerLoad } from './$types.js';

const page = 50;
const most = 500;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('samsyn:notices');
  requireMe({ locals, url });
  const asked = Number(url.searchParams.get('antal') ?? page);
  const shown = Number.isInteger(asked) && asked >= page && asked <= most ? asked : page;
  const { notices } = await locals.api(NoticesDocument, { first: shown });
  return { notices, shown, more: notices.pageInfo.hasNextPage && shown < most ? shown + page : null };
};

export const actions: Actions = {
  lasta: async ({ request, locals }) => {
    const ids = (await request.formData()).getAll('id').map(String);
    if (ids.length === 0) return { marked: 0 };
    await locals.api(MarkNoticesReadDocument, { input: { ids } });
    return { marked: ids.length };
  },
};
