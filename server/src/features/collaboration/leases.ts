import type { LeaseState } from './collaboration.model.js';
import type { DocumentStore } from './collaboration.store.js';

/** The leases of one document that have been written under lately, with their highest n. */
export class Leases {
  private readonly known = new Map<number, LeaseState>();

  constructor(
    private readonly documentId: string,
    private readonly store: DocumentStore,
  ) {}

  /** null: nobody has that client id. */
  async get(clientId: number): Promise<LeaseState | null> {
    const found = this.known.get(clientId);
    if (found) return found;
    const lease = await this.store.lease(this.documentId, clientId);
    if (!lease) return null;
    const state: LeaseState = { ...lease, lastN: await this.store.lastN(this.documentId, clientId) };
    this.known.set(clientId, state);
    return state;
  }

  /** Rows from the log, of this or another node. */
  learn(lease: number, n: number): void {
    const state = this.known.get(lease);
    if (state) state.lastN = Math.max(state.lastN, n);
  }

  /** The row of an operation, to answer one that is sent again. */
  operation(lease: number, n: number): ReturnType<DocumentStore['operation']> {
    return this.store.operation(this.documentId, lease, n);
  }

  /** Takes nothing more under a lease, from this moment. That it stays so is the store's to keep. */
  close(clientId: number): void {
    const state = this.known.get(clientId);
    if (state) state.closed = true;
  }

  /** Forgets what was reckoned with updates that didn't reach the log. */
  forget(): void {
    this.known.clear();
  }
}
