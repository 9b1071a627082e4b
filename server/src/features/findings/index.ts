import type { Database } from '../../platform/database.js';
import type { ContractsService } from '../contracts/index.js';
import { FindingsService } from './findings.service.js';
import { FindingsStore } from './findings.store.js';

export { findingsEntities } from './findings.entity.js';
export type * from './findings.model.js';
export { FindingsService } from './findings.service.js';
export { FindingType, toFindingType } from './findings.types.js';

/** Wires the feature. Called once, by the composition root. It has no queries of its own: findings are reached through plans. */
export function createFindings(deps: { db: Database; contracts: ContractsService }): { service: FindingsService; resolvers: object[] } {
  return { service: new FindingsService(deps.db, new FindingsStore(deps.db), deps.contracts), resolvers: [] };
}
