import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { AccessLog } from './accessLog.js';
import { AccessLogRow } from './accessLog.entity.js';
import { AccessLogStore } from './accessLog.store.js';
import { AuditChainRow, AuditEntryRow } from './audit.entity.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';
import { AuditStore } from './audit.store.js';

export { breakAt, CHAIN_START, type ChainHead, type StoredEntry } from './audit.rules.js';
export { AccessLog } from './accessLog.js';
export { AuditService } from './audit.service.js';
export type { AccessRecord } from './audit.model.js';

export const auditEntities = [AuditEntryRow, AuditChainRow, AccessLogRow] as const;

/** The record of formal acts, and the log of who has read what. */
export function createAudit(deps: { db: Database; clock: Clock }): { service: AuditService; accessLog: AccessLog; resolvers: object[] } {
  const service = new AuditService(deps.db, new AuditStore(deps.db), deps.clock);
  const accessLog = new AccessLog(deps.db, new AccessLogStore(deps.db), deps.clock);
  return { service, accessLog, resolvers: [new AuditResolver(service)] };
}
