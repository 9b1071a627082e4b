import type { ContractAreaYear, Huvudman, MetStep, Provider } from '../contracts/index.js';
import type { Finding } from '../findings/index.js';
import type {
  AreaAssessment,
  AreaGrade,
  AssessmentTotal,
  AssessmentYear,
  EarlierGrade,
  LiveStanding,
  PlanStanding,
  StatedFigure,
  YearState,
} from './assessment.model.js';
import { areaStanding, gradeTotals, stepOfPlans, yearsInRow } from './assessment.rules.js';
import { contradictions } from './contradictions.rules.js';
import { propose } from './proposal.rules.js';

/** Everything a year's view is made of, as the stores have it. */
export interface YearRows {
  readonly huvudman: Huvudman;
  readonly state: YearState;
  readonly areas: readonly ContractAreaYear[];
  readonly findings: readonly Finding[];
  readonly plans: readonly PlanStanding[];
  /** Oldest first. */
  readonly grades: readonly AreaGrade[];
  readonly earlier: ReadonlyMap<string, readonly EarlierGrade[]>;
  readonly providers: ReadonlyMap<string, readonly Provider[]>;
  readonly stated: readonly StatedFigure[];
  readonly years: readonly number[];
}

/** The year as the screen shows it. Pure: the same rows give the same view. */
export function yearView(rows: YearRows): AssessmentYear {
  const { huvudman, state, years } = rows;
  const areas = areaViews(rows);
  const source = {
    year: state.year,
    areas: areas.map(({ contractArea, fixed }) => ({ ...contractArea, grade: fixed })),
    findings: sourceFindings(rows),
    stated: rows.stated,
    decidedOn: state.decidedOn,
  };
  const changes = [...rows.plans.map((plan) => plan.changedAt), ...rows.grades.map((grade) => grade.decidedAt), state.fixedAt];
  return { huvudman, state, areas, totals: totals(areas), contradictions: contradictions(source), years, updatedAt: latest(changes) };
}

/** Each area of the year, in the order of `areas`. */
export function areaViews(rows: YearRows): AreaAssessment[] {
  const findings = groupBy(rows.findings, (finding) => finding.contractAreaId);
  const plans = groupBy(rows.plans, (plan) => plan.findingId);
  const grades = new Map(rows.grades.map((grade) => [grade.contractAreaId, grade]));
  return rows.areas.map((area) => areaView(rows, area, findings.get(area.id) ?? [], plans, grades.get(area.id)));
}

type PlansByFinding = ReadonlyMap<string, readonly PlanStanding[]>;

function areaView(
  rows: YearRows,
  contractArea: ContractAreaYear,
  findings: readonly Finding[],
  plans: PlansByFinding,
  grade: AreaGrade | undefined,
): AreaAssessment {
  const { metStep } = rows.huvudman;
  const fixed = grade?.grade ?? null;
  const live = liveStanding(fixed, findings, plans, metStep);
  const earlier = rows.earlier.get(contractArea.id) ?? [];
  const inRow = yearsInRow(contractArea.year, fixed, earlier);
  const providers = (rows.providers.get(contractArea.id) ?? []).map((provider) => {
    const own = findings.filter((finding) => finding.providerId === provider.id);
    return { provider, live: liveStanding(null, own, plans, metStep), findingCount: own.length };
  });
  const proposal = propose({
    ...{ fixed, live, metStep, findingCount: findings.length, yearsInRow: inRow },
    providers: providers.length,
    providersWithFindings: providers.filter((each) => each.findingCount > 0).length,
  });
  const planCount = live.counts.reduce((sum, { count }) => sum + count, 0);
  const grounds = grade?.grounds ?? null;
  return {
    ...{ year: contractArea.year, contractArea, fixed, grounds, live, earlier, yearsInRow: inRow },
    findingCount: findings.length,
    planCount,
    providers,
    proposal,
  };
}

function liveStanding(fixed: AreaAssessment['fixed'], findings: readonly Finding[], plans: PlansByFinding, metStep: MetStep): LiveStanding {
  const own = findings.map((finding) => plans.get(finding.id) ?? []);
  return { ...areaStanding(fixed, own.map(stepOfPlans), metStep), changedAt: latest(own.flat().map((plan) => plan.changedAt)) };
}

function totals(areas: readonly AreaAssessment[]): AssessmentTotal[] {
  const total = (serviceArea: number | null): AssessmentTotal => {
    const counted = areas.filter((area) => serviceArea === null || area.contractArea.serviceArea === serviceArea);
    return {
      serviceArea,
      fixed: gradeTotals(counted.map((area) => area.fixed)),
      live: gradeTotals(counted.map((area) => area.live.colour)),
    };
  };
  const serviceAreas = [...new Set(areas.map((area) => area.contractArea.serviceArea))].sort((a, b) => a - b);
  return [...serviceAreas.map(total), total(null)];
}

function sourceFindings({ areas, findings }: YearRows) {
  const keys = new Map(areas.map((area) => [area.id, area.key]));
  return findings.map(({ contractAreaId, planInSource, planSource }) => ({
    contractAreaKey: keys.get(contractAreaId) ?? '',
    ...{ planInSource, planSource },
  }));
}

function latest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null).map((time) => time.getTime());
  return known.length === 0 ? null : new Date(known.reduce((a, b) => Math.max(a, b)));
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
