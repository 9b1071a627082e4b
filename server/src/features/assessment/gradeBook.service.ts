import type { ActorSnapshot } from '../accounts/index.js';
import type { ContractsService, RowChange } from '../contracts/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { AreaGrade, EarlierGrade, Grade, StatedFigure } from './assessment.model.js';
import type { AssessmentStore } from './assessment.store.js';
import { gradeImport, type GradeImport } from './gradeImport.rules.js';

/** A grade of an earlier year as a file states it, by the area's key. */
export interface EarlierGradeRowFacts extends EarlierGrade {
  readonly contractAreaKey: string;
}

/** The assessment's side of importing: what rows would change, and changing it. Reading files and refusing them is the import's. */
export class GradeBook {
  constructor(
    private readonly db: Database,
    private readonly store: AssessmentStore,
    private readonly contracts: ContractsService,
    private readonly clock: Clock,
  ) {}

  /** Takes the year for the open transaction, so that what was asked still holds when it is written. Call it first. */
  async takeYear(huvudmanId: string, year: number): Promise<void> {
    await this.store.lockYear(huvudmanId, year);
  }

  /** What recording the grades would do, by area key. Writes nothing. */
  async gradeChanges(huvudmanId: string, year: number, grades: ReadonlyMap<string, Grade | null>): Promise<Map<string, GradeImport>> {
    const ids = await this.contracts.contractAreaIdsByKey(huvudmanId);
    const frozen = (await this.store.yearState(huvudmanId, year)).fixedAt !== null;
    const history = await this.store.grades(huvudmanId, year);
    const of = (key: string): AreaGrade[] => history.filter((grade) => grade.contractAreaId === ids.get(key));
    return new Map([...grades].map(([key, grade]) => [key, gradeImport(grade, of(key), frozen)]));
  }

  /** Records the grades as imported. The areas must exist; rows that `gradeChanges` refuses are a fault. */
  importGrades(huvudmanId: string, year: number, grades: ReadonlyMap<string, Grade | null>, by: ActorSnapshot): Promise<void> {
    return this.db.tx(async () => {
      await this.store.lockYear(huvudmanId, year);
      const changes = await this.gradeChanges(huvudmanId, year, grades);
      const ids = await this.contracts.contractAreaIdsByKey(huvudmanId);
      const history = await this.store.grades(huvudmanId, year);
      for (const [key, grade] of grades) {
        const change = changes.get(key);
        if (change === 'YEAR_FIXED' || change === 'GRADE_DECIDED') throw new Error(`the grade of ${key} may not be imported: ${change}`);
        const contractAreaId = ids.get(key);
        if (change === 'UNCHANGED' || grade === null || contractAreaId === undefined) continue;
        const number = history.filter((each) => each.contractAreaId === contractAreaId).length + 1;
        const decidedAt = this.clock.now();
        await this.store.addGrade(huvudmanId, {
          contractAreaId,
          year,
          number,
          grade,
          grounds: null,
          origin: 'IMPORT',
          decidedBy: by,
          decidedAt,
        });
      }
    });
  }

  /** True when the year's grades are frozen. */
  async isFixed(huvudmanId: string, year: number): Promise<boolean> {
    return (await this.store.yearState(huvudmanId, year)).fixedAt !== null;
  }

  /** What recording the figures would do, in their order. Writes nothing. */
  async statedChanges(huvudmanId: string, year: number, figures: readonly StatedFigure[]): Promise<RowChange[]> {
    const present = new Map((await this.store.statedFigures(huvudmanId, year)).map((each) => [`${each.figure}:${each.scope}`, each.value]));
    return figures.map((each) => changeOf(present.get(`${each.figure}:${each.scope}`), each.value));
  }

  /** Records what the source states, and takes the year's report and follow-up dates from it. */
  importStated(huvudmanId: string, year: number, figures: readonly StatedFigure[]): Promise<void> {
    return this.db.tx(async () => {
      await this.store.lockYear(huvudmanId, year);
      for (const figure of figures) await this.store.putStatedFigure(huvudmanId, year, figure);
      const date = (name: string): string | undefined => figures.find((each) => each.figure === name)?.value;
      const [firstReportOn, planFollowUpOn] = [date('first_report'), date('plan_follow_up')];
      if (firstReportOn) await this.store.changeYear(huvudmanId, year, { firstReportOn });
      if (planFollowUpOn) await this.store.changeYear(huvudmanId, year, { planFollowUpOn });
    });
  }

  /** What recording the earlier grades would do, in their order. Writes nothing. */
  async earlierChanges(huvudmanId: string, rows: readonly EarlierGradeRowFacts[]): Promise<RowChange[]> {
    const ids = await this.contracts.contractAreaIdsByKey(huvudmanId);
    const present = new Map((await this.store.earlierGrades(huvudmanId)).map((each) => [`${each.contractAreaId}:${each.year}`, each]));
    return rows.map((row) => {
      const known = present.get(`${ids.get(row.contractAreaKey) ?? ''}:${row.year}`);
      return changeOf(known && `${known.grade} ${known.source}`, `${row.grade} ${row.source}`);
    });
  }

  /** Records grades of years before the system. The areas must exist. */
  importEarlier(huvudmanId: string, rows: readonly EarlierGradeRowFacts[]): Promise<void> {
    return this.db.tx(async () => {
      const ids = await this.contracts.contractAreaIdsByKey(huvudmanId);
      for (const { contractAreaKey, ...grade } of rows) {
        const contractAreaId = ids.get(contractAreaKey);
        if (!contractAreaId) throw new Error(`no contract area ${contractAreaKey}`);
        await this.store.putEarlierGrade(huvudmanId, contractAreaId, grade);
      }
    });
  }

  /** Findings that a plan, not withdrawn, answers. */
  async plannedFindings(huvudmanId: string, year: number): Promise<Set<string>> {
    const plans = await this.store.planStandings(huvudmanId, year);
    return new Set(plans.filter((plan) => plan.step !== null).map((plan) => plan.findingId));
  }
}

function changeOf(present: string | undefined, stated: string): RowChange {
  if (present === undefined) return 'CREATED';
  return present === stated ? 'UNCHANGED' : 'UPDATED';
}
