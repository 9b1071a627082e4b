import type { AuditService } from '../audit/index.js';
import type { CollaborationService, DocumentAccess } from '../collaboration/index.js';
import type { ContractsService } from '../contracts/index.js';
import type { EvidencePlans } from '../evidence/index.js';
import type { FindingsService } from '../findings/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { Events } from '../../platform/events.js';
import type { Topics } from '../../platform/topics.js';
import { Demands } from './demands.service.js';
import { PlanDocumentAccess } from './documentAccess.service.js';
import { PlanEvidenceAccess } from './evidenceAccess.service.js';
import { FormalActs } from './formalActs.service.js';
import { PlanActsResolver } from './planActs.resolver.js';
import { DemandResolver, PlanResolver } from './plan.resolver.js';
import { PlanService } from './plan.service.js';
import { PlanStore } from './plan.store.js';
import { PlanLifeStore } from './planLife.store.js';
import { PlanListStore } from './planList.store.js';
import { PlanRecords } from './planRecords.service.js';
import { PlanRecordStore } from './planRecords.store.js';
import { PlanQueries } from './planQueries.service.js';
import { PlanViews } from './planView.service.js';
import { planWatchResolver } from './planWatch.resolver.js';
import { ProviderActs } from './providerActs.service.js';
import { ReviewActs } from './reviewActs.service.js';

export { handlingsplanerEntities } from './plan.entity.js';
export { planEvent } from './plan.events.js';
export type * from './plan.model.js';
export { PlanService } from './plan.service.js';
export { PlanRecords, type OpenPlan, type PlanExport } from './planRecords.service.js';
export { StepEnum } from './planEnums.types.js';
export { stepOf, STEPS, type Step } from './steps.rules.js';

export interface HandlingsplanerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly events: Events;
  readonly topics: Topics;
  readonly audit: AuditService;
  readonly contracts: ContractsService;
  readonly findings: FindingsService;
  readonly collaboration: CollaborationService;
}

/** Who may read and write the plans' documents: what collaboration is handed, before it exists for this feature. */
export const planDocumentAccess = (db: Database): DocumentAccess => new PlanDocumentAccess(new PlanStore(db));

/** Plans for the features that follow them, before and beside this one. */
export const planRecords = (db: Database): PlanRecords => new PlanRecords(new PlanRecordStore(db));

/** Who may hand in and read evidence: what that feature is handed, before it exists for this one. */
export const planEvidenceAccess = (deps: { db: Database; clock: Clock; topics: Topics }): EvidencePlans =>
  new PlanEvidenceAccess({ ...deps, store: new PlanStore(deps.db), life: new PlanLifeStore(deps.db) });

/** Wires the feature. Called once, by the composition root. */
export function createHandlingsplaner(deps: HandlingsplanerDeps): { service: PlanService; resolvers: object[] } {
  const store = new PlanStore(deps.db);
  const lists = new PlanListStore(deps.db, store);
  const views = new PlanViews({ ...deps, store, lists });
  const acts = new FormalActs({ ...deps, store });
  const service = new PlanService({
    store,
    queries: new PlanQueries({ ...deps, store, lists, views }),
    demands: new Demands(acts, { ...deps, store }),
    provider: new ProviderActs(acts, { ...deps, store }),
    review: new ReviewActs(acts, { ...deps, store }),
  });
  return {
    service,
    resolvers: [new PlanResolver(service), new DemandResolver(), new PlanActsResolver(service), planWatchResolver(service)],
  };
}
