import 'reflect-metadata';
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type DataSourceOptions, type EntityManager, type MigrationInterface } from 'typeorm';
import { NodeSqliteDatabase } from './sqliteDriver.js';

type EntityClass = new () => object;
type MigrationClass = new () => MigrationInterface;

export interface DatabaseOptions {
  /** `mysql://…`; empty for SQLite. */
  readonly url: string;
  readonly sqlitePath: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
}

interface OpenTransaction {
  readonly manager: EntityManager;
  readonly afterCommit: (() => void)[];
}

/** Column types that only MySQL knows by name; SQLite keeps them as it keeps everything. */
const MYSQL_TYPE_NAMES = ['longblob', 'mediumtext', 'char'];
/** A deadlock or a lost lock race on MariaDB is nobody's fault: the work is run again from the start. */
const RETRYABLE = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);
const MAX_TRIES = 5;
/** A node that stops in the middle of a transaction must not hold others' documents for longer: the server then takes it back. Seconds. */
const IDLE_TRANSACTION_S = 5;

/**
 * The one door to the database.
 *
 * Every write goes through `tx`. On SQLite transactions queue one after the other, because TypeORM shares one connection and two that
 * overlap would nest (an acknowledged write could vanish when the other rolls back). Calls inside a transaction join it. Reads outside one
 * go to a second, read-only connection, so that nobody is ever shown a row that may still be rolled back.
 * No network wait belongs inside `tx`.
 */
export class Database {
  private readonly current = new AsyncLocalStorage<OpenTransaction>();
  private tail: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly writer: DataSource,
    private readonly reader: DataSource,
    readonly dialect: 'sqlite' | 'mariadb',
  ) {}

  /** Connects and brings the tables up to date. @throws the driver's error when the database can't be reached */
  static async open(options: DatabaseOptions): Promise<Database> {
    if (options.url !== '') {
      const source = new DataSource(mariadbOptions(options));
      await source.initialize();
      await runMigrations(source);
      await boundIdleTransactions(source);
      return new Database(source, source, 'mariadb');
    }
    mkdirSync(dirname(options.sqlitePath), { recursive: true });
    const writer = await openSqlite(options, false);
    await runMigrations(writer);
    const reader = await openSqlite(options, true);
    return new Database(writer, reader, 'sqlite');
  }

  /** The manager of the open transaction, or outside one the reader. Never keep it over an `await tx`. */
  get em(): EntityManager {
    return this.current.getStore()?.manager ?? this.reader.manager;
  }

  get inTransaction(): boolean {
    return this.current.getStore() !== undefined;
  }

  /** Runs `work` in a transaction, or inside the one already open. On MariaDB it may run more than once: keep effects in `afterCommit`. */
  async tx<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    const open = this.current.getStore();
    if (open) return work(open.manager);
    if (this.dialect === 'mariadb') return this.withRetries(work);
    const run = this.tail.then(() => this.once(work));
    this.tail = run.catch(() => undefined);
    return run;
  }

  /** Runs `effect` when the open transaction has committed (at once when there is none). It must not throw; it may not write. */
  afterCommit(effect: () => void): void {
    const open = this.current.getStore();
    if (open) open.afterCommit.push(effect);
    else effect();
  }

  /** Answers when the database does. @throws when it doesn't */
  async ping(): Promise<void> {
    await this.reader.query('SELECT 1');
  }

  async close(): Promise<void> {
    await this.tail.catch(() => undefined);
    if (this.reader !== this.writer) await this.reader.destroy();
    await this.writer.destroy();
  }

  private async once<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    const effects: (() => void)[] = [];
    const result = await this.writer.transaction((manager) => {
      effects.length = 0;
      return this.current.run({ manager, afterCommit: effects }, () => work(manager));
    });
    // Outside the transaction's context: an effect that opens a new one must not join the one that has just ended.
    this.current.exit(() => {
      for (const effect of effects) effect();
    });
    return result;
  }

  private async withRetries<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt >= MAX_TRIES || !RETRYABLE.has(errorCode(error))) throw error;
      }
    }
  }
}

/** True when an insert failed because the row was already there, on either database. */
export function isDuplicate(error: unknown): boolean {
  const inner = driverError(error);
  return inner?.code === 'ER_DUP_ENTRY' || inner?.errcode === 1555 || inner?.errcode === 2067;
}

function driverError(error: unknown): { code?: string; errcode?: number } | undefined {
  const outer = error as { driverError?: { code?: string; errcode?: number }; code?: string; errcode?: number } | undefined;
  return outer?.driverError ?? outer;
}

const errorCode = (error: unknown): string => driverError(error)?.code ?? '';

function mariadbOptions(options: DatabaseOptions): DataSourceOptions {
  return {
    type: 'mariadb',
    url: options.url,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    poolSize: 10,
    connectTimeout: 5_000,
    entities: [...options.entities],
    migrations: [...options.migrations],
    migrationsTransactionMode: 'each',
  };
}

/** For every connection of the pool: those to come, and the one that is there. */
async function boundIdleTransactions(source: DataSource): Promise<void> {
  const sql = `SET SESSION idle_transaction_timeout = ${IDLE_TRANSACTION_S}`;
  const { pool } = source.driver as unknown as {
    pool: { on(event: 'connection', listener: (connection: { query(sql: string, done: () => void): void }) => void): void };
  };
  // A connection answers in order, so this comes before whatever it is made for. Where it fails, so does what follows, and says why.
  pool.on('connection', (connection) => connection.query(sql, () => undefined));
  await source.query(sql);
}

async function openSqlite(options: DatabaseOptions, readonly: boolean): Promise<DataSource> {
  const source = new DataSource({
    type: 'better-sqlite3',
    driver: NodeSqliteDatabase,
    database: options.sqlitePath,
    readonly,
    entities: [...options.entities],
    migrations: readonly ? [] : [...options.migrations],
    migrationsTransactionMode: 'each',
    prepareDatabase: (db: NodeSqliteDatabase) => {
      if (readonly) return;
      db.pragma('journal_mode = WAL');
      // FULL: a commit that returned is on the disk (I1). NORMAL would lose the last ones at a power cut.
      db.pragma('synchronous = FULL');
    },
  });
  const supported = source.driver.supportedDataTypes as string[];
  for (const name of MYSQL_TYPE_NAMES) if (!supported.includes(name)) supported.push(name);
  await source.initialize();
  return source;
}

async function runMigrations(source: DataSource): Promise<void> {
  if (source.options.type === 'mariadb') {
    // Two nodes that start at once must not both migrate.
    const runner = source.createQueryRunner();
    try {
      await runner.query("SELECT GET_LOCK('samsyn-migrations', 60)");
      await source.runMigrations();
    } finally {
      await runner.query("SELECT RELEASE_LOCK('samsyn-migrations')");
      await runner.release();
    }
    return;
  }
  await source.runMigrations();
}
