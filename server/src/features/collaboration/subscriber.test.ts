import { MAX_WAITING_EVENTS } from '@samsyn/schema';
import { describe, expect, it } from 'vitest';
import type { DocumentEvent } from './collaboration.model.js';
import { Pace } from './pace.rules.js';
import { Subscriber, plainEvent } from './subscriber.js';

const actor = { userId: 'u', name: 'U', sessionId: 's', memberships: [] };
const updates = (seq: number): DocumentEvent => ({
  ...plainEvent('UPDATES', seq, 1),
  updates: [{ seq, lease: 7, update: new Uint8Array(3) }],
});
const rest = async (subscriber: Subscriber): Promise<string[]> => {
  const out: string[] = [];
  for await (const event of subscriber) out.push(`${event.kind} ${event.seq}`);
  return out;
};

describe('a subscriber', () => {
  it('gets what waits, then what comes, in order', async () => {
    const subscriber = new Subscriber(actor, 'p', () => undefined);
    subscriber.push(updates(1));
    const both = [subscriber.next(), subscriber.next()];
    subscriber.push(updates(2));
    expect((await Promise.all(both)).map(({ value }) => value?.seq)).toEqual([1, 2]);
  });

  it('gets only the newest list of who is there', async () => {
    const subscriber = new Subscriber(actor, 'p', () => undefined);
    for (const seq of [1, 2, 3]) subscriber.push({ ...plainEvent('PRESENCE', seq, 1), presence: [] });
    subscriber.push(updates(4));
    subscriber.finish();
    expect(await rest(subscriber)).toEqual(['PRESENCE 3', 'UPDATES 4']);
  });

  it('that falls behind is told from where to open anew, and is let go', async () => {
    let ended = 0;
    const subscriber = new Subscriber(actor, 'p', () => ended++);
    subscriber.push(updates(1));
    await subscriber.next();
    for (let seq = 2; seq <= MAX_WAITING_EVENTS + 2; seq++) subscriber.push(updates(seq));
    const { value } = await subscriber.next();
    expect(value).toMatchObject({ kind: 'RESYNC', resyncFrom: 1 });
    expect((await subscriber.next()).done).toBe(true);
    expect(ended).toBe(1);
  });

  it('that leaves is let go once, even while it waits', async () => {
    let ended = 0;
    const subscriber = new Subscriber(actor, 'p', () => ended++);
    const waiting = subscriber.next();
    await subscriber.return();
    await subscriber.return();
    subscriber.push(updates(1));
    expect((await waiting).done).toBe(true);
    expect(ended).toBe(1);
  });
});

describe('pace', () => {
  it('allows a burst, then the rate', () => {
    const pace = new Pace(10, 5, 0);
    expect([1, 2, 3, 4, 5, 6].map(() => pace.take(0))).toEqual([true, true, true, true, true, false]);
    expect([pace.take(50), pace.take(150), pace.take(150)]).toEqual([false, true, false]);
    expect(pace.take(60_000)).toBe(true);
  });

  it('takes by amount, whole or not at all', () => {
    const pace = new Pace(1_000, 1_000, 0);
    expect([pace.take(0, 800), pace.take(0, 300), pace.take(0, 200), pace.take(300, 301), pace.take(300, 300)]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('gives nothing for a clock that goes backwards', () => {
    const pace = new Pace(10, 1, 1_000);
    expect([pace.take(1_000), pace.take(500), pace.take(600)]).toEqual([true, false, false]);
  });
});
