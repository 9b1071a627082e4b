import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../server/src/platform/database.js';

/** An empty database with the tables of `entities`, on SQLite in a folder of its own. Call `close` at the end: it removes the folder. */
export async function scratchDatabase(entities: readonly (new () => object)[]): Promise<{ db: Database; close: () => Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'samsyn-unit-'));
  const db = await Database.open({ url: '', sqlitePath: join(dir, 'unit.sqlite'), entities, migrations: [] });
  await db.writer.synchronize();
  return {
    db,
    close: async () => {
      await db.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
