import type { PlanFilter, PlanState, Step } from '#lib/api/generated/graphql.js';

/** The plan list's choices, as its URL says them: /planer?ar=2022&avtalsomrade=hlm&lage=draft,returned&steg=submitted&sena=1&sok=rutin&antal=100 */
export interface PlanChoices {
  readonly year: number | null;
  readonly areaKey: string | null;
  readonly states: readonly PlanState[];
  readonly step: Step | null;
  readonly overdue: boolean;
  readonly search: string;
  /** How many rows to show. */
  readonly shown: number;
}

export const pageSize = 50;
const most = 500;

const states: readonly PlanState[] = [
  'REQUESTED',
  'DRAFT',
  'SUBMITTED',
  'RETURNED',
  'APPROVED',
  'REPORTED',
  'VERIFIED',
  'NOT_REMEDIED',
  'CLOSED',
  'WITHDRAWN',
];
const steps: readonly Step[] = ['REQUESTED', 'SUBMITTED', 'APPROVED', 'REPORTED', 'VERIFIED', 'NOT_REMEDIED'];

interface Search {
  get(name: string): string | null;
}

/** What it does not know it leaves out; it never fails on an old or mistyped link. */
export function readPlanChoices(search: Search): PlanChoices {
  const year = search.get('ar') ?? '';
  const asked = (search.get('lage') ?? '').toUpperCase().split(',');
  const step = (search.get('steg') ?? '').toUpperCase();
  const shown = Number(search.get('antal') ?? pageSize);
  return {
    year: /^\d{4}$/.test(year) ? Number(year) : null,
    areaKey: search.get('avtalsomrade') || null,
    states: states.filter((state) => asked.includes(state)),
    step: steps.find((known) => known === step) ?? null,
    overdue: search.get('sena') === '1',
    search: (search.get('sok') ?? '').trim().slice(0, 100),
    shown: Number.isInteger(shown) && shown >= pageSize && shown <= most ? shown : pageSize,
  };
}

/** @returns "?ar=2022&…", or "?" when nothing is chosen */
export function planChoicesHref(choices: Partial<PlanChoices>): string {
  const query = new URLSearchParams();
  if (choices.year) query.set('ar', String(choices.year));
  if (choices.areaKey) query.set('avtalsomrade', choices.areaKey);
  if (choices.states?.length) query.set('lage', choices.states.join(',').toLowerCase());
  if (choices.step) query.set('steg', choices.step.toLowerCase());
  if (choices.overdue) query.set('sena', '1');
  if (choices.search) query.set('sok', choices.search);
  if (choices.shown && choices.shown > pageSize) query.set('antal', String(choices.shown));
  return `?${query}`;
}

/** What the API is asked for. */
export function planFilter(choices: PlanChoices): PlanFilter {
  return {
    ...(choices.year !== null && { year: choices.year }),
    ...(choices.areaKey !== null && { contractAreaKey: choices.areaKey }),
    ...(choices.states.length > 0 && { states: [...choices.states] }),
    ...(choices.step !== null && { step: choices.step }),
    ...(choices.overdue && { overdue: true }),
    ...(choices.search !== '' && { search: choices.search }),
  };
}

/** Is anything chosen at all? */
export const isFiltered = (choices: PlanChoices): boolean => Object.keys(planFilter(choices)).length > 0;

/** A filter form as a query, without the fields left empty. */
export function queryOf(form: FormData): string {
  const query = new URLSearchParams();
  for (const [name, value] of form) if (typeof value === 'string' && value !== '') query.set(name, value);
  return `?${query}`;
}
