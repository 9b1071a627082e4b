import { measureHashes, missingParts, partsDone, type PlanContent } from '@samsyn/schema';
import type { Actor } from '../accounts/index.js';
import type { CollaborationService } from '../collaboration/index.js';
import { contractKey, refKey, type ContractsService, type Huvudman, type LadderRung } from '../contracts/index.js';
import type { Evidence } from '../evidence/index.js';
import type { FindingsService, FindingView } from '../findings/index.js';
import { swedishDate, type Clock } from '../../platform/clock.js';
import { sha256 } from '../../platform/ids.js';
import { actsOf } from './acts.rules.js';
import { isOverdue } from './deadlines.rules.js';
import { executionOf } from './execution.rules.js';
import { holding, outcomeOf } from './judgement.rules.js';
import type { EvidenceSource } from './evidence.ports.js';
import { manifest } from './manifest.rules.js';
import { nextActOf } from './nextAct.rules.js';
import type { PlanEvent, PlanState } from './plan.model.js';
import type { Demand, EscalationStep, Plan, PlanDecision, PlanJudgement, PlanReport, PlanRevision } from './planRecord.model.js';
import type { PlanStore } from './plan.store.js';
import type { PlanLifeStore } from './planLife.store.js';
import type { PlanListStore } from './planList.store.js';
import type { DemandView, ExecutionView, JudgementView, PlanView, TextView } from './planView.model.js';
import { ofRound, revisionContent, standingLocks } from './revisionContent.rules.js';
import { timelineFor } from './timeline.rules.js';
import { sight, standingOf, type Sight } from './viewer.rules.js';

interface PlanViewDeps {
  readonly store: PlanStore;
  readonly life: PlanLifeStore;
  readonly evidence: EvidenceSource;
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
  readonly judgements: Grouped<PlanJudgement>;
  readonly reports: Grouped<PlanReport>;
  readonly escalations: Grouped<EscalationStep>;
  readonly evidence: Grouped<Evidence>;
  readonly ladders: () => Promise<Map<string, readonly LadderRung[]>>;
  readonly years: () => Promise<Map<string, number>>;
}

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
    const { store, life, evidence, contracts, findings, clock } = this.deps;
    const demands = await this.demands(actor, await store.demands([...new Set(plans.map(({ demandId }) => demandId))]));
    const byPlan = <T extends { readonly planId: string }>(load: () => Promise<T[]>): Grouped<T> =>
      once(async () => Map.groupBy(await load(), (row) => row.planId));
    const seen = await findings.views(plans.map(({ findingId }) => findingId));
    return {
      actor,
      today: swedishDate(clock.now()),
      findings: seen,
      huvudmen: byId(await contracts.huvudmen([...new Set(plans.map(({ huvudmanId }) => huvudmanId))])),
      demands: new Map(demands.map((view) => [view.demand.id, view])),
      revisions: byPlan(() => store.revisions(readable)),
      decisions: byPlan(() => store.decisions(readable)),
      events: byPlan(() => store.events(plans.map(({ id }) => id))),
      judgements: byPlan(() => life.judgements(readable)),
      reports: byPlan(() => life.reports(readable)),
      escalations: byPlan(() => life.escalations(readable)),
      evidence: byPlan(() => evidence.ofPlans(readable)),
      ladders: once(() => contracts.laddersOf(plans)),
      years: once(() => findings.yearsStanding([...seen.values()])),
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
      acts: actsOf(page.actor, standing, page.today),
      text,
      nextAct: async () => {
        const now = await text();
        const latest = now && plan.state === 'RETURNED' ? (await revisions())[0] : undefined;
        const known = now && { partsMissing: now.missing.length > 0, changedSinceRevision: latest?.contentHash !== now.contentHash };
        return nextActOf(page.actor, standing, known, page.today);
      },
      revisions,
      decisions,
      latestReturn: async () => {
        const returned = ofRound(plan, await decisions()).findLast((decision) => decision.outcome === 'RETURNED');
        return returned ? { ...returned, grounds: returned.grounds ?? '' } : null;
      },
      timeline: async () => timelineFor((await page.events()).get(plan.id) ?? [], side, standing.shared),
      ...this.life(page, plan, { text, revisions, decisions }),
    };
  }

  private life(page: Page, plan: Plan, { text, revisions, decisions }: Pick<PlanView, 'text' | 'revisions' | 'decisions'>) {
    const own = async <T>(rows: Grouped<T>): Promise<T[]> => (await rows()).get(plan.id) ?? [];
    return {
      judgements: async () => judgementViews(plan, await own(page.judgements), (await text())?.canonicalJson ?? null),
      locks: async () => standingLocks(plan, await revisions(), await decisions(), await own(page.judgements))?.measures ?? [],
      execution: async () => executionViews(plan, await revisions(), await own(page.reports), () => own(page.evidence)),
      escalation: () => own(page.escalations),
      ladder: async () => (await page.ladders()).get(contractKey(plan)) ?? [],
      yearsStanding: async () => (await page.years()).get(plan.findingId) ?? 1,
    };
  }

  private async text(planId: string): Promise<TextView> {
    const { collaboration, evidence } = this.deps;
    const { content, canonicalJson, contentHash, seq } = await collaboration.read(planId);
    const manifestHash = sha256(manifest(await evidence.evidenceManifest(planId)));
    return { canonicalJson, contentHash, manifestHash, seq, missing: missingParts(content), partsDone: partsDone(content) };
  }
}

/** Judgements as they hold of the text that is there now. */
function judgementViews(plan: Plan, judgements: readonly PlanJudgement[], canonicalJson: string | null): JudgementView[] {
  if (canonicalJson === null || judgements.length === 0) return [];
  const hashes = measureHashes(JSON.parse(canonicalJson) as PlanContent);
  const current = new Set(holding(ofRound(plan, judgements), hashes));
  return judgements.map((judgement) => ({ ...judgement, outcome: outcomeOf(judgement.axes), current: current.has(judgement) }));
}

/** States in which the approved measures are carried out, or have been. */
const CARRIED_OUT: readonly PlanState[] = ['APPROVED', 'REPORTED', 'VERIFIED', 'NOT_REMEDIED', 'CLOSED'];

function executionViews(
  plan: Plan,
  revisions: readonly PlanRevision[],
  reports: readonly PlanReport[],
  evidence: () => Promise<Evidence[]>,
): ExecutionView[] {
  const revision = revisions.find(({ number }) => number === plan.revision);
  if (!revision || !CARRIED_OUT.includes(plan.state)) return [];
  const execution = executionOf(revisionContent(revision).content.measures, ofRound(plan, reports));
  return execution.map((each) => ({
    ...each,
    open: each.open && plan.state === 'APPROVED',
    evidence: async () => (await evidence()).filter(({ measureId }) => measureId === each.measureId),
  }));
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
