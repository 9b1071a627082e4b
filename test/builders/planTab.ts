import { createSharedDoc } from '@samsyn/schema';
import * as Y from 'yjs';
import type { Actor } from '../../server/src/features/accounts/index.js';
import { Refused } from '../../server/src/platform/outcome.js';
import type { PlansWorld } from './plansWorld.js';

/** One person's tab in a plan's text, through the real engine: leases, the gate and the log. */
export class PlanTab {
  private n = 0;
  private constructor(
    private readonly world: PlansWorld,
    private readonly planId: string,
    private readonly actor: Actor,
    readonly lease: number,
    private readonly doc: Y.Doc,
  ) {}

  /** null: the plan's text isn't there for the actor. */
  static async open(world: PlansWorld, planId: string, actor: Actor): Promise<PlanTab | null> {
    try {
      const lease = await world.collaboration.takeLease(planId, actor, null);
      if (lease instanceof Refused) throw new Error(lease.code);
      return new PlanTab(world, planId, actor, lease.clientId, createSharedDoc({ clientId: lease.clientId }));
    } catch (error) {
      if ((error as { code?: string }).code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  /**
   * Makes the change on the text as it is now, and hands it in. A tab whose edit was refused holds text that nobody else has: it ends.
   * @returns null when the edit is durable, else the refusal's code
   */
  async write(change: (doc: Y.Doc) => void): Promise<string | null> {
    const epoch = await this.catchUp();
    const before = Y.encodeStateVector(this.doc);
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array): void => void updates.push(update);
    this.doc.on('update', collect);
    this.doc.transact(() => change(this.doc));
    this.doc.off('update', collect);
    const update = updates.length === 1 ? (updates[0] as Uint8Array) : Y.encodeStateAsUpdate(this.doc, before);
    const pushed = await this.world.collaboration.pushUpdate(this.planId, {
      ...{ actor: this.actor, epoch, lease: this.lease, n: ++this.n, update },
    });
    return pushed instanceof Refused ? pushed.code : null;
  }

  private async catchUp(): Promise<number> {
    const events = await this.world.collaboration.open(this.planId, this.actor, null);
    const { value } = await events.next();
    await events.return?.();
    if (value.checkpoint) Y.applyUpdateV2(this.doc, value.checkpoint.update);
    for (const { update } of value.updates) Y.applyUpdate(this.doc, update);
    return value.epoch;
  }
}
