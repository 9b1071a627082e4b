import { In } from 'typeorm';
import type { ActorSnapshot } from '../accounts/index.js';
import type { LadderRung } from '../contracts/index.js';
import type { Database } from '../../platform/database.js';
import { PlanEscalationRow, PlanJudgementRow, PlanReportRow, PlanRevisionRow, PlanRow } from './plan.entity.js';
import type { PlanState } from './plan.model.js';
import type { EscalationStep, Plan, PlanReport } from './planRecord.model.js';
import { PlanStore } from './plan.store.js';

/** Where a report stands, as far as what is left to do goes. */
export type ReportStanding = Pick<PlanReport, 'planId' | 'number' | 'revision' | 'measureId' | 'status' | 'verification'>;

/** Plans as other features read them: whole tables, nobody's rights. Every row is given as it is stored. */
export class PlanRecordStore {
  private readonly plans: PlanStore;

  constructor(private readonly db: Database) {
    this.plans = new PlanStore(db);
  }

  plan(id: string): Promise<Plan | null> {
    return this.plans.plan(id);
  }

  async inStates(states: readonly PlanState[]): Promise<Plan[]> {
    return this.plans.withTracks(await this.db.em.find(PlanRow, { where: { state: In([...states]) }, order: { id: 'ASC' } }));
  }

  async ofHuvudman(huvudmanId: string): Promise<Plan[]> {
    return this.plans.withTracks(await this.db.em.find(PlanRow, { where: { huvudmanId }, order: { id: 'ASC' } }));
  }

  revisions(planIds: readonly string[]): Promise<PlanRevisionRow[]> {
    return this.db.em.find(PlanRevisionRow, { where: { planId: In([...planIds]) }, order: { planId: 'ASC', number: 'ASC' } });
  }

  judgements(planIds: readonly string[]): Promise<PlanJudgementRow[]> {
    return this.db.em.find(PlanJudgementRow, { where: { planId: In([...planIds]) }, order: { planId: 'ASC', number: 'ASC' } });
  }

  reports(planIds: readonly string[]): Promise<PlanReportRow[]> {
    return this.db.em.find(PlanReportRow, { where: { planId: In([...planIds]) }, order: { planId: 'ASC', number: 'ASC' } });
  }

  async escalations(planIds: readonly string[]): Promise<EscalationStep[]> {
    const rows = await this.db.em.find(PlanEscalationRow, { where: { planId: In([...planIds]) }, order: { at: 'ASC', id: 'ASC' } });
    return rows.map((row) => ({ ...row, rung: JSON.parse(row.rung) as LadderRung, by: JSON.parse(row.by) as ActorSnapshot }));
  }

  decisions(planIds: readonly string[]) {
    return this.plans.decisions(planIds);
  }
}
