import { AuditEntriesDocument } from '#lib/api/generated/graphql.js';
import { requireCapability } from '#lib/api/server.js';
import type { PageServerLoad } from './$types.js';

const pageSize = 50;
const most = 500;

export const load: PageServerLoad = async ({ locals, url }) => {
  requireCapability({ locals, url }, 'SEE_AUDIT');
  const act = url.searchParams.get('handling') || null;
  const subjectId = url.searchParams.get('galler')?.trim() || null;
  const asked = Number(url.searchParams.get('antal') ?? pageSize);
  const first = Number.isInteger(asked) && asked >= pageSize && asked <= most ? asked : pageSize;
  const { auditEntries } = await locals.api(AuditEntriesDocument, { first, act, subjectId });
  const query = new URLSearchParams({
    ...(act && { handling: act }),
    ...(subjectId && { galler: subjectId }),
    antal: String(first + pageSize),
  });
  return { act, subjectId, entries: auditEntries, more: auditEntries.pageInfo.hasNextPage && first < most ? `?${query}` : null };
};
