import { In } from 'typeorm';
import type { ActorSnapshot } from '../accounts/index.js';
import type { LadderRung } from '../contracts/index.js';
import type { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import type { AxisJudgement } from './judgement.rules.js';
import { PlanEscalationRow, PlanJudgementRow, PlanReportRow } from './plan.entity.js';
import type { EscalationStep, PlanJudgement, PlanReport } from './planRecord.model.js';

/** What was found of a report. */
export type Verified = Required<Pick<PlanReportRow, 'verification' | 'verificationGrounds' | 'manifestHash' | 'verifiedAt'>> & {
  readonly verifiedBy: ActorSnapshot;
};

/** Every read and write of what a plan gathers after its submission: judgements, reports, escalation steps. */
export class PlanLifeStore {
  constructor(private readonly db: Database) {}

  /** Newest first, of all rounds. */
  async judgements(planIds: readonly string[]): Promise<PlanJudgement[]> {
    const rows = await this.db.em.find(PlanJudgementRow, { where: { planId: In([...planIds]) }, order: { number: 'DESC' } });
    return rows.map((row) => ({
      ...row,
      axes: JSON.parse(row.axes) as AxisJudgement[],
      decidedBy: JSON.parse(row.decidedBy) as ActorSnapshot,
    }));
  }

  /** Adds judgements after those the plan has. In an act that holds the plan's lock: that keeps the numbers apart. */
  async addJudgements(judgements: readonly Omit<PlanJudgement, 'id' | 'number'>[]): Promise<void> {
    const planId = judgements[0]?.planId;
    if (planId === undefined) return;
    const last = (await this.db.em.maximum(PlanJudgementRow, 'number', { planId })) ?? 0;
    const rows = judgements.map((judgement, i) => ({
      ...judgement,
      id: newId(),
      number: last + 1 + i,
      axes: JSON.stringify(judgement.axes),
      decidedBy: JSON.stringify(judgement.decidedBy),
    }));
    await this.db.em.insert(PlanJudgementRow, rows);
  }

  /** Newest first, of all rounds. */
  async reports(planIds: readonly string[]): Promise<PlanReport[]> {
    const rows = await this.db.em.find(PlanReportRow, { where: { planId: In([...planIds]) }, order: { number: 'DESC' } });
    return rows.map((row) => ({
      ...row,
      reportedBy: JSON.parse(row.reportedBy) as ActorSnapshot,
      verifiedBy: row.verifiedBy === null ? null : (JSON.parse(row.verifiedBy) as ActorSnapshot),
    }));
  }

  /** As `addJudgements`. */
  async addReport(
    report: Pick<PlanReport, 'planId' | 'revision' | 'measureId' | 'status' | 'doneOn' | 'words' | 'reportedAt' | 'reportedBy'>,
  ): Promise<void> {
    const last = (await this.db.em.maximum(PlanReportRow, 'number', { planId: report.planId })) ?? 0;
    const unverified = { handedInAt: null, verification: null, verificationGrounds: null, manifestHash: null, verifiedAt: null };
    await this.db.em.insert(PlanReportRow, {
      ...{ ...report, ...unverified, verifiedBy: null },
      id: newId(),
      number: last + 1,
      reportedBy: JSON.stringify(report.reportedBy),
    });
  }

  async markHandedIn(reportIds: readonly string[], at: Date): Promise<void> {
    await this.db.em.update(PlanReportRow, { id: In([...reportIds]) }, { handedInAt: at });
  }

  async verify(reportId: string, verified: Verified): Promise<void> {
    await this.db.em.update(PlanReportRow, { id: reportId }, { ...verified, verifiedBy: JSON.stringify(verified.verifiedBy) });
  }

  /** Oldest first. */
  async escalations(planIds: readonly string[]): Promise<EscalationStep[]> {
    const rows = await this.db.em.find(PlanEscalationRow, { where: { planId: In([...planIds]) }, order: { at: 'ASC', id: 'ASC' } });
    return rows.map((row) => ({ ...row, rung: JSON.parse(row.rung) as LadderRung, by: JSON.parse(row.by) as ActorSnapshot }));
  }

  async addEscalation(step: Omit<EscalationStep, 'id'>): Promise<void> {
    await this.db.em.insert(PlanEscalationRow, { ...step, id: newId(), rung: JSON.stringify(step.rung), by: JSON.stringify(step.by) });
  }
}
