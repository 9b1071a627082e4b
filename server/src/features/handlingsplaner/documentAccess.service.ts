import { may, snapshot, type Actor, type ActorSnapshot } from '../accounts/index.js';
import type { AccessLog } from '../audit/index.js';
import type { Access, DocumentAccess } from '../collaboration/index.js';
import { locksNow } from './locks.service.js';
import type { PlanLifeStore } from './planLife.store.js';
import type { PlanStore } from './plan.store.js';
import { sight, standingOf, subjectOf } from './viewer.rules.js';
import { writable } from './writable.rules.js';

const NOTHING: ReadonlySet<string> = new Set();

/** Answers collaboration's question: who may read and write the document of a plan, from where in its log, and as whom. */
export class PlanDocumentAccess implements DocumentAccess {
  constructor(
    private readonly store: PlanStore,
    private readonly life: PlanLifeStore,
    private readonly log: AccessLog,
  ) {}

  opened(documentId: string, as: ActorSnapshot): void {
    if (as.side !== 'PROVIDER') this.log.note(documentId, as);
  }

  /** null: no such plan, or not the actor's to see. The förvaltning gets no row of the log from before the share. */
  async accessTo(documentId: string, actor: Actor): Promise<Access | null> {
    const plan = await this.store.plan(documentId);
    const standing = plan && standingOf(plan);
    const seen = standing && sight(actor, standing);
    if (!plan || !seen) return null;
    const writing = seen.canRead ? may(actor, 'plan.write', subjectOf(standing)) : null;
    const membership = writing ?? seen.membership;
    return {
      canRead: seen.canRead,
      writable: writing ? writable(standing, writing.side, await locksNow(plan, this.store, this.life)) : NOTHING,
      fromSeq: membership.side === 'PROVIDER' ? 0 : (plan.visibleFromSeq ?? Number.MAX_SAFE_INTEGER),
      as: snapshot(actor, membership),
    };
  }
}
