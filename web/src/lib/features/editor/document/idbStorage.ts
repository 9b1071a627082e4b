import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { MemoryStorage, type Branch, type EditStorage, type StoredEntry } from './storage.js';

interface EditsDatabase extends DBSchema {
  entries: { key: [string, string, number, number]; value: StoredEntry; indexes: { byPlan: [string, string] } };
  branches: { key: string; value: Branch; indexes: { byPlan: [string, string] } };
}

class IdbStorage implements EditStorage {
  readonly kept = true;
  readonly #db: IDBPDatabase<EditsDatabase>;

  constructor(db: IDBPDatabase<EditsDatabase>) {
    this.#db = db;
  }

  entries(planId: string, userId: string): Promise<StoredEntry[]> {
    return this.#db.getAllFromIndex('entries', 'byPlan', [planId, userId]);
  }

  async putEntry(entry: StoredEntry): Promise<void> {
    await this.#db.put('entries', entry);
  }

  async removeEntries(planId: string, userId: string, lease: number, ns: readonly number[]): Promise<void> {
    const tx = this.#db.transaction('entries', 'readwrite');
    await Promise.all([...ns.map((n) => tx.store.delete([planId, userId, lease, n])), tx.done]);
  }

  branches(planId: string, userId: string): Promise<Branch[]> {
    return this.#db.getAllFromIndex('branches', 'byPlan', [planId, userId]);
  }

  async putBranch(branch: Branch): Promise<void> {
    await this.#db.put('branches', branch);
  }

  async removeBranch(id: string): Promise<void> {
    await this.#db.delete('branches', id);
  }
}

/** The browser's own store; memory where it is closed to us (private windows, full disks). */
export async function openEditStorage(): Promise<EditStorage> {
  try {
    const db = await openDB<EditsDatabase>('samsyn-edits', 1, {
      upgrade(fresh) {
        fresh.createObjectStore('entries', { keyPath: ['planId', 'userId', 'lease', 'n'] }).createIndex('byPlan', ['planId', 'userId']);
        fresh.createObjectStore('branches', { keyPath: 'id' }).createIndex('byPlan', ['planId', 'userId']);
      },
    });
    return new IdbStorage(db);
  } catch {
    return new MemoryStorage();
  }
}
