import { missingParts, partsDone } from '@samsyn/schema';
import type { Actor } from '../accounts/index.js';
import type { CollaborationService } from '../collaboration/index.js';
import { refKey, type ContractsService, type Huvudman } from '../contracts/index.js';
import type { FindingsService, FindingView } from '../findings/index.js';
import { swedishDate, type Clock } from '../../platform/clock.js';
import { sha256 } from '../../platform/ids.js';
import { actsOf } from './acts.rules.js';
import { isOverdue } from './deadlines.rules.js';
import { manifest } from './manifest.rules.js';
import { nextActOf } from './nextAct.rules.js';
import type { PlanEvent } from './plan.model.js';
import type { Demand, Plan, PlanDecision, PlanRevision } from './planRecord.model.js';
import type { PlanStore } from './plan.store.js';
import type { PlanListStore } from './planList.store.js';
import type { DemandView, PlanView, TextView } from './planView.model.js';
import { timelineFor } from './timeline.rules.js';
import { sight, standingOf, type Sight } from './viewer.rules.js';

interface PlanViewDeps {
  readonly store: PlanStore;
  readonly lists: PlanListStore;
  readonly collaboration: CollaborationService;
  readonly contracts: ContractsService;
  readonly findings: FindingsService;
  readonly clock: Clock;
}

type Grouped<T> = () => Promise<Map<string, T[]>>;

/** What a page of plans shares: each of these is asked for at most once, for all its plans together. */
interface Page {
  readonly actor: Actor;
  readonly today: string;
  readonly findings: ReadonlyMap<string, FindingView>;
  readonly huvudmen: ReadonlyMap<string, Huvudman>;
  readonly demands: ReadonlyMap<string, DemandView>;
  readonly revisions: Grouped<PlanRevision>;
  readonly decisions: Grouped<PlanDecision>;
  readonly events: Grouped<PlanEvent>;
}

/** No evidence list exists before the reports of measures do. */
const MANIFEST_HASH = sha256(manifest([]));

/** Puts plans and demands together with what a screen shows beside them. A fixed number of queries whatever the page's length. */
export class PlanViews {
  constructor(private readonly deps: PlanViewDeps) {}

  /** Those of `plans` that the actor sees, in the same order. */
  async plans(actor: Actor, plans: readonly Plan[]): Promise<PlanView[]> {
    const seen = plans.flatMap((plan) => {
      const found = sight(actor, standingOf(plan));
      return found ? [{ plan, found }] : [];
    });
    if (seen.length === 0) return [];
    const page = await this.page(
      actor,
      seen.map(({ plan }) => plan),
      seen.filter(({ found }) => found.canRead).map(({ plan }) => plan.id),
    );
    return seen.map(({ plan, found }) => this.view(page, plan, found));
  }

  /** Demands the actor is known to see, with their plans by asking. */
  async demands(actor: Actor, demands: readonly Demand[]): Promise<DemandView[]> {
    const { contracts, lists } = this.deps;
    const areas = await contracts.contractAreasByRef(demands.map(({ contractAreaId, year }) => ({ id: contractAreaId, year })));
    const providers = byId(await contracts.providers([...new Set(demands.map(({ providerId }) => providerId))]));
    const plans = once(async () => {
      const all = await this.plans(actor, await lists.plansOfDemands(demands.map(({ id }) => id)));
      return Map.groupBy(all, (view) => view.plan.demandId);
    });
    return demands.map((demand) => ({
      demand,
      contractArea: known(areas, refKey({ id: demand.contractAreaId, year: demand.year })),
      provider: known(providers, demand.providerId),
      plans: async () => (await plans()).get(demand.id) ?? [],
    }));
  }

  private async page(actor: Actor, plans: readonly Plan[], readable: readonly string[]): Promise<Page> {
    const { store, contracts, findings, clock } = this.deps;
    const demands = await this.demands(actor, await store.demands([...new Set(plans.map(({ demandId }) => demandId))]));
    const byPlan = <T extends { readonly planId: string }>(load: () => Promise<T[]>): Grouped<T> =>
      once(async () => Map.groupBy(await load(), (row) => row.planId));
    return {
      actor,
      today: swedishDate(clock.now()),
      findings: await findings.views(plans.map(({ findingId }) => findingId)),
      huvudmen: byId(await contracts.huvudmen([...new Set(plans.map(({ huvudmanId }) => huvudmanId))])),
      demands: new Map(demands.map((view) => [view.demand.id, view])),
      revisions: byPlan(() => store.revisions(readable)),
      decisions: byPlan(() => store.decisions(readable)),
      events: byPlan(() => store.events(plans.map(({ id }) => id))),
    };
  }

  private view(page: Page, plan: Plan, seen: Sight): PlanView {
    const standing = standingOf(plan);
    const side = seen.membership.side;
    const text = once(() => (seen.canRead ? this.text(plan.id) : Promise.resolve(null)));
    const revisions = async (): Promise<PlanRevision[]> => (await page.revisions()).get(plan.id) ?? [];
    const decisions = async (): Promise<PlanDecision[]> => (await page.decisions()).get(plan.id) ?? [];
    return {
      plan,
      sight: seen,
      finding: known(page.findings, plan.findingId),
      huvudman: known(page.huvudmen, plan.huvudmanId),
      demand: known(page.demands, plan.demandId),
      shared: standing.shared,
      openedAt: side === 'PROVIDER' || standing.shared ? plan.openedAt : null,
      overdue: isOverdue(plan, page.today),
      acts: actsOf(page.actor, standing),
      text,
      nextAct: async () => {
        const now = await text();
        const latest = now && plan.state === 'RETURNED' ? (await revisions())[0] : undefined;
        const known = now && { partsMissing: now.missing.length > 0, changedSinceRevision: latest?.contentHash !== now.contentHash };
        return nextActOf(page.actor, standing, known);
      },
      revisions,
      decisions,
      latestReturn: async () => {
        const returned = (await decisions()).findLast((decision) => decision.outcome === 'RETURNED');
        return returned ? { ...returned, grounds: returned.grounds ?? '' } : null;
      },
      timeline: async () => timelineFor((await page.events()).get(plan.id) ?? [], side, standing.shared),
    };
  }

  private async text(planId: string): Promise<TextView> {
    const { content, canonicalJson, contentHash, seq } = await this.deps.collaboration.read(planId);
    return { canonicalJson, contentHash, manifestHash: MANIFEST_HASH, seq, missing: missingParts(content), partsDone: partsDone(content) };
  }
}

/** The first call loads; every later one gets the same answer. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= load());
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> => new Map(rows.map((row) => [row.id, row]));

function known<T>(rows: ReadonlyMap<string, T>, id: string): T {
  const row = rows.get(id);
  if (row === undefined) throw new Error('a plan points at a row that is gone');
  return row;
}
