import { leaseLock, type TabLocks } from './locks.js';
import type { EditStorage, StoredEntry } from './storage.js';

export interface Claimed {
  entries: StoredEntry[];
  /** Lets go of the leases, for whoever comes next. */
  letGo: () => void;
}

/** Takes over what this person's dead tabs left behind in a plan. A living tab holds the lock of its lease, and keeps its edits. */
export async function claimLeftBehind(storage: EditStorage, locks: TabLocks, planId: string, userId: string): Promise<Claimed> {
  const stored = await storage.entries(planId, userId);
  const entries: StoredEntry[] = [];
  const releases: (() => void)[] = [];
  for (const lease of new Set(stored.map((entry) => entry.lease))) {
    const release = await locks.tryHold(leaseLock(planId, lease));
    if (release === null) continue;
    releases.push(release);
    entries.push(...stored.filter((entry) => entry.lease === lease));
  }
  return {
    entries,
    letGo: () => {
      for (const release of releases.splice(0)) release();
    },
  };
}
