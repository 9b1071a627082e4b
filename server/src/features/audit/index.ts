import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { AuditChainRow, AuditEntryRow } from './audit.entity.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';
import { AuditStore } from './audit.store.js';

export { AuditService } from './audit.service.js';

export const auditEntities = [AuditEntryRow, AuditChainRow] as const;

/** The record of formal acts. */
export function createAudit(deps: { db: Database; clock: Clock }): { service: AuditService; resolvers: object[] } {
  const service = new AuditService(deps.db, new AuditStore(deps.db), deps.clock);
  return { service, resolvers: [new AuditResolver(service)] };
}
