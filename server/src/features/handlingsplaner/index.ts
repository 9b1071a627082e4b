import type { AccessLog, AuditService } from '../audit/index.js';
import type { CollaborationService, DocumentAccess } from '../collaboration/index.js';
import type { ContractsService } from '../contracts/index.js';
import type { EvidencePlans } from '../evidence/index.js';
import type { FindingsService } from '../findings/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { Events } from '../../platform/events.js';
import type { Topics } from '../../platform/topics.js';
import { Decisions } from './decisions.service.js';
import { Demands } from './demands.service.js';
import type { EvidenceSource } from './evidence.ports.js';
import { PlanDocumentAccess } from './documentAccess.service.js';
import { PlanEvidenceAccess } from './evidenceAccess.service.js';
import { Execution } from './execution.service.js';
import { FollowUp } from './followUp.service.js';
import { FormalActs } from './formalActs.service.js';
import { Judgements } from './judgements.service.js';
import { PlanActsResolver } from './planActs.resolver.js';
import { DemandResolver, MeasureExecutionResolver, PlanResolver } from './plan.resolver.js';
import { PlanService } from './plan.service.js';
import { PlanStore } from './plan.store.js';
import { PlanLifeStore } from './planLife.store.js';
import { PlanLifeActsResolver } from './planLifeActs.resolver.js';
import { PlanListStore } from './planList.store.js';
import { PlanRecords } from './planRecords.service.js';
import { PlanRecordStore } from './planRecords.store.js';
import { PlanQueries } from './planQueries.service.js';
import { PlanViews } from './planView.service.js';
import { PlanDiffResolver } from './planDiff.resolver.js';
import { PlanDiffs } from './planDiff.service.js';
import { PlanReadsResolver } from './planReads.resolver.js';
import { PlanReads } from './planReads.service.js';
import { planWatchResolver } from './planWatch.resolver.js';
import { ProviderActs } from './providerActs.service.js';
import { ReviewActs } from './reviewActs.service.js';

export { handlingsplanerEntities } from './plan.entity.js';
export { planEvent } from './plan.events.js';
export type * from './plan.model.js';
export { PlanService } from './plan.service.js';
export { PlanRecords, type OpenPlan } from './planRecords.service.js';
export { StepEnum } from './planEnums.types.js';
export { stepOf, STEPS, type Step } from './steps.rules.js';

export interface HandlingsplanerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly events: Events;
  readonly topics: Topics;
  readonly audit: AuditService;
  readonly accessLog: AccessLog;
  readonly contracts: ContractsService;
  readonly findings: FindingsService;
  readonly collaboration: CollaborationService;
  readonly evidence: EvidenceSource;
}

/** Who may read and write the plans' documents: what collaboration is handed, before it exists for this feature. */
export const planDocumentAccess = (db: Database, log: AccessLog): DocumentAccess =>
  new PlanDocumentAccess(new PlanStore(db), new PlanLifeStore(db), log);

/** Plans for the features that follow them, before and beside this one. */
export const planRecords = (db: Database): PlanRecords => new PlanRecords(new PlanRecordStore(db));

/** Who may hand in and read evidence: what that feature is handed, before it exists for this one. */
export const planEvidenceAccess = (deps: { db: Database; clock: Clock; topics: Topics }): EvidencePlans =>
  new PlanEvidenceAccess({ ...deps, store: new PlanStore(deps.db), life: new PlanLifeStore(deps.db) });

/** Wires the feature. Called once, by the composition root. */
export function createHandlingsplaner(deps: HandlingsplanerDeps): { service: PlanService; resolvers: object[] } {
  const store = new PlanStore(deps.db);
  const lists = new PlanListStore(deps.db, store);
  const life = new PlanLifeStore(deps.db);
  const views = new PlanViews({ ...deps, store, life, lists });
  const acts = new FormalActs({ ...deps, store });
  const service = new PlanService({
    store,
    queries: new PlanQueries({ ...deps, store, lists, views }),
    demands: new Demands(acts, { ...deps, store }),
    provider: new ProviderActs(acts, { ...deps, store }),
    review: new ReviewActs(acts, { ...deps, store }),
    judgements: new Judgements(acts, { ...deps, store, life }),
    decisions: new Decisions(acts, { ...deps, store, life }),
    execution: new Execution(acts, { ...deps, store, life }),
    followUp: new FollowUp(acts, { ...deps, store, life }),
  });
  const reads = new PlanReads({ plans: service, log: deps.accessLog });
  return {
    service,
    resolvers: [
      new PlanResolver(service, reads),
      new DemandResolver(),
      new MeasureExecutionResolver(),
      new PlanActsResolver(service),
      new PlanLifeActsResolver(service),
      planWatchResolver(service),
      new PlanDiffResolver(new PlanDiffs({ ...deps, plans: service, reads })),
      new PlanReadsResolver(reads),
    ],
  };
}
