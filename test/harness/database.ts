import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';

/** Where test databases are made. The account must be allowed to create and drop them. */
const MARIADB = process.env['SAMSYN_TEST_MARIADB_URL'] ?? 'mysql://root@127.0.0.1:3306';

export interface TestDatabase {
  /** For DATABASE_URL; empty on SQLite. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of its own for one test file, on the kind the run is for (SAMSYN_TEST_DATABASE). */
export async function testDatabase(kind = process.env['SAMSYN_TEST_DATABASE'] ?? 'sqlite'): Promise<TestDatabase> {
  if (kind === 'sqlite') return { url: '', drop: () => Promise.resolve() };
  const name = `samsyn_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await admin(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  return { url: `${MARIADB}/${name}`, drop: () => admin(`DROP DATABASE IF EXISTS \`${name}\``) };
}

async function admin(sql: string): Promise<void> {
  const connection = await createConnection(MARIADB);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
