import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import type { Logger } from '../../platform/log.js';
import type { Topics } from '../../platform/topics.js';
import { DocumentAttributionRow, DocumentCheckpointRow, DocumentLeaseRow, DocumentRow, DocumentUpdateRow } from './collaboration.entity.js';
import type { DocumentAccess } from './collaboration.model.js';
import { CollaborationResolver, documentEventsResolver } from './collaboration.resolver.js';
import { CollaborationService } from './collaboration.service.js';
import { DocumentStore } from './collaboration.store.js';
import { GroupCommit } from './groupCommit.js';

export { CollaborationService } from './collaboration.service.js';
export type { Access, BlameRun, CharSpan, DocumentAccess, Mark } from './collaboration.model.js';

export const collaborationEntities = [
  DocumentRow,
  DocumentUpdateRow,
  DocumentCheckpointRow,
  DocumentLeaseRow,
  DocumentAttributionRow,
] as const;

/** Co-editing of shared documents. `access` says who may do what in them. */
export function createCollaboration(deps: { db: Database; clock: Clock; topics: Topics; log: Logger; access: DocumentAccess }): {
  service: CollaborationService;
  resolvers: object[];
} {
  const store = new DocumentStore(deps.db);
  const service = new CollaborationService({ ...deps, store, commit: new GroupCommit(deps.db, store), node: newId() });
  return { service, resolvers: [new CollaborationResolver(service), documentEventsResolver(service)] };
}
