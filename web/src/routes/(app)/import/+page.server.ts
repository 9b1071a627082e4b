import { fail } from '@sveltejs/kit';
import { ImportCsvDocument, MyHuvudmenDocument } from '#lib/api/generated/graphql.js';
import { requireCapability } from '#lib/api/server.js';
import { isImportKind } from '#lib/features/import/kinds.js';
import { readUpload } from '#lib/features/import/readUpload.js';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireCapability({ locals, url }, 'IMPORT');
  return { huvudmen: (await locals.api(MyHuvudmenDocument)).myHuvudmen };
};

async function importWith(request: Request, locals: App.Locals, dryRun: boolean) {
  const form = await request.formData();
  const kind = form.get('slag');
  const year = String(form.get('ar') ?? '').trim();
  const huvudmanId = String(form.get('huvudman') ?? '');
  const { csv, fileName } = await readUpload(form);
  const typed = { kind: isImportKind(kind) ? kind : ('CONTRACT_AREAS' as const), year, huvudmanId, csv, fileName };
  const faults = [
    ...(/^\d{4}$/.test(year) ? [] : [{ path: 'ar', code: 'BAD_YEAR', message: '' }]),
    ...(csv.trim() === '' ? [{ path: 'fil', code: 'MISSING', message: '' }] : []),
  ];
  if (faults.length > 0) return fail(400, { typed, faults, refusal: null, report: null });
  const input = { huvudmanId, year: Number(year), kind: typed.kind, csv, fileName, dryRun };
  const { importCsv } = await locals.api(ImportCsvDocument, { input });
  if (importCsv.__typename === 'Refusal')
    return fail(400, { typed, faults: [], refusal: { code: importCsv.code, message: importCsv.message }, report: null });
  return { typed, faults: [], refusal: null, report: importCsv };
}

export const actions: Actions = {
  prova: ({ request, locals }) => importWith(request, locals, true),
  importera: ({ request, locals }) => importWith(request, locals, false),
};
