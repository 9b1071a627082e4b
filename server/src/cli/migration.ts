import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Database, type DatabaseOptions } from '../platform/database.js';

const FOLDER = fileURLToPath(new URL('../../src/migrations/', import.meta.url));

/** The statements that bring a database of today's migrations to today's entities; empty when they agree. */
export async function pendingStatements(options: DatabaseOptions): Promise<string[]> {
  const db = await Database.open(options);
  try {
    const { upQueries } = await db.writer.driver.createSchemaBuilder().log();
    return upQueries.map(({ query, parameters }) => {
      if (parameters && parameters.length > 0) throw new Error(`a statement with parameters can't be written down: ${query}`);
      // The comparison of texts and keys must be the same as SQLite's: by bytes.
      return db.dialect === 'mariadb' && query.startsWith('CREATE TABLE')
        ? query.replace(/ENGINE=InnoDB$/, 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin')
        : query;
    });
  } finally {
    await db.close();
  }
}

/**
 * Writes the next migration: `npm run migration -- add-something` with DATABASE_URL naming an EMPTY MariaDB database to compare with.
 * @returns the exit code
 */
export async function generateMigration(name: string | undefined, options: Omit<DatabaseOptions, 'sqlitePath'>, at: Date): Promise<number> {
  if (!name || !/^[a-z][a-z-]+$/.test(name) || options.url === '') {
    console.error('Usage: DATABASE_URL=mysql://…/an-empty-database npm run migration -- name-in-small-letters');
    return 1;
  }
  const dir = mkdtempSync(join(tmpdir(), 'samsyn-migration-'));
  try {
    const sqlite = await pendingStatements({ ...options, url: '', sqlitePath: join(dir, 'empty.sqlite') });
    const mariadb = await pendingStatements({ ...options, sqlitePath: '' });
    if (sqlite.length === 0 && mariadb.length === 0) {
      console.log('The entities and the migrations agree; nothing to write.');
      return 0;
    }
    const number = String(options.migrations.length + 1).padStart(4, '0');
    const className = `${name.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase())}${at.getTime()}`;
    const list = (statements: readonly string[]): string => statements.map((sql) => `    ${JSON.stringify(sql)},`).join('\n');
    writeFileSync(
      join(FOLDER, `${number}-${name}.ts`),
      `import type { MigrationInterface, QueryRunner } from 'typeorm';\nimport { runStatements } from './statements.js';\n\n` +
        `const STATEMENTS = {\n  sqlite: [\n${list(sqlite)}\n  ],\n  mariadb: [\n${list(mariadb)}\n  ],\n};\n\n` +
        `export class ${className} implements MigrationInterface {\n  name = '${className}';\n  up(runner: QueryRunner): Promise<void> {\n    return runStatements(runner, STATEMENTS);\n  }\n` +
        `  down(): Promise<void> {\n    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));\n  }\n}\n`,
    );
    console.log(`Wrote server/src/migrations/${number}-${name}.ts. Add ${className} to migrations/index.ts, then npm run format.`);
    return 0;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
