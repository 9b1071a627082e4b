import type { AreaRowFragment, Grade, Step } from '#lib/api/generated/graphql.js';

/** Which rows the matrix shows, as the URL says it. Empty: all. */
export interface MatrixFilter {
  readonly serviceArea: number | null;
  readonly fixed: GradeWord | null;
  readonly live: GradeWord | null;
  /** null: not chosen, the screen's width decides. */
  readonly view: View | null;
  /** Keys of chosen contract areas (a contradiction's rows). Empty: no such choice. */
  readonly keys: readonly string[];
}

export type View = 'alla' | 'plan' | 'andrade';
export type GradeWord = 'gron' | 'gul' | 'rod' | 'ej';

const gradeOf: Record<GradeWord, Grade | null> = { gron: 'GREEN', gul: 'YELLOW', rod: 'RED', ej: null };
const views: readonly View[] = ['alla', 'plan', 'andrade'];

const isGradeWord = (text: string | null): text is GradeWord => text !== null && Object.hasOwn(gradeOf, text);

/** Reads ?omrade=3&bedomning=gul&lage=gron&visa=plan; what it does not know it leaves out. */
export function readMatrixFilter(search: { get(name: string): string | null }): MatrixFilter {
  const area = search.get('omrade');
  const fixed = search.get('bedomning');
  const live = search.get('lage');
  const view = search.get('visa');
  return {
    serviceArea: area !== null && /^[1-9]$/.test(area) ? Number(area) : null,
    fixed: isGradeWord(fixed) ? fixed : null,
    live: isGradeWord(live) ? live : null,
    view: views.find((known) => known === view) ?? null,
    keys: (search.get('rader') ?? '').split(',').filter((key) => key !== ''),
  };
}

/** The other way: a query for a link, "" when nothing is chosen. The anchor leads to the rows themselves. */
export function matrixHref(filter: Partial<MatrixFilter>): string {
  const query = new URLSearchParams();
  if (filter.serviceArea) query.set('omrade', String(filter.serviceArea));
  if (filter.fixed) query.set('bedomning', filter.fixed);
  if (filter.live) query.set('lage', filter.live);
  if (filter.view) query.set('visa', filter.view);
  if (filter.keys?.length) query.set('rader', filter.keys.join(','));
  return `?${query}#avtalsomraden`;
}

/** Anything but the view chosen? Then the rows are exactly those, on every screen. */
export const isNarrowed = (filter: MatrixFilter): boolean =>
  filter.serviceArea !== null || filter.fixed !== null || filter.live !== null || filter.keys.length > 0;

export const gradeFor = (word: GradeWord): Grade | null => gradeOf[word];
export const hasPlan = (row: AreaRowFragment): boolean => row.planCount > 0;
/** Läge efter åtgärd has another colour than the board decided. */
export const isChanged = (row: AreaRowFragment): boolean => (row.live.colour ?? null) !== (row.fixed ?? null);

/** Rows that the figures point at: by service area and grade, before the view (alla, med plan, ändrade). */
export function rowsFor(rows: readonly AreaRowFragment[], filter: MatrixFilter): AreaRowFragment[] {
  return rows.filter(
    (row) =>
      (filter.serviceArea === null || row.contractArea.serviceArea === filter.serviceArea) &&
      (filter.fixed === null || (row.fixed ?? null) === gradeOf[filter.fixed]) &&
      (filter.live === null || (row.live.colour ?? null) === gradeOf[filter.live]) &&
      (filter.keys.length === 0 || filter.keys.includes(row.contractArea.key)),
  );
}

export function inView(row: AreaRowFragment, view: View): boolean {
  if (view === 'plan') return hasPlan(row);
  return view === 'alla' || isChanged(row);
}

interface Counts {
  readonly gron: number;
  readonly gul: number;
  readonly rod: number;
  readonly ej: number;
  readonly all: number;
}

function countBy(rows: readonly AreaRowFragment[], grade: (row: AreaRowFragment) => Grade | null | undefined): Counts {
  const count = (wanted: Grade | null) => rows.filter((row) => (grade(row) ?? null) === wanted).length;
  return { gron: count('GREEN'), gul: count('YELLOW'), rod: count('RED'), ej: count(null), all: rows.length };
}

export interface Total {
  /** null: all of them. */
  readonly serviceArea: number | null;
  readonly fixed: Counts;
  readonly live: Counts;
}

/** Counted from the rows on screen, so that every figure is exactly the rows it leads to; the last one is the sum. */
export function totalsOf(rows: readonly AreaRowFragment[]): Total[] {
  const areas = [...new Set(rows.map((row) => row.contractArea.serviceArea))].toSorted((a, b) => a - b);
  const total = (serviceArea: number | null): Total => {
    const its = serviceArea === null ? rows : rows.filter((row) => row.contractArea.serviceArea === serviceArea);
    return { serviceArea, fixed: countBy(its, (row) => row.fixed), live: countBy(its, (row) => row.live.colour) };
  };
  return [...areas.map(total), total(null)];
}

const severity: Record<GradeWord, number> = { rod: 0, gul: 1, gron: 2, ej: 3 };
const wordOf = (grade: Grade | null | undefined): GradeWord =>
  grade ? ({ GREEN: 'gron', YELLOW: 'gul', RED: 'rod' } as const)[grade] : 'ej';

export interface Group {
  readonly serviceArea: number;
  readonly rows: AreaRowFragment[];
  /** Every area's fixed grade, worst first: the group's little picture. */
  readonly marks: (Grade | null)[];
  readonly counts: Counts;
}

/** By service area; in each, what has findings or is not green comes first, worst first. */
export function groupsOf(rows: readonly AreaRowFragment[]): Group[] {
  const groups = Map.groupBy(rows, (row) => row.contractArea.serviceArea);
  return [...groups.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([serviceArea, its]) => ({
      serviceArea,
      rows: its.toSorted((a, b) => Number(isCalm(a)) - Number(isCalm(b)) || severity[wordOf(a.fixed)] - severity[wordOf(b.fixed)]),
      marks: its.map((row) => row.fixed ?? null).toSorted((a, b) => severity[wordOf(a)] - severity[wordOf(b)]),
      counts: countBy(its, (row) => row.fixed),
    }));
}

/** Green and without plans: low and plain. */
export const isCalm = (row: AreaRowFragment): boolean => row.fixed === 'GREEN' && !hasPlan(row) && !isChanged(row);

/** How many plans stand at each step, over all rows. */
export function stepsOf(rows: readonly AreaRowFragment[]): { step: Step; count: number }[] {
  const sums = new Map<Step, number>();
  for (const { step, count } of rows.flatMap((row) => row.live.counts)) sums.set(step, (sums.get(step) ?? 0) + count);
  return [...sums].map(([step, count]) => ({ step, count }));
}
