import type { Source } from '../contracts/index.js';
import type { Contradiction, Grade, StatedFigure } from './assessment.model.js';
import { areasPhrase, findingsPhrase } from './words.rules.js';

/** The key of an area that the source counts but doesn't name. */
const UNNAMED_KEY = 'ej-namngivet';

interface SourceArea {
  readonly key: string;
  readonly serviceArea: number;
  readonly serviceAreaSource: Source;
  readonly grade: Grade | null;
}

interface SourceFinding {
  readonly contractAreaKey: string;
  readonly planInSource: string;
  readonly planSource: Source;
}

/** What the source states, and the rows it is set against. */
export interface SourceYear {
  readonly year: number;
  readonly areas: readonly SourceArea[];
  readonly findings: readonly SourceFinding[];
  readonly stated: readonly StatedFigure[];
  readonly decidedOn: string | null;
}

/** Every place where the source says one thing and the rows another, or where the rows rest on an assumption. Shown, never mended. */
export function contradictions(source: SourceYear): Contradiction[] {
  return [...unnamedAreas(source), ...plansNotDrawnUp(source), ...assumedServiceAreas(source), ...assumedPlans(source), ...figures(source)];
}

function unnamedAreas({ year, areas, stated }: SourceYear): Contradiction[] {
  const all = value(stated, 'contract_areas', 'all');
  const named = value(stated, 'contract_areas_named', 'all');
  if (all === null || named === null || all === named) return [];
  const unnamed = areas.filter((area) => area.key === UNNAMED_KEY);
  return [
    {
      code: 'UNNAMED_AREA',
      title: `${named} namn, men ${all} räknade`,
      statedText: `${all} avtalsområden`,
      rowsText: `${areas.length - unnamed.length} har namn, ${unnamed.length} saknar namn`,
      rowsHref: href(year, unnamed),
    },
  ];
}

/** Least far first: an area is as far as the finding that has come least. */
const SOURCE_STATES = ['begärd', 'under framtagande', 'inkommen', 'upprättad'] as const;
const PLURAL = { begärd: 'begärda', 'under framtagande': 'under framtagande', inkommen: 'inkomna', upprättad: 'upprättade' } as const;
const DRAWN_UP: ReadonlySet<string> = new Set(['inkommen', 'upprättad']);

function plansNotDrawnUp({ year, areas, findings, stated }: SourceYear): Contradiction[] {
  const total = value(stated, 'plans_drawn_up', 'all');
  if (total === null) return [];
  const states = areas.map((area) => ({ key: area.key, state: sourceState(findings.filter((each) => each.contractAreaKey === area.key)) }));
  const planned = states.filter(({ state }) => state !== null);
  const missing = planned.filter(({ state }) => state !== null && !DRAWN_UP.has(state));
  const drawnUp = planned.length - missing.length;
  if (String(drawnUp) === total) return [];
  const listed = (drawn: boolean): string =>
    SOURCE_STATES.filter((state) => DRAWN_UP.has(state) === drawn)
      .map((state) => ({ state, count: planned.filter((each) => each.state === state).length }))
      .filter(({ count }) => count > 0)
      .map(({ state, count }) => `${count} ${count === 1 ? state : PLURAL[state]}`)
      .join(', ');
  return [
    {
      code: 'PLANS_DRAWN_UP',
      title: `Planer för alla ${total}?`,
      statedText: `planer är upprättade för ${areasPhrase(Number(total))}`,
      rowsText: `${areasPhrase(missing.length)} utan upprättad plan: ${listed(false)}${drawnUp > 0 ? `; övriga: ${listed(true)}` : ''}`,
      rowsHref: href(year, missing),
    },
  ];
}

function sourceState(findings: readonly SourceFinding[]): string | null {
  return SOURCE_STATES.find((state) => findings.some((finding) => finding.planInSource === state)) ?? null;
}

function assumedServiceAreas({ year, areas }: SourceYear): Contradiction[] {
  const assumed = areas.filter((area) => area.serviceAreaSource === 'ASSUMED');
  if (assumed.length === 0) return [];
  return [
    {
      code: 'SERVICE_AREA_ASSUMED',
      title: 'Område utan källa',
      statedText: `området anges för ${areasPhrase(areas.length - assumed.length)}`,
      rowsText: `antaget för ${areasPhrase(assumed.length)}`,
      rowsHref: href(year, assumed),
    },
  ];
}

function assumedPlans({ year, areas, findings }: SourceYear): Contradiction[] {
  const assumed = findings.filter((finding) => finding.planSource === 'ASSUMED');
  if (assumed.length === 0) return [];
  const keys = new Set(assumed.map((finding) => finding.contractAreaKey));
  const rows = areas.filter((area) => keys.has(area.key));
  return [
    {
      code: 'PLAN_ASSUMED',
      title: 'Plan utan källa',
      statedText: 'källan nämner ingen plan',
      rowsText: `begärd enligt huvudregeln för ${areasPhrase(rows.length)} (${findingsPhrase(assumed.length)})`,
      rowsHref: href(year, rows),
    },
  ];
}

const COUNTED: Readonly<Record<string, (area: SourceArea) => boolean>> = {
  contract_areas: () => true,
  contract_areas_named: (area) => area.key !== UNNAMED_KEY,
  green: (area) => area.grade === 'GREEN',
  yellow: (area) => area.grade === 'YELLOW',
  red: (area) => area.grade === 'RED',
};

/** Every stated total that isn't what the rows add up to, and a decision date that isn't the one registered. */
function figures({ year, areas, stated, decidedOn }: SourceYear): Contradiction[] {
  const found: Contradiction[] = [];
  for (const { figure, scope, value: text } of stated) {
    if (figure === 'decided' && decidedOn !== null && decidedOn !== text) {
      found.push({ code: 'DECIDED_ON', title: 'Beslutsdatum', statedText: text, rowsText: decidedOn, rowsHref: null });
    }
    const counts = COUNTED[figure];
    if (!counts) continue;
    const rows = areas.filter((area) => (scope === 'all' || String(area.serviceArea) === scope) && counts(area));
    if (rows.length === Number(text)) continue;
    const title = `${figureWord(figure)}${scope === 'all' ? '' : ` i område ${scope}`}`;
    found.push({
      code: 'FIGURE',
      title,
      statedText: areasPhrase(Number(text)),
      rowsText: areasPhrase(rows.length),
      rowsHref: href(year, rows),
    });
  }
  return found;
}

function figureWord(figure: string): string {
  const grade = figure.toUpperCase();
  if (grade === 'GREEN' || grade === 'YELLOW' || grade === 'RED') return `Antal ${{ GREEN: 'gröna', YELLOW: 'gula', RED: 'röda' }[grade]}`;
  return figure === 'contract_areas_named' ? 'Avtalsområden med namn' : 'Antal avtalsområden';
}

const value = (stated: readonly StatedFigure[], figure: string, scope: string): string | null =>
  stated.find((each) => each.figure === figure && each.scope === scope)?.value ?? null;

const href = (year: number, rows: readonly { readonly key: string }[]): string | null =>
  rows.length === 0 ? null : `/bedomning?year=${year}&areas=${rows.map((row) => encodeURIComponent(row.key)).join(',')}`;
