import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Source } from '../contracts/index.js';
import type { Step } from '../handlingsplaner/index.js';
import type { AreaGrade, Grade } from './assessment.model.js';

@Entity('assessment_year')
@Index('ux_assessment_year', ['huvudmanId', 'year'], { unique: true })
export class AssessmentYearRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'int' })
  year: number;
  @Column({ type: 'varchar', length: 10, nullable: true })
  decidedOn: string | null;
  @Column({ type: 'varchar', length: 10, nullable: true })
  firstReportOn: string | null;
  @Column({ type: 'varchar', length: 10, nullable: true })
  planFollowUpOn: string | null;
  @Column({ type: 'datetime', precision: 3, nullable: true })
  fixedAt: Date | null;
  /** Grows with every act on the year's grades. Growing it takes the row's lock, so a grade can't slip in beside the freeze. */
  @Column({ type: 'int' })
  revision: number;
}

/** Append-only: a new decision is a new row. */
@Entity('area_grade')
@Index('ux_area_grade_number', ['contractAreaId', 'year', 'number'], { unique: true })
@Index('ix_area_grade_year', ['huvudmanId', 'year'])
export class AreaGradeRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'varchar', length: 32 })
  contractAreaId: string;
  @Column({ type: 'int' })
  year: number;
  @Column({ type: 'int' })
  number: number;
  @Column({ type: 'varchar', length: 10 })
  grade: Grade;
  @Column({ type: 'mediumtext', nullable: true })
  grounds: string | null;
  @Column({ type: 'varchar', length: 10 })
  origin: AreaGrade['origin'];
  /** JSON: the person as then known. */
  @Column({ type: 'mediumtext' })
  decidedBy: string;
  @Column({ type: 'datetime', precision: 3 })
  decidedAt: Date;
}

/** Grades of years before the system, as the source tells them. */
@Entity('earlier_grade')
@Index('ux_earlier_grade', ['contractAreaId', 'year'], { unique: true })
@Index('ix_earlier_grade_huvudman', ['huvudmanId', 'year'])
export class EarlierGradeRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'varchar', length: 32 })
  contractAreaId: string;
  @Column({ type: 'int' })
  year: number;
  @Column({ type: 'varchar', length: 10 })
  grade: Grade;
  @Column({ type: 'varchar', length: 10 })
  source: Source;
}

@Entity('stated_figure')
@Index('ux_stated_figure', ['huvudmanId', 'year', 'figure', 'scope'], { unique: true })
export class StatedFigureRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'int' })
  year: number;
  /** Order in the source. */
  @Column({ type: 'int' })
  position: number;
  @Column({ type: 'varchar', length: 40 })
  figure: string;
  @Column({ type: 'varchar', length: 10 })
  scope: string;
  @Column({ type: 'varchar', length: 40 })
  value: string;
}

/** Projection of the plan events: where each plan has brought its finding. Can be thrown away and made again. */
@Entity('finding_step')
@Index('ix_finding_step_year', ['huvudmanId', 'year'])
export class FindingStepRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  planId: string;
  @Column({ type: 'varchar', length: 32 })
  findingId: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'varchar', length: 32 })
  contractAreaId: string;
  @Column({ type: 'varchar', length: 32 })
  providerId: string;
  @Column({ type: 'int' })
  year: number;
  @Column({ type: 'varchar', length: 20, nullable: true })
  step: Step | null;
  @Column({ type: 'int' })
  seq: number;
  @Column({ type: 'datetime', precision: 3 })
  changedAt: Date;
}

export const assessmentEntities = [AssessmentYearRow, AreaGradeRow, EarlierGradeRow, StatedFigureRow, FindingStepRow] as const;
