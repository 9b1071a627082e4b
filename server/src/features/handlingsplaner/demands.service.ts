import { may, snapshot, type Actor } from '../accounts/index.js';
import type { AuditService } from '../audit/index.js';
import type { Finding, FindingsService, FindingView } from '../findings/index.js';
import { swedishDate, type Clock } from '../../platform/clock.js';
import { isDuplicate, type Database } from '../../platform/database.js';
import { newId, sha256 } from '../../platform/ids.js';
import { notFound, type Refused } from '../../platform/outcome.js';
import { tracksFor } from './deadlines.rules.js';
import type { FormalActs } from './formalActs.service.js';
import type { Demand, Plan } from './planRecord.model.js';
import type { PlanStore } from './plan.store.js';
import { TRACKS, type Track } from './plan.model.js';
import {
  deadlineRefusal,
  findingCountRefusal,
  findingsHavePlans,
  findingsNotTogether,
  groundsRefusal,
  tracksRefusal,
} from './refusals.rules.js';
import { searchTextOf } from './search.rules.js';

export interface DemandInput {
  readonly findingIds: readonly string[];
  /** `YYYY-MM-DD`, for every track to begin with. */
  readonly deadline: string;
  readonly grounds: string | null;
  /** Findings that are reviewed on other tracks than their law says. Left out: by law. */
  readonly tracks?: readonly FindingTracks[];
}

interface FindingTracks {
  readonly findingId: string;
  readonly tracks: readonly Track[];
}

/** Begäran: a plan for each of a provider's findings in an area, under one deadline. */
export class Demands {
  constructor(
    private readonly acts: FormalActs,
    private readonly deps: { db: Database; clock: Clock; store: PlanStore; audit: AuditService; findings: FindingsService },
  ) {}

  /** @throws DomainError NOT_FOUND when a finding doesn't exist, or is another huvudman's */
  async issue(actor: Actor, input: DemandInput): Promise<Demand | Refused> {
    try {
      return await this.deps.db.tx(() => this.issueOnce(actor, input));
    } catch (error) {
      // Somebody demanded one of them in the same moment, and was first.
      if (isDuplicate(error)) return findingsHavePlans([...(await this.deps.store.findingsWithPlan(input.findingIds))]);
      throw error;
    }
  }

  private async issueOnce(actor: Actor, input: DemandInput): Promise<Demand | Refused> {
    const { store, clock, findings } = this.deps;
    const findingIds = [...new Set(input.findingIds)];
    const at = clock.now();
    const unusable =
      findingCountRefusal(findingIds.length) ??
      groundsRefusal(input.grounds, false) ??
      deadlineRefusal(input.deadline, swedishDate(at)) ??
      tracksRefusal(input.tracks ?? [], findingIds);
    if (unusable) return unusable;
    const views = await findings.views(findingIds);
    const found = findingIds.flatMap((id) => views.get(id) ?? []);
    const huvudmanIds = new Set(found.map((finding) => finding.huvudmanId));
    const memberships = [...huvudmanIds].map((huvudmanId) => may(actor, 'demand.issue', { huvudmanId }));
    const membership = memberships[0];
    if (found.length < findingIds.length || !membership || memberships.includes(null)) throw notFound();
    const first = found[0];
    if (!first || !found.every((finding) => together(first, finding))) return findingsNotTogether();
    const taken = await store.findingsWithPlan(findingIds);
    if (taken.size > 0) return findingsHavePlans([...taken]);
    const grounds = input.grounds?.trim() || null;
    const { huvudmanId, contractAreaId, providerId, year } = first;
    const issuedBy = snapshot(actor, membership);
    const demand = { id: newId(), huvudmanId, contractAreaId, providerId, year, deadline: input.deadline, grounds, issuedAt: at, issuedBy };
    await store.addDemand(demand);
    const plans: Plan[] = [];
    const chosen = new Map(input.tracks?.map(({ findingId, tracks }) => [findingId, TRACKS.filter((track) => tracks.includes(track))]));
    for (const finding of found) plans.push(await this.addPlan(demand, finding, chosen.get(finding.id) ?? tracksFor(finding.law)));
    await this.record(demand, plans);
    return demand;
  }

  private async addPlan(demand: Demand, finding: FindingView, reviewed: readonly Track[]): Promise<Plan> {
    const { store } = this.deps;
    const { huvudmanId, contractAreaId, providerId, year, deadline, issuedAt, issuedBy } = demand;
    const id = newId();
    const tracks = reviewed.map((track) => ({
      planId: id,
      track,
      deadline,
      reviewBegunAt: null,
      approvedRevision: null,
      approvedAt: null,
    }));
    const diary = await this.acts.register({ huvudmanId, diaryNumber: null, diaryDocuments: 0 }, 'REQUEST', issuedAt);
    const plan = {
      id,
      demandId: demand.id,
      findingId: finding.id,
      liveFindingId: finding.id,
      ...{ huvudmanId, contractAreaId, providerId, year, deadline },
      contractAreaKey: finding.contractArea.key,
      state: 'REQUESTED' as const,
      openedAt: null,
      sharedAt: null,
      visibleFromSeq: null,
      revision: 0,
      lastActAt: issuedAt,
      ...{ round: 1, roundAfterRevision: 0, reportedAt: null, verifiedAt: null, durabilityDue: null },
      ...{ diaryNumber: null, diaryDocuments: 0, ...diary.change },
      searchText: searchTextOf([finding.krav, finding.observation, finding.focusArea, finding.contractArea.name, finding.provider.name]),
    };
    await store.addPlan(plan, tracks);
    const added = { ...plan, version: 1, tracks };
    await this.acts.publish(added, 'REQUEST', null, issuedBy, issuedAt, {
      deadline,
      ...(diary.number === null ? {} : { diaryNumber: diary.number }),
    });
    return added;
  }

  private async record(demand: Demand, plans: readonly Plan[]): Promise<void> {
    const { id, huvudmanId, contractAreaId, providerId, year, deadline, grounds, issuedBy } = demand;
    await this.deps.audit.record({
      huvudmanId,
      by: issuedBy,
      act: 'demand.issue',
      subjectType: 'demand',
      subjectId: id,
      summary: `${plans.length === 1 ? 'En plan begärd' : `${plans.length} planer begärda`}, lämnas in senast ${deadline}`,
      details: {
        ...{ contractAreaId, providerId, year, deadline },
        plans: plans.map(({ id: planId, findingId, diaryNumber, tracks }) => ({
          ...{ planId, findingId, diaryNumber },
          tracks: tracks.map(({ track }) => track),
        })),
        ...(grounds === null ? {} : { groundsHash: sha256(grounds) }),
      },
    });
  }
}

const together = (a: Finding, b: Finding): boolean =>
  a.huvudmanId === b.huvudmanId && a.contractAreaId === b.contractAreaId && a.providerId === b.providerId && a.year === b.year;
