import { error } from '@sveltejs/kit';
import { ImportCsvDocument } from '#lib/api/generated/graphql.js';
import { faultyRows } from '#lib/features/import/faultyRows.js';
import { isImportKind } from '#lib/features/import/kinds.js';
import * as m from '#lib/paraglide/messages.js';
import type { RequestHandler } from './$types.js';

/** The rows at fault as a file, with the reasons in a last column. A plain form post: works without script. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const form = await request.formData();
  const kind = form.get('slag');
  const csv = String(form.get('rader') ?? '');
  if (!isImportKind(kind)) error(400, 'BAD_INPUT', { code: 'BAD_INPUT' });
  const input = {
    huvudmanId: String(form.get('huvudman') ?? ''),
    year: Number(form.get('ar')),
    kind,
    csv,
    fileName: 'felrader.csv',
    dryRun: true,
  };
  const { importCsv } = await locals.api(ImportCsvDocument, { input });
  const faults = importCsv.__typename === 'ImportReport' ? importCsv.errors : [];
  // The mark at the start makes Excel read åäö.
  return new Response(`\uFEFF${faultyRows(csv, faults, m.import_col_fault().toLowerCase())}`, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="felrader.csv"' },
  });
};
