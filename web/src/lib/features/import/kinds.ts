import type { ImportKind } from '#lib/api/generated/graphql.js';
import * as m from '#lib/paraglide/messages.js';

/** What can be imported, in the order a year is set up, with the headings each file must have. */
export const importKinds: readonly { kind: ImportKind; word: () => string; columns: string }[] = [
  {
    kind: 'CONTRACT_AREAS',
    word: m.import_kind_contract_areas,
    columns: 'key, name, service_area, service_area_source, category, grade, providers, units, contract_forms, laws',
  },
  {
    kind: 'FINDINGS',
    word: m.import_kind_findings,
    columns: 'contract_area, key, kind, law, focus_area, krav, observation, plan_in_source, plan_source',
  },
  { kind: 'STATED_FIGURES', word: m.import_kind_stated_figures, columns: 'figure, scope, value' },
  { kind: 'EARLIER_GRADES', word: m.import_kind_earlier_grades, columns: 'key, year, grade, source' },
];

export const isImportKind = (text: FormDataEntryValue | null): text is ImportKind => importKinds.some(({ kind }) => kind === text);
