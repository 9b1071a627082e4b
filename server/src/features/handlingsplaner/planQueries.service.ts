import type { Actor } from '../accounts/index.js';
import { swedishDate, type Clock } from '../../platform/clock.js';
import { DomainError, notFound } from '../../platform/outcome.js';
import type { Topics } from '../../platform/topics.js';
import type { PlanState } from './plan.model.js';
import { huvudmanTopic, planTopic, providerTopic, type PlanHint } from './plan.topics.js';
import type { PlanStore } from './plan.store.js';
import type { PlanCursor, PlanListStore, PlanQuery } from './planList.store.js';
import { AWAITS_PROVIDER } from './planStates.rules.js';
import type { DemandView, PlanView } from './planView.model.js';
import type { PlanViews } from './planView.service.js';
import { searchWords } from './search.rules.js';
import { statesOf, type Step } from './steps.rules.js';
import { sight, standingOf } from './viewer.rules.js';
import { seenBy, waitingFor } from './waiting.rules.js';
import { kept, merged } from './watch.js';

/** What a list of plans is narrowed to. What is null or left out narrows nothing; `false` too. */
export interface PlanFilter {
  readonly year?: number | null;
  readonly huvudmanId?: string | null;
  readonly contractAreaKey?: string | null;
  readonly states?: readonly PlanState[] | null;
  readonly waitingForMe?: boolean | null;
  readonly overdue?: boolean | null;
  readonly step?: Step | null;
  readonly search?: string | null;
}

export interface PlanPage {
  readonly nodes: PlanView[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const MAX_PAGE = 200;

/** Reading plans: what each viewer sees of them, and word when they change. */
export class PlanQueries {
  constructor(private readonly deps: { store: PlanStore; lists: PlanListStore; views: PlanViews; topics: Topics; clock: Clock }) {}

  /** @throws DomainError NOT_FOUND, the same for a plan that isn't and one that isn't the actor's to see */
  async plan(actor: Actor, id: string): Promise<PlanView> {
    const plan = await this.deps.store.plan(id);
    const [view] = plan ? await this.deps.views.plans(actor, [plan]) : [];
    if (!view) throw notFound();
    return view;
  }

  /** By deadline. @throws DomainError BAD_INPUT for a page size or cursor that isn't one */
  async plans(actor: Actor, filter: PlanFilter, first: number, after: string | null): Promise<PlanPage> {
    if (first < 1 || first > MAX_PAGE) throw new DomainError('BAD_INPUT', `first ska vara 1–${MAX_PAGE}.`);
    const { lists, views } = this.deps;
    const seen = seenBy(actor);
    const query = this.query(actor, filter);
    const found = await lists.page(seen, query, first + 1, after === null ? null : readCursor(after));
    const plans = found.slice(0, first);
    const last = plans.at(-1);
    return {
      nodes: await views.plans(actor, plans),
      totalCount: await lists.count(seen, query),
      hasNextPage: found.length > first,
      endCursor: last ? writeCursor(last) : null,
    };
  }

  /** Newest first; of one year, or all. */
  async demands(actor: Actor, year: number | null): Promise<DemandView[]> {
    return this.deps.views.demands(actor, await this.deps.lists.demands(seenBy(actor), year));
  }

  /** A demand the actor is known to see: the one just issued. */
  async demand(actor: Actor, id: string): Promise<DemandView> {
    const [view] = await this.deps.views.demands(actor, await this.deps.store.demands([id]));
    if (!view) throw notFound();
    return view;
  }

  /** A hint for each formal act on the plan. @throws DomainError NOT_FOUND like `plan` */
  async watchPlan(actor: Actor, id: string): Promise<AsyncIterableIterator<PlanHint>> {
    await this.plan(actor, id);
    return this.told(actor, this.deps.topics.iterate<PlanHint>(planTopic(id)));
  }

  /** A hint for each formal act on any plan the actor sees. */
  watchPlans(actor: Actor): AsyncIterableIterator<PlanHint> {
    const { huvudmanIds, providers } = seenBy(actor);
    const topics = [
      ...huvudmanIds.map(huvudmanTopic),
      ...providers.map(({ providerId, huvudmanId }) => providerTopic(providerId, huvudmanId)),
    ];
    const hints = merged(topics.map((topic) => this.deps.topics.iterate<PlanHint>(topic)));
    return this.told(actor, hints);
  }

  /** Those of the hints that the actor may have: of plans they see, and of a private draft only who reads it (when it was opened is its own). */
  private told(actor: Actor, hints: AsyncIterableIterator<PlanHint>): AsyncIterableIterator<PlanHint> {
    return kept(hints, async ({ planId }) => {
      const plan = await this.deps.store.plan(planId);
      const seen = plan && sight(actor, standingOf(plan));
      return seen !== null && (seen.canRead || plan?.state !== 'DRAFT');
    });
  }

  private query(actor: Actor, filter: PlanFilter): PlanQuery {
    const today = swedishDate(this.deps.clock.now());
    const ofStep = filter.step ? statesOf(filter.step) : null;
    const states = ofStep && filter.states ? ofStep.filter((state) => filter.states?.includes(state)) : (ofStep ?? filter.states);
    return {
      year: filter.year ?? undefined,
      huvudmanId: filter.huvudmanId ?? undefined,
      contractAreaKey: filter.contractAreaKey ?? undefined,
      states: states ?? undefined,
      words: searchWords(filter.search ?? ''),
      waiting: filter.waitingForMe ? waitingFor(actor, today) : undefined,
      overdueOn: filter.overdue ? { today, states: AWAITS_PROVIDER } : undefined,
    };
  }
}

const writeCursor = ({ deadline, id }: PlanCursor): string => Buffer.from(`${deadline}.${id}`).toString('base64url');

function readCursor(text: string): PlanCursor {
  const [, deadline, id] = /^(\d{4}-\d{2}-\d{2})\.([0-9a-f]{32})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (!deadline || !id) throw new DomainError('BAD_INPUT', 'Sidan finns inte: after är inte en markör från listan.');
  return { deadline, id };
}
