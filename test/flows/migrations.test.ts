import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pendingStatements } from '../../server/src/cli/migration.js';
import { entities } from '../../server/src/main.js';
import { migrations } from '../../server/src/migrations/index.js';
import { testDatabase } from '../harness/database.js';

describe('migrations', () => {
  it('bring an empty database to exactly what the entities say', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'samsyn-migrations-'));
    const database = await testDatabase();
    try {
      expect(await pendingStatements({ url: database.url, sqlitePath: join(dir, 'empty.sqlite'), entities, migrations })).toEqual([]);
      // Seen to notice: with a table less to begin with, something is missing.
      const other = await testDatabase();
      try {
        expect(await pendingStatements({ url: other.url, sqlitePath: join(dir, 'none.sqlite'), entities, migrations: [] })).not.toEqual([]);
      } finally {
        await other.drop();
      }
    } finally {
      await database.drop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
