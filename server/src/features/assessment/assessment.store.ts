import { In, LessThan } from 'typeorm';
import type { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import type { ActorSnapshot } from '../accounts/index.js';
import { AreaGradeRow, AssessmentYearRow, EarlierGradeRow, FindingStepRow, StatedFigureRow } from './assessment.entity.js';
import type { AreaGrade, EarlierGrade, PlanStanding, StatedFigure, YearState } from './assessment.model.js';

const NOTHING_DECIDED = { decidedOn: null, firstReportOn: null, planFollowUpOn: null, fixedAt: null };

/** Every query of the assessment. */
export class AssessmentStore {
  constructor(private readonly db: Database) {}

  async yearState(huvudmanId: string, year: number): Promise<YearState> {
    const row = await this.db.em.findOneBy(AssessmentYearRow, { huvudmanId, year });
    const { decidedOn, firstReportOn, planFollowUpOn, fixedAt } = row ?? NOTHING_DECIDED;
    return { huvudmanId, year, decidedOn, firstReportOn, planFollowUpOn, fixedAt };
  }

  /**
   * Takes the year for this transaction: nobody else grades or fixes it until the transaction ends. Creates it when missing.
   * Call it first: the update both locks the row and, on MariaDB, comes before the snapshot that later reads see.
   */
  async lockYear(huvudmanId: string, year: number): Promise<YearState> {
    const years = this.db.em.getRepository(AssessmentYearRow);
    const advance = () => years.update({ huvudmanId, year }, { revision: () => 'revision + 1' });
    if ((await advance()).affected === 0) {
      const row = { id: newId(), huvudmanId, year, ...NOTHING_DECIDED, revision: 0 };
      await years.createQueryBuilder().insert().values(row).orIgnore().execute();
      await advance();
    }
    return this.yearState(huvudmanId, year);
  }

  async changeYear(huvudmanId: string, year: number, change: Partial<Omit<YearState, 'huvudmanId' | 'year'>>): Promise<void> {
    await this.db.em.update(AssessmentYearRow, { huvudmanId, year }, change);
  }

  /** Every grade of the year, oldest first. */
  async grades(huvudmanId: string, year: number): Promise<AreaGrade[]> {
    const rows = await this.db.em.find(AreaGradeRow, { where: { huvudmanId, year }, order: { number: 'ASC' } });
    return rows.map(toAreaGrade);
  }

  async gradesBefore(huvudmanId: string, year: number): Promise<AreaGrade[]> {
    const where = { huvudmanId, year: LessThan(year) };
    return (await this.db.em.find(AreaGradeRow, { where, order: { number: 'ASC' } })).map(toAreaGrade);
  }

  async addGrade(huvudmanId: string, grade: AreaGrade): Promise<void> {
    const row = { ...grade, id: newId(), huvudmanId, decidedBy: JSON.stringify(grade.decidedBy) };
    await this.db.em.insert(AreaGradeRow, Object.assign(new AreaGradeRow(), row));
  }

  earlierGrades(huvudmanId: string): Promise<(EarlierGrade & { contractAreaId: string })[]> {
    return this.db.em.find(EarlierGradeRow, { where: { huvudmanId } });
  }

  async putEarlierGrade(huvudmanId: string, contractAreaId: string, { year, grade, source }: EarlierGrade): Promise<void> {
    const present = await this.db.em.findOneBy(EarlierGradeRow, { contractAreaId, year });
    if (present) await this.db.em.update(EarlierGradeRow, { id: present.id }, { grade, source });
    else
      await this.db.em.insert(
        EarlierGradeRow,
        Object.assign(new EarlierGradeRow(), { id: newId(), huvudmanId, contractAreaId, year, grade, source }),
      );
  }

  /** In the source's order. */
  statedFigures(huvudmanId: string, year: number): Promise<StatedFigure[]> {
    return this.db.em.find(StatedFigureRow, { where: { huvudmanId, year }, order: { position: 'ASC' } });
  }

  async putStatedFigure(huvudmanId: string, year: number, { figure, scope, value }: StatedFigure): Promise<void> {
    const present = await this.db.em.findOneBy(StatedFigureRow, { huvudmanId, year, figure, scope });
    if (present) return void (await this.db.em.update(StatedFigureRow, { id: present.id }, { value }));
    const position = ((await this.db.em.maximum(StatedFigureRow, 'position', { huvudmanId, year })) ?? 0) + 1;
    const row = { id: newId(), huvudmanId, year, position, figure, scope, value };
    await this.db.em.insert(StatedFigureRow, Object.assign(new StatedFigureRow(), row));
  }

  planStanding(planId: string): Promise<PlanStanding | null> {
    return this.db.em.findOneBy(FindingStepRow, { planId });
  }

  planStandings(huvudmanId: string, year: number): Promise<PlanStanding[]> {
    return this.db.em.findBy(FindingStepRow, { huvudmanId, year });
  }

  async putPlanStanding(standing: PlanStanding): Promise<void> {
    await this.db.em.save(FindingStepRow, Object.assign(new FindingStepRow(), standing));
  }

  async removePlanStandings(planIds: readonly string[]): Promise<void> {
    await this.db.em.delete(FindingStepRow, { planId: In([...planIds]) });
  }
}

const toAreaGrade = (row: AreaGradeRow): AreaGrade => ({ ...row, decidedBy: JSON.parse(row.decidedBy) as ActorSnapshot });
