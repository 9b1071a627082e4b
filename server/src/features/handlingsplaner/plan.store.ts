import { In } from 'typeorm';
import type { ActorSnapshot } from '../accounts/index.js';
import type { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import { DemandRow, PlanCounterRow, PlanDecisionRow, PlanEventRow, PlanRevisionRow, PlanRow, PlanTrackRow } from './plan.entity.js';
import type { FormalAct, PlanEvent, PlanEventDetails } from './plan.model.js';
import type { Demand, Plan, PlanDecision, PlanRevision, PlanTrack } from './planRecord.model.js';

/** Fields of a plan that a formal act may change beside its version. */
export type PlanChange = Partial<
  Pick<
    PlanRow,
    | 'state'
    | 'openedAt'
    | 'sharedAt'
    | 'visibleFromSeq'
    | 'revision'
    | 'deadline'
    | 'lastActAt'
    | 'liveFindingId'
    | 'round'
    | 'roundAfterRevision'
    | 'reportedAt'
    | 'verifiedAt'
    | 'durabilityDue'
    | 'diaryNumber'
    | 'diaryDocuments'
  >
>;

/** Every read and write of single plans and what belongs to them. Lists are in planList.store. */
export class PlanStore {
  constructor(private readonly db: Database) {}

  async plans(ids: readonly string[]): Promise<Plan[]> {
    return this.withTracks(await this.db.em.findBy(PlanRow, { id: In([...ids]) }));
  }

  async plan(id: string): Promise<Plan | null> {
    return (await this.plans([id]))[0] ?? null;
  }

  /**
   * The plan, kept from everyone else until the transaction ends. First in a formal act, before the document's lock: one order everywhere.
   * On SQLite transactions already wait for each other.
   */
  async locked(id: string): Promise<Plan | null> {
    const lock = this.db.dialect === 'mariadb' ? ({ mode: 'pessimistic_write' } as const) : undefined;
    const row = await this.db.em.findOne(PlanRow, { where: { id }, lock });
    return row ? ((await this.withTracks([row]))[0] ?? null) : null;
  }

  /** Changes the plan if it still is as `plan` was read. @returns false when another act came between */
  async change(plan: Pick<Plan, 'id' | 'version' | 'state'>, change: PlanChange): Promise<boolean> {
    const { id, version, state } = plan;
    const result = await this.db.em.update(PlanRow, { id, version, state }, { ...change, version: version + 1 });
    return result.affected === 1;
  }

  /** In the act that has already claimed the plan: where the förvaltning's sight of the document begins. */
  async setVisibleFrom(planId: string, seq: number): Promise<void> {
    await this.db.em.update(PlanRow, { id: planId }, { visibleFromSeq: seq });
  }

  async changeTrack(track: Pick<PlanTrack, 'planId' | 'track'>, change: Partial<Omit<PlanTrack, 'planId' | 'track'>>): Promise<void> {
    await this.db.em.update(PlanTrackRow, { planId: track.planId, track: track.track }, change);
  }

  /** All tracks of the plan get the day. */
  async setDeadlines(planId: string, deadline: string): Promise<void> {
    await this.db.em.update(PlanTrackRow, { planId }, { deadline });
  }

  async addDemand(demand: Demand): Promise<void> {
    await this.db.em.insert(DemandRow, { ...demand, issuedBy: JSON.stringify(demand.issuedBy) });
  }

  async addPlan(plan: Omit<PlanRow, 'version'>, tracks: readonly PlanTrackRow[]): Promise<void> {
    await this.db.em.insert(PlanRow, { ...plan, version: 1 });
    await this.db.em.insert(PlanTrackRow, [...tracks]);
  }

  /** Of these findings, those that have a living plan. */
  async findingsWithPlan(findingIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.db.em.find(PlanRow, { where: { liveFindingId: In([...findingIds]) }, select: { findingId: true } });
    return new Set(rows.map((row) => row.findingId));
  }

  async addRevision(revision: PlanRevision & { manifestJson: string; renderedText: string; huvudmanId: string }): Promise<void> {
    await this.db.em.insert(PlanRevisionRow, { ...revision, submittedBy: JSON.stringify(revision.submittedBy) });
  }

  async markTakenBack(planId: string, number: number, at: Date): Promise<void> {
    await this.db.em.update(PlanRevisionRow, { planId, number }, { takenBackAt: at });
  }

  async addDecision(decision: Omit<PlanDecision, 'id'>): Promise<void> {
    await this.db.em.insert(PlanDecisionRow, { ...decision, id: newId(), by: JSON.stringify(decision.by) });
  }

  /** The next number of a huvudman's counter: 1, 2, 3 … Held until the transaction ends, so numbers have no gaps. */
  async next(huvudmanId: string, name: string): Promise<number> {
    const key = { huvudmanId, name };
    // Update first: an insert that meets the row takes a shared lock, and two that hold one both wait for the other's.
    if ((await this.db.em.increment(PlanCounterRow, key, 'value', 1)).affected !== 1) {
      await this.db.em
        .createQueryBuilder()
        .insert()
        .into(PlanCounterRow)
        .values({ ...key, value: 0 })
        .orIgnore()
        .execute();
      await this.db.em.increment(PlanCounterRow, key, 'value', 1);
    }
    return (await this.db.em.findOneByOrFail(PlanCounterRow, key)).value;
  }

  async addEvent(event: PlanEvent): Promise<void> {
    const { from, to, by, details, ...rest } = event;
    await this.db.em.insert(PlanEventRow, {
      ...rest,
      fromState: from,
      toState: to,
      by: JSON.stringify(by),
      details: JSON.stringify(details),
    });
  }

  async eventsOfYear(huvudmanId: string, year: number): Promise<PlanEvent[]> {
    return (await this.db.em.find(PlanEventRow, { where: { huvudmanId, year }, order: { seq: 'ASC' } })).map(toEvent);
  }

  async events(planIds: readonly string[]): Promise<PlanEvent[]> {
    return (await this.db.em.find(PlanEventRow, { where: { planId: In([...planIds]) }, order: { seq: 'ASC' } })).map(toEvent);
  }

  async demands(ids: readonly string[]): Promise<Demand[]> {
    return (await this.db.em.findBy(DemandRow, { id: In([...ids]) })).map(toDemand);
  }

  /** Newest first. */
  async revisions(planIds: readonly string[]): Promise<PlanRevision[]> {
    const rows = await this.db.em.find(PlanRevisionRow, { where: { planId: In([...planIds]) }, order: { number: 'DESC' } });
    return rows.map((row) => ({ ...row, submittedBy: JSON.parse(row.submittedBy) as ActorSnapshot }));
  }

  async revision(planId: string, number: number): Promise<PlanRevision | null> {
    const row = await this.db.em.findOneBy(PlanRevisionRow, { planId, number });
    return row && { ...row, submittedBy: JSON.parse(row.submittedBy) as ActorSnapshot };
  }

  /** Oldest first. */
  async decisions(planIds: readonly string[]): Promise<PlanDecision[]> {
    const rows = await this.db.em.find(PlanDecisionRow, { where: { planId: In([...planIds]) }, order: { at: 'ASC', id: 'ASC' } });
    return rows.map((row) => ({ ...row, by: JSON.parse(row.by) as ActorSnapshot }));
  }

  /** Plans with their tracks, avtal first. One query for all. */
  async withTracks(rows: readonly PlanRow[]): Promise<Plan[]> {
    if (rows.length === 0) return [];
    const tracks = await this.db.em.find(PlanTrackRow, { where: { planId: In(rows.map((row) => row.id)) }, order: { track: 'ASC' } });
    const byPlan = Map.groupBy(tracks, (track) => track.planId);
    return rows.map((row) => ({ ...row, tracks: byPlan.get(row.id) ?? [] }));
  }
}

/** A demand as the rest of the feature reads it. */
export const toDemand = (row: DemandRow): Demand => ({ ...row, issuedBy: JSON.parse(row.issuedBy) as ActorSnapshot });

function toEvent({ fromState, toState, by, details, act, ...rest }: PlanEventRow): PlanEvent {
  return {
    ...rest,
    act: act as FormalAct,
    from: fromState,
    to: toState,
    by: JSON.parse(by) as ActorSnapshot,
    details: JSON.parse(details) as PlanEventDetails,
  };
}
