import { huvudmenWhere, may, snapshot, type Actor, type ActorSnapshot } from '../accounts/index.js';
import type { AuditService } from '../audit/index.js';
import type { ContractAreaYear, ContractsService } from '../contracts/index.js';
import type { FindingsService } from '../findings/index.js';
import { swedishDate, type Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { notFound, type Refused } from '../../platform/outcome.js';
import type { Topics } from '../../platform/topics.js';
import type { AreaAssessment, AssessmentYear, Grade, StatedFigure } from './assessment.model.js';
import { assessmentTopic, type AssessmentHint, type StepProjection } from './assessment.projection.js';
import type { AssessmentStore } from './assessment.store.js';
import { dateInFuture, gradesMissing, missingGrounds, yearFixed } from './decisions.rules.js';
import { earlierByArea } from './earlier.rules.js';
import { areaViews, yearView, type YearRows } from './view.rules.js';
import { COLOUR_WORD } from './words.rules.js';

export interface AssessmentDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly contracts: ContractsService;
  readonly findings: FindingsService;
  readonly audit: AuditService;
}

export interface GradeDecision {
  readonly year: number;
  readonly contractAreaId: string;
  readonly grade: Grade;
  readonly grounds: string;
}

export interface FixDecision {
  readonly huvudmanId: string;
  readonly year: number;
  /** When the board decided, `YYYY-MM-DD`. */
  readonly decidedOn: string;
}

/** The year's assessment: what was decided, beside where the plans have brought it. */
export class AssessmentService {
  constructor(
    private readonly deps: AssessmentDeps,
    private readonly store: AssessmentStore,
    private readonly projection: StepProjection,
  ) {}

  /**
   * @param year null: the newest year that has contract areas, else last year
   * @param huvudmanId null: the actor's first
   * @throws DomainError NOT_FOUND where the actor may not read an assessment
   */
  async assessment(actor: Actor, year: number | null, huvudmanId: string | null): Promise<AssessmentYear> {
    const owner = this.readable(actor, huvudmanId);
    return yearView(await this.load(owner, year ?? (await this.newestYear(owner))));
  }

  /** @throws DomainError NOT_FOUND where the actor may not read it, or there is no such area that year */
  async areaAssessment(actor: Actor, year: number, contractAreaKey: string, huvudmanId: string | null): Promise<AreaAssessment> {
    const rows = await this.load(this.readable(actor, huvudmanId), year);
    return single(rows, (area) => area.key === contractAreaKey);
  }

  /** What the source states of the year. @throws DomainError NOT_FOUND as `assessment` */
  async statedFigures(actor: Actor, year: number, huvudmanId: string | null): Promise<StatedFigure[]> {
    return this.store.statedFigures(this.readable(actor, huvudmanId), year);
  }

  /** Hints of changed areas, for a subscription. @throws DomainError NOT_FOUND as `assessment` */
  changes(actor: Actor, year: number, huvudmanId: string | null): AsyncIterableIterator<AssessmentHint> {
    return this.deps.topics.iterate<AssessmentHint>(assessmentTopic(this.readable(actor, huvudmanId), year));
  }

  /** The area a hint is about, as this actor may see it now. */
  async changedArea(actor: Actor, year: number, huvudmanId: string | null, hint: AssessmentHint): Promise<AreaAssessment> {
    return single(await this.load(this.readable(actor, huvudmanId), year), (area) => area.id === hint.contractAreaId);
  }

  /** A person's samlade bedömning. The grade before it is kept. */
  async decideAreaGrade(actor: Actor, decision: GradeDecision): Promise<AreaAssessment | Refused> {
    const { year, contractAreaId, grade } = decision;
    const area = await this.deps.contracts.contractArea(contractAreaId, year);
    const membership = area && may(actor, 'assessment.decide', { huvudmanId: area.huvudmanId });
    if (!membership) throw notFound();
    const grounds = decision.grounds.trim();
    const missing = missingGrounds(grounds);
    if (missing) return missing;
    return this.deps.db.tx(async () => {
      if ((await this.store.lockYear(area.huvudmanId, year)).fixedAt) return yearFixed(year);
      await this.addDecision(area, snapshot(actor, membership), grade, grounds);
      return single(await this.load(area.huvudmanId, year), (each) => each.id === contractAreaId);
    });
  }

