import { isDuplicate } from '../platform/database.js';
import { seedExempel } from './exempel.js';
import { KSON_KEY, seedNorrtalje } from './norrtalje.js';
import type { SeedDeps } from './steps.js';

/**
 * Fills an empty database with the demo's two huvudmän; does nothing when they are there. One transaction: a start that is interrupted
 * leaves nothing half made.
 */
export async function seedDemo(deps: SeedDeps): Promise<void> {
  if (await deps.contracts.service.huvudmanByKey(KSON_KEY)) return;
  try {
    await deps.db.tx(async () => {
      await seedNorrtalje(deps);
      await seedExempel(deps);
    });
  } catch (error) {
    // Two nodes that start on the same empty database: the other one was first.
    if (!isDuplicate(error) || !(await deps.contracts.service.huvudmanByKey(KSON_KEY))) throw error;
  }
}
