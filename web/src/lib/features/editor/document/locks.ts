/** Mutual exclusion between tabs. `tryHold` gives the way to let go, or null when another tab holds the name. */
export interface TabLocks {
  tryHold(name: string): Promise<(() => void) | null>;
}

class WebLocks implements TabLocks {
  readonly #locks: LockManager;

  constructor(locks: LockManager) {
    this.#locks = locks;
  }

  tryHold(name: string): Promise<(() => void) | null> {
    return new Promise((resolve, reject) => {
      this.#locks
        .request(name, { ifAvailable: true }, (lock) => {
          if (lock === null) {
            resolve(null);
            return undefined;
          }
          return new Promise<void>((release) => resolve(() => release()));
        })
        .catch(reject);
    });
  }
}

/** Locks shared by everything that holds the same instance: tests open two "tabs" on one. */
export class SharedLocks implements TabLocks {
  readonly #held = new Set<string>();

  tryHold(name: string): Promise<(() => void) | null> {
    if (this.#held.has(name)) return Promise.resolve(null);
    this.#held.add(name);
    return Promise.resolve(() => void this.#held.delete(name));
  }
}

/** Null where the browser has no Web Locks: then no tab can know that another is alive, and nothing may outlive its tab. */
export function browserLocks(): TabLocks | null {
  return typeof navigator !== 'undefined' && 'locks' in navigator ? new WebLocks(navigator.locks) : null;
}

export const leaseLock = (planId: string, lease: number): string => `samsyn-lease:${planId}:${lease}`;
