import type { Database } from '../../platform/database.js';
import { ContractsResolver } from './contracts.resolver.js';
import { ContractsService } from './contracts.service.js';
import { ContractsStore } from './contracts.store.js';

export { contractsEntities } from './contracts.entity.js';
export type * from './contracts.model.js';
export { contractKey, refKey } from './contracts.rules.js';
export { ContractsService } from './contracts.service.js';
export {
  ContractAreaType,
  HuvudmanType,
  ProviderType,
  SourceEnum,
  toContractAreaType,
  toHuvudmanType,
  toProviderType,
} from './contracts.types.js';

/** Wires the feature. Called once, by the composition root. */
export function createContracts(deps: { db: Database }): { service: ContractsService; resolvers: object[] } {
  const service = new ContractsService(deps.db, new ContractsStore(deps.db));
  return { service, resolvers: [new ContractsResolver(service)] };
}