  /** Registers the board's decision: from then on the year's grades are frozen. */
  async fixAssessment(actor: Actor, { huvudmanId, year, decidedOn }: FixDecision): Promise<AssessmentYear | Refused> {
    const membership = may(actor, 'assessment.fix', { huvudmanId });
    if (!membership) throw notFound();
    if (decidedOn > swedishDate(this.deps.clock.now())) return dateInFuture();
    return this.deps.db.tx(async () => {
      if ((await this.store.lockYear(huvudmanId, year)).fixedAt) return yearFixed(year);
      const before = yearView(await this.load(huvudmanId, year));
      const missing = gradesMissing(before.areas);
      if (missing) return missing;
      await this.store.changeYear(huvudmanId, year, { decidedOn, fixedAt: this.deps.clock.now() });
      const grades = Object.fromEntries(before.areas.map((area) => [area.contractArea.key, area.fixed]));
      await this.deps.audit.record({
        ...{ huvudmanId, by: snapshot(actor, membership), act: 'assessment.fix', subjectType: 'assessment', subjectId: String(year) },
        summary: `Bedömningen ${year} fastställd, beslut ${decidedOn}`,
        details: { year, decidedOn, grades },
      });
      return yearView(await this.load(huvudmanId, year));
    });
  }

  /** Makes läge efter åtgärd again from the recorded events (I8). */
  recompute(huvudmanId: string, year: number): Promise<{ plans: number; differing: number }> {
    return this.projection.recompute(huvudmanId, year);
  }

  private async addDecision(area: ContractAreaYear, by: ActorSnapshot, grade: Grade, grounds: string): Promise<void> {
    const { huvudmanId, year, id: contractAreaId } = area;
    const before = (await this.store.grades(huvudmanId, year)).filter((each) => each.contractAreaId === contractAreaId).at(-1);
    const number = (before?.number ?? 0) + 1;
    const decidedAt = this.deps.clock.now();
    await this.store.addGrade(huvudmanId, { contractAreaId, year, number, grade, grounds, origin: 'DECISION', decidedBy: by, decidedAt });
    await this.deps.audit.record({
      ...{ huvudmanId, by, act: 'assessment.decideGrade', subjectType: 'contractArea', subjectId: contractAreaId },
      summary: `${area.name}: ${COLOUR_WORD[grade]} ${year}`,
      details: { year, key: area.key, from: before?.grade ?? null, to: grade, number, grounds },
    });
    this.deps.db.afterCommit(() =>
      this.deps.topics.publish(assessmentTopic(huvudmanId, year), { contractAreaId } satisfies AssessmentHint),
    );
  }

  private readable(actor: Actor, huvudmanId: string | null): string {
    const ids = huvudmenWhere(actor, 'assessment.read');
    const owner = huvudmanId === null ? ids[0] : ids.find((id) => id === huvudmanId);
    if (owner === undefined) throw notFound();
    return owner;
  }

  private async newestYear(huvudmanId: string): Promise<number> {
    const years = await this.deps.contracts.years(huvudmanId);
    return years[0] ?? Number(swedishDate(this.deps.clock.now()).slice(0, 4)) - 1;
  }

  /** A year's rows in a fixed number of queries, whatever the number of areas. */
  private async load(huvudmanId: string, year: number): Promise<YearRows> {
    const { contracts, findings } = this.deps;
    const huvudman = await contracts.huvudman(huvudmanId);
    if (!huvudman) throw notFound();
    return {
      huvudman,
      state: await this.store.yearState(huvudmanId, year),
      areas: await contracts.contractAreas(huvudmanId, year),
      findings: await findings.findingsOf(huvudmanId, year),
      plans: await this.store.planStandings(huvudmanId, year),
      grades: await this.store.grades(huvudmanId, year),
      earlier: earlierByArea(year, await this.store.earlierGrades(huvudmanId), await this.store.gradesBefore(huvudmanId, year)),
      providers: await contracts.providersByArea(huvudmanId),
      stated: await this.store.statedFigures(huvudmanId, year),
      years: await contracts.years(huvudmanId),
    };
  }
}

function single(rows: YearRows, wanted: (area: ContractAreaYear) => boolean): AreaAssessment {
  const found = areaViews({ ...rows, areas: rows.areas.filter(wanted) })[0];
  if (!found) throw notFound();
  return found;
}
