import type { Clock } from '../../platform/clock.js';
import type { Actor } from '../accounts/index.js';
import type { Access, DocumentAccess } from './collaboration.model.js';

/** How long rights are trusted without asking. A change made here or told by Topics is seen at once; this is for a lost message. */
const TRUSTED_MS = 5_000;
const MAX_KEPT = 2_000;

/**
 * Rights in one document, kept per session. What makes a stale answer harmless is the epoch: rights are kept under the epoch at which they
 * were asked for, and an append under an older epoch than the document's is a conflict.
 */
export class AccessCache {
  private readonly kept = new Map<string, { access: Access | null; epoch: number; at: number }>();

  constructor(
    private readonly documentId: string,
    private readonly source: DocumentAccess,
    private readonly clock: Clock,
    private readonly epoch: () => number,
  ) {}

  async get(actor: Actor): Promise<Access | null> {
    const found = this.kept.get(keyOf(actor));
    const now = this.clock.now().getTime();
    if (found && found.epoch === this.epoch() && now - found.at < TRUSTED_MS) return found.access;
    return this.fresh(actor);
  }

  /** Asks, whatever is kept. */
  async fresh(actor: Actor): Promise<Access | null> {
    const epoch = this.epoch();
    const access = await this.source.accessTo(this.documentId, actor);
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    this.kept.set(keyOf(actor), { access, epoch, at: this.clock.now().getTime() });
    return access;
  }

  clear(): void {
    this.kept.clear();
  }
}

const keyOf = (actor: Actor): string => `${actor.userId}:${actor.sessionId}`;
