import type { GradeBook } from '../assessment/index.js';
import type { AuditService } from '../audit/index.js';
import type { ContractsService } from '../contracts/index.js';
import type { FindingsService } from '../findings/index.js';
import type { Database } from '../../platform/database.js';
import { createImporters } from './importers.js';
import { ImportsResolver } from './imports.resolver.js';
import { ImportsService } from './imports.service.js';

export type * from './imports.model.js';
export { ImportsService } from './imports.service.js';

export interface ImportsWiring {
  readonly db: Database;
  readonly contracts: ContractsService;
  readonly findings: FindingsService;
  readonly gradeBook: GradeBook;
  readonly audit: AuditService;
}

/** Wires the feature. Called once, by the composition root. It has no tables of its own. */
export function createImports(deps: ImportsWiring): { service: ImportsService; resolvers: object[] } {
  const service = new ImportsService(deps.db, deps.contracts, deps.audit, deps.gradeBook, createImporters(deps));
  return { service, resolvers: [new ImportsResolver(service)] };
}
