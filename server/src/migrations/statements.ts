import type { QueryRunner } from 'typeorm';

/** One change of the tables, in each database's own words. Generated from the entities; never edited after it has landed. */
export interface Statements {
  readonly sqlite: readonly string[];
  readonly mariadb: readonly string[];
}

export async function runStatements(runner: QueryRunner, statements: Statements): Promise<void> {
  const isSqlite = runner.dataSource.options.type === 'better-sqlite3';
  for (const sql of isSqlite ? statements.sqlite : statements.mariadb) await runner.query(sql);
}
