import { join } from 'node:path';
import type { Config } from '../../config.js';
import type { Job } from '../../platform/jobs.js';
import { EvidenceRow } from './evidence.entity.js';
import { EvidenceResolver } from './evidence.resolver.js';
import { EvidenceService, type EvidenceDeps } from './evidence.service.js';
import { EvidenceStore } from './evidence.store.js';
import { DiskFileStore } from './fileStore.js';

export type { Evidence, EvidencePlace } from './evidence.model.js';
export type { EvidenceGrant, EvidencePlans } from './evidence.ports.js';
export { EvidenceService } from './evidence.service.js';
export { EvidenceType, toEvidenceType } from './evidence.types.js';

export const evidenceEntities = [EvidenceRow] as const;

/** Underlag. */
export function createEvidence(
  deps: Omit<EvidenceDeps, 'store' | 'files' | 'limits'> & {
    readonly config: Pick<Config, 'dataDir' | 'maxFileBytes' | 'maxFilesPerMeasure'>;
  },
): { service: EvidenceService; jobs: Job[]; resolvers: object[] } {
  const { config } = deps;
  const service = new EvidenceService({
    ...deps,
    store: new EvidenceStore(deps.db),
    files: new DiskFileStore(join(config.dataDir, 'files')),
    limits: config,
  });
  const sweeping: Job = { name: 'evidence.sweep', pattern: '0 30 3 * * *', run: async () => void (await service.sweep()) };
  return { service, jobs: [sweeping], resolvers: [new EvidenceResolver(service)] };
}
