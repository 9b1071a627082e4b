import type { AuditService } from '../audit/index.js';
import type { ContractsService } from '../contracts/index.js';
import type { FindingsService } from '../findings/index.js';
import { planEvent } from '../handlingsplaner/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { Events } from '../../platform/events.js';
import type { Topics } from '../../platform/topics.js';
import { StepProjection, type PlanEventSource } from './assessment.projection.js';
import { AssessmentResolver } from './assessment.resolver.js';
import { assessmentChangedResolver } from './assessmentChanged.resolver.js';
import { AssessmentService } from './assessment.service.js';
import { AssessmentStore } from './assessment.store.js';
import { GradeBook } from './gradeBook.service.js';

export { assessmentEntities } from './assessment.entity.js';
export type * from './assessment.model.js';
export { AssessmentService } from './assessment.service.js';
export { GradeBook, type EarlierGradeRowFacts } from './gradeBook.service.js';
export type { GradeImport } from './gradeImport.rules.js';

export interface AssessmentWiring {
  readonly db: Database;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly events: Events;
  readonly contracts: ContractsService;
  readonly findings: FindingsService;
  readonly audit: AuditService;
  /** Where recorded plan events are read from (the plan service). */
  readonly plans: PlanEventSource;
}

/** Wires the feature and makes it follow the plan events. Called once, by the composition root. */
export function createAssessment(deps: AssessmentWiring): { service: AssessmentService; gradeBook: GradeBook; resolvers: object[] } {
  const store = new AssessmentStore(deps.db);
  const projection = new StepProjection(deps.db, store, deps.topics, deps.plans);
  deps.events.on(planEvent, (event) => projection.follow(event));
  const service = new AssessmentService(deps, store, projection);
  const gradeBook = new GradeBook(deps.db, store, deps.contracts, deps.clock);
  return { service, gradeBook, resolvers: [new AssessmentResolver(service), assessmentChangedResolver(service)] };
}
