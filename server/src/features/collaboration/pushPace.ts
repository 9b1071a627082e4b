import {
  MAX_WAITING_PUSHES,
  MAX_WAITING_PUSH_BYTES,
  PUSHES_PER_SECOND,
  PUSH_BURST,
  PUSH_BURST_BYTES,
  PUSH_BYTES_PER_SECOND,
} from '@samsyn/schema';
import type { Push } from './collaboration.model.js';
import { GateNo } from './gate.model.js';
import { Pace } from './pace.rules.js';

interface Pushing {
  readonly updates: Pace;
  readonly bytes: Pace;
  waiting: number;
  waitingBytes: number;
}

/** How much one user may push to one document, over time and at once. */
export class PushPace {
  private readonly users = new Map<string, Pushing>();

  /** @returns to be called when the push is answered. @throws GateNo RATE_LIMITED */
  take({ actor, update }: Push, now: number): () => void {
    const user = this.users.get(actor.userId) ?? newcomer(now);
    this.users.set(actor.userId, user);
    const size = update.byteLength;
    const crowded = user.waiting >= MAX_WAITING_PUSHES || user.waitingBytes + size > MAX_WAITING_PUSH_BYTES;
    if (crowded || !user.bytes.take(now, size) || !user.updates.take(now)) throw new GateNo('RATE_LIMITED');
    user.waiting++;
    user.waitingBytes += size;
    return () => {
      user.waiting--;
      user.waitingBytes -= size;
    };
  }
}

const newcomer = (now: number): Pushing => ({
  updates: new Pace(PUSHES_PER_SECOND, PUSH_BURST, now),
  bytes: new Pace(PUSH_BYTES_PER_SECOND, PUSH_BURST_BYTES, now),
  waiting: 0,
  waitingBytes: 0,
});
