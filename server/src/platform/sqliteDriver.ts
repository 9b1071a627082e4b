import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/**
 * The part of better-sqlite3's interface that TypeORM uses, over Node's own SQLite.
 * Why: better-sqlite3 needs a compiler or a prebuilt binary for each ABI; `node:sqlite` comes with the pinned runtime.
 */
class Statement {
  readonly reader: boolean;
  constructor(private readonly inner: StatementSync) {
    this.reader = inner.columns().length > 0;
  }
  all(...parameters: SQLInputValue[]): Record<string, unknown>[] {
    return this.inner.all(...parameters).map(asMysqlWould);
  }
  run(...parameters: SQLInputValue[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.inner.run(...parameters);
  }
}

/** Blobs come as Buffer from mysql2; the same here, so that no caller sees which database it has. */
function asMysqlWould(row: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    out[name] = value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
  }
  return out;
}

export class NodeSqliteDatabase {
  private readonly inner: DatabaseSync;
  constructor(path: string, options: { readonly?: boolean; timeout?: number } = {}) {
    this.inner = new DatabaseSync(path, { readOnly: options.readonly ?? false, timeout: options.timeout ?? 5_000 });
  }
  prepare(sql: string): Statement {
    return new Statement(this.inner.prepare(sql));
  }
  pragma(text: string): Record<string, unknown>[] {
    return this.prepare(`PRAGMA ${text}`).all();
  }
  exec(sql: string): void {
    this.inner.exec(sql);
  }
  close(): void {
    this.inner.close();
  }
}
