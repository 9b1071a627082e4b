import { MAX_WAITING_PUSHES, PUSHES_PER_SECOND, PUSH_BURST } from '@samsyn/schema';
import type { Push } from './collaboration.model.js';
import { GateNo } from './gate.model.js';
import { Pace } from './pace.rules.js';

/** How much one user may push to one document, over time and at once. */
export class PushPace {
  private readonly users = new Map<string, { pace: Pace; waiting: number }>();

  /** @returns to be called when the push is answered. @throws GateNo RATE_LIMITED */
  take({ actor }: Push, now: number): () => void {
    const user = this.users.get(actor.userId) ?? { pace: new Pace(PUSHES_PER_SECOND, PUSH_BURST, now), waiting: 0 };
    this.users.set(actor.userId, user);
    if (user.waiting >= MAX_WAITING_PUSHES || !user.pace.take(now)) throw new GateNo('RATE_LIMITED');
    user.waiting++;
    return () => user.waiting--;
  }
}
