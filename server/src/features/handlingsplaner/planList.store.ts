import { Brackets, type SelectQueryBuilder, type WhereExpressionBuilder } from 'typeorm';
import type { Database } from '../../platform/database.js';
import { DemandRow, PlanRow, PlanTrackRow } from './plan.entity.js';
import type { PlanState } from './plan.model.js';
import type { Demand, Plan } from './planRecord.model.js';
import { toDemand, type PlanStore } from './plan.store.js';
import type { Waiting } from './waiting.rules.js';

/** Whose plans a person sees. */
interface Seen {
  readonly huvudmanIds: readonly string[];
  /** null: in every huvudman's matters. */
  readonly providers: readonly { readonly providerId: string; readonly huvudmanId: string | null }[];
}

/** What a list is narrowed to; everything given must hold. */
export interface PlanQuery {
  readonly year?: number;
  readonly huvudmanId?: string;
  readonly contractAreaKey?: string;
  readonly states?: readonly PlanState[];
  /** Any of these. */
  readonly waiting?: readonly Waiting[];
  /** Deadline before this date, in a state that waits for the provider. */
  readonly overdueOn?: { readonly today: string; readonly states: readonly PlanState[] };
  /** Each word must be found. */
  readonly words?: readonly string[];
}

/** Where a page ended: lists go by deadline, then id. */
export interface PlanCursor {
  readonly deadline: string;
  readonly id: string;
}

type Query = SelectQueryBuilder<PlanRow>;

/** Lists of plans and demands. Never more than the viewer sees: `seen` is part of every query. */
export class PlanListStore {
  constructor(
    private readonly db: Database,
    private readonly plans: PlanStore,
  ) {}

  async page(seen: Seen, query: PlanQuery, limit: number, after: PlanCursor | null): Promise<Plan[]> {
    const rows = this.matching(seen, query);
    if (after)
      rows.andWhere('(plan.deadline > :afterDate OR (plan.deadline = :afterDate AND plan.id > :afterId))', {
        afterDate: after.deadline,
        afterId: after.id,
      });
    return this.plans.withTracks(await rows.orderBy('plan.deadline', 'ASC').addOrderBy('plan.id', 'ASC').take(limit).getMany());
  }

  count(seen: Seen, query: PlanQuery): Promise<number> {
    return this.matching(seen, query).getCount();
  }

  /** Demands of a year (or all), newest first. */
  async demands(seen: Seen, year: number | null): Promise<Demand[]> {
    const rows = this.db.em.createQueryBuilder(DemandRow, 'demand').where(visible('demand', seen));
    if (year !== null) rows.andWhere('demand.year = :year', { year });
    return (await rows.orderBy('demand.issuedAt', 'DESC').addOrderBy('demand.id', 'ASC').getMany()).map(toDemand);
  }

  /** The plans of these demands. */
  async plansOfDemands(demandIds: readonly string[]): Promise<Plan[]> {
    if (demandIds.length === 0) return [];
    const rows = this.db.em.createQueryBuilder(PlanRow, 'plan').where('plan.demandId IN (:...demandIds)', { demandIds });
    return this.plans.withTracks(await rows.orderBy('plan.deadline', 'ASC').addOrderBy('plan.id', 'ASC').getMany());
  }

  private matching(seen: Seen, query: PlanQuery): Query {
    const rows = this.db.em.createQueryBuilder(PlanRow, 'plan').where(visible('plan', seen));
    if (query.year !== undefined) rows.andWhere('plan.year = :year', { year: query.year });
    if (query.huvudmanId !== undefined) rows.andWhere('plan.huvudmanId = :huvudmanId', { huvudmanId: query.huvudmanId });
    if (query.contractAreaKey !== undefined) rows.andWhere('plan.contractAreaKey = :areaKey', { areaKey: query.contractAreaKey });
    if (query.states) whereIn(rows, 'plan.state', 'states', query.states);
    if (query.overdueOn) {
      whereIn(rows, 'plan.state', 'owing', query.overdueOn.states);
      rows.andWhere('plan.deadline < :today', { today: query.overdueOn.today });
    }
    query.words?.forEach((word, i) =>
      rows.andWhere(`plan.searchText LIKE :word${i} ESCAPE '!'`, { [`word${i}`]: `%${word.replace(/[!%_]/g, '!$&')}%` }),
    );
    if (query.waiting) rows.andWhere(anyOf(query.waiting.map((clause, i) => (where) => this.waitingClause(where, clause, i))));
    return rows;
  }

  private waitingClause(where: WhereExpressionBuilder, clause: Waiting, i: number): void {
    if ('providerIds' in clause.of) whereIn(where, 'plan.providerId', `w${i}p`, clause.of.providerIds);
    else whereIn(where, 'plan.huvudmanId', `w${i}h`, clause.of.huvudmanIds);
    whereIn(where, 'plan.state', `w${i}s`, clause.states);
    if (clause.durabilityBy !== null) where.andWhere(`plan.durabilityDue <= :w${i}d`, { [`w${i}d`]: clause.durabilityBy });
    if (clause.track === null) return;
    const tracks = this.db.em
      .createQueryBuilder(PlanTrackRow, `t${i}`)
      .select('1')
      .where(`t${i}.planId = plan.id AND t${i}.track = :track${i}`);
    if (clause.undecided) tracks.andWhere(`(t${i}.approvedRevision IS NULL OR t${i}.approvedRevision <> plan.revision)`);
    where.andWhere(`EXISTS (${tracks.getQuery()})`, { [`track${i}`]: clause.track });
  }
}

type Clause = (where: WhereExpressionBuilder) => void;

/** Any of the clauses; none at all holds for no row. */
const anyOf = (clauses: readonly Clause[]): Brackets =>
  new Brackets((where) => {
    if (clauses.length === 0) where.where('1 = 0');
    for (const clause of clauses) where.orWhere(new Brackets(clause));
  });

/** `column IN values`; an empty list holds for no row. */
function whereIn(where: WhereExpressionBuilder, column: string, name: string, values: readonly string[]): void {
  if (values.length === 0) where.andWhere('1 = 0');
  else where.andWhere(`${column} IN (:...${name})`, { [name]: values });
}

const visible = (alias: string, seen: Seen): Brackets =>
  anyOf([
    (where) => whereIn(where, `${alias}.huvudmanId`, 'seenHuvudmen', seen.huvudmanIds),
    ...seen.providers.map(({ providerId, huvudmanId }, i) => (where: WhereExpressionBuilder) => {
      whereIn(where, `${alias}.providerId`, `seenProvider${i}`, [providerId]);
      if (huvudmanId !== null) whereIn(where, `${alias}.huvudmanId`, `seenWithin${i}`, [huvudmanId]);
    }),
  ]);
