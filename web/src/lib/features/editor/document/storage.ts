/** One recorded, not yet acknowledged update. `n` counts from the lease's first update without gaps. */
export interface StoredEntry {
  planId: string;
  userId: string;
  lease: number;
  n: number;
  epoch: number;
  update: Uint8Array;
  /** Milliseconds since 1970 when the update was recorded, in the browser's clock: only for ordering. */
  at: number;
}

/** One field as its author left it when the server said no. `text` null = the author removed it. */
export interface BranchField {
  path: string;
  text: string | null;
  /** Canonical JSON of the field's value: what is offered again. Null for a removal. */
  valueJson: string | null;
}

/** Text that the plan did not take in. Stays with its author until thrown away by hand. */
export interface Branch {
  id: string;
  planId: string;
  userId: string;
  at: number;
  code: string;
  message: string;
  changes: number;
  fields: readonly BranchField[];
}

/** Where unacknowledged edits wait. `kept` false = gone with the tab, so leaving must warn. */
export interface EditStorage {
  readonly kept: boolean;
  entries(planId: string, userId: string): Promise<StoredEntry[]>;
  putEntry(entry: StoredEntry): Promise<void>;
  removeEntries(planId: string, userId: string, lease: number, ns: readonly number[]): Promise<void>;
  branches(planId: string, userId: string): Promise<Branch[]>;
  putBranch(branch: Branch): Promise<void>;
  removeBranch(id: string): Promise<void>;
}

const entryKey = (entry: Pick<StoredEntry, 'planId' | 'userId' | 'lease' | 'n'>): string =>
  [entry.planId, entry.userId, entry.lease, entry.n].join('/');

/** For browsers without IndexedDB, and for tests (several tabs may share one). */
export class MemoryStorage implements EditStorage {
  readonly #entries = new Map<string, StoredEntry>();
  readonly #branches = new Map<string, Branch>();

  constructor(readonly kept = false) {}

  async entries(planId: string, userId: string): Promise<StoredEntry[]> {
    return [...this.#entries.values()].filter((entry) => entry.planId === planId && entry.userId === userId);
  }

  async putEntry(entry: StoredEntry): Promise<void> {
    this.#entries.set(entryKey(entry), entry);
  }

  async removeEntries(planId: string, userId: string, lease: number, ns: readonly number[]): Promise<void> {
    for (const n of ns) this.#entries.delete(entryKey({ planId, userId, lease, n }));
  }

  async branches(planId: string, userId: string): Promise<Branch[]> {
    return [...this.#branches.values()].filter((branch) => branch.planId === planId && branch.userId === userId);
  }

  async putBranch(branch: Branch): Promise<void> {
    this.#branches.set(branch.id, branch);
  }

  async removeBranch(id: string): Promise<void> {
    this.#branches.delete(id);
  }
}
