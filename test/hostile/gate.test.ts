import { addCause } from '@samsyn/schema';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Client } from '../harness/client.js';
import { act, planById, plansOf, writeWholePlan, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { Writer } from '../harness/writer.js';

/** Mutated updates in one run of the gate. A nightly run sets more. */
const MUTATIONS = Number(process.env['SAMSYN_MUTATIONS'] ?? 4_000);

/** An update of one struct, byte by byte, as an attacker would write it. */
function forge(client: number, clock: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number);
  write(encoder);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

/** Small, repeatable randomness: a failure can be run again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

describe('a client that means harm', () => {
  let server: TestServer;
  let chief: Client;
  let mallory: Client;
  let plan: PlanRow;
  let honest: Writer;
  let evil: Writer;
  const responsible = (writer: Writer): Y.Text =>
    ([...writer.doc.getMap('measures').values()][0] as Y.Map<unknown>).get('responsible') as Y.Text;
  const hashOf = async (): Promise<string> => (await planById(chief, plan.id)).content?.contentHash ?? '';

  beforeAll(async () => {
    server = await TestServer.start();
    chief = await server.as('kundvalet-1-verksamhetschef');
    mallory = await server.as('kundvalet-1-medarbetare');
    plan = (await plansOf(chief)).get('kv-1') as PlanRow;
    await act(chief, 'openPlan', { planId: plan.id });
    honest = await Writer.open(chief, plan.id);
    await honest.edit(writeWholePlan);
    evil = await Writer.open(mallory, plan.id);
    await evil.takeLease();
  });
  afterAll(async () => {
    await chief.close();
    await mallory.close();
    await server.stop();
  });

  /** The attack is refused with one of these codes, the text stands, and the honest tab goes on. */
  const refused = async (attack: () => Promise<{ __typename: string; code?: string }>, codes: readonly string[]): Promise<void> => {
    const before = await hashOf();
    const answer = await attack();
    expect(answer.__typename).toBe('Refusal');
    expect(codes).toContain(answer.code);
    evil.n -= 1;
    expect(await hashOf()).toBe(before);
    const edit = await honest.edit(() => responsible(honest).insert(0, 'x'));
    expect(edit.__typename).toBe('PushUpdatePayload');
    await evil.reach(edit.seq ?? 0);
  };

  it('can not write as somebody else (danger 1)', async () => {
    const asChief = new Y.Doc();
    Y.applyUpdate(asChief, Y.encodeStateAsUpdate(evil.doc));
    asChief.clientID = honest.lease as number;
    const vector = Y.encodeStateVector(asChief);
    addCause(asChief, { text: 'Skrivet av någon annan.' });
    await refused(() => evil.push(Y.encodeStateAsUpdate(asChief, vector)), ['WRONG_CLIENT']);
    await refused(
      () => evil.push(Y.encodeStateAsUpdate(asChief, vector), { lease: honest.lease as number, n: 9 }),
      ['NO_LEASE', 'WRONG_CLIENT', 'OUT_OF_ORDER'],
    );
  });

  it('can not poison a clock with a GC struct (danger 2), nor skip one', async () => {
    for (const [client, info] of [
      [honest.lease as number, 0],
      [evil.lease as number, 0],
      [evil.lease as number, 10],
    ] as const) {
      const bytes = forge(client, 0, (encoder) => {
        encoding.writeUint8(encoder, info);
        encoding.writeVarUint(encoder, 2 ** 40);
      });
      await refused(() => evil.push(bytes), ['WRONG_CLIENT', 'CONTENT_NOT_ALLOWED', 'MALFORMED', 'TOO_LARGE', 'CLOCK_GAP']);
    }
  });

  it('can not leave something pending for others to complete (danger 3)', async () => {
    const ahead = new Y.Doc();
    ahead.clientID = evil.lease as number;
    Y.applyUpdate(ahead, Y.encodeStateAsUpdate(evil.doc));
    addCause(ahead, { text: 'ett' });
    const vector = Y.encodeStateVector(ahead);
    addCause(ahead, { text: 'två' });
    await refused(() => evil.push(Y.encodeStateAsUpdate(ahead, vector)), ['CLOCK_GAP', 'PENDING']);
  });

  it('can not make the server allocate what was never sent (danger 4)', async () => {
    const counts = encoding.createEncoder();
    for (const number of [1, 2 ** 25, evil.lease as number, 0]) encoding.writeVarUint(counts, number);
    const before = process.memoryUsage().rss;
    await refused(() => evil.push(encoding.toUint8Array(counts)), ['MALFORMED', 'TOO_LARGE']);
    await refused(() => evil.push(new Uint8Array([255, 255, 255, 255, 15, 0, 0])), ['MALFORMED', 'TOO_LARGE', 'WRONG_CLIENT']);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('can not plant foreign roots, hostile keys or endless depth (danger 5)', async () => {
    const attacks: ((doc: Y.Doc) => void)[] = [
      (doc) => doc.getMap('admin').set('role', 'ADMINISTRATOR'),
      (doc) => doc.getMap('measures').set('__proto__', new Y.Map([['what', new Y.Text('x')]])),
      (doc) => doc.getMap('measures').set('a'.repeat(22), { nested: { value: 1 } }),
      (doc) => doc.getMap('meta').set('v', 99),
      (doc) => {
        const cause = [...doc.getMap('causes').values()][0] as Y.Map<unknown>;
        let parent = cause.get('text') as Y.XmlFragment;
        for (let depth = 0; depth < 400; depth++) {
          const child = new Y.XmlElement('listItem');
          parent.insert(0, [child]);
          parent = child;
        }
      },
      (doc) =>
        (([...doc.getMap('causes').values()][0] as Y.Map<unknown>).get('text') as Y.XmlFragment).insert(0, [new Y.XmlElement('script')]),
      (doc) => ([...doc.getMap('measures').values()][0] as Y.Map<unknown>).set('responsible', 'inte längre delad'),
      (doc) => ([...doc.getMap('measures').values()][0] as Y.Map<unknown>).set('doneBy', '2027-01-01T00:00:00Z<script>'),
    ];
    for (const attack of attacks) {
      // A lease that made the server work for nothing three times is closed: an attacker draws a new one.
      await evil.takeLease();
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(evil.doc));
      copy.clientID = evil.lease as number;
      const vector = Y.encodeStateVector(copy);
      copy.transact(() => attack(copy));
      await refused(() => evil.push(Y.encodeStateAsUpdate(copy, vector)), ['CONTENT_NOT_ALLOWED', 'PATH_NOT_WRITABLE', 'MALFORMED']);
    }
  });

  it('can not push another plan’s update, nor under a lease of another plan', async () => {
    const other = (await plansOf(chief)).get('kv-2') as PlanRow;
    await act(chief, 'openPlan', { planId: other.id });
    const there = await Writer.open(mallory, other.id);
    await there.takeLease();
    const update = there.record((doc) => addCause(doc, { text: 'fel plan' }));
    await refused(() => evil.push(update, { lease: there.lease as number, n: 1 }), ['NO_LEASE', 'WRONG_CLIENT']);
    await refused(() => evil.push(update), ['WRONG_CLIENT']);
  });

  it('can not write what the state has closed, whatever epoch it claims', async () => {
    const closed = (await plansOf(chief)).get('kv-2') as PlanRow;
    const tab = await Writer.open(chief, closed.id);
    await tab.edit(writeWholePlan);
    const { content } = await planById(chief, closed.id);
    await act(chief, 'submitPlan', { planId: closed.id, contentHash: content?.contentHash, manifestHash: content?.manifestHash });
    const late = tab.record((doc) => addCause(doc, { text: 'efter inlämning' }));
    for (const epoch of [tab.epoch - 1, tab.epoch, tab.epoch + 1, 0, 2 ** 30]) {
      const answer = await tab.push(late, { epoch });
      tab.n -= 1;
      expect(answer.__typename, `epoch ${epoch}`).toBe('Refusal');
    }
    expect((await planById(chief, closed.id)).content?.contentHash).toBe(content?.contentHash);
  });

  it(`can not break it with ${MUTATIONS} mutated updates; the plan beside it loses nothing`, async () => {
    const roll = dice(20_261_122);
    const fuzzer = await server.as('kundvalet-1-enhetschef');
    const tab = await Writer.open(fuzzer, plan.id);
    // A mutant may be a lawful edit of its author, anywhere in that plan: what must stand untouched is the plan beside it.
    const beside = (await plansOf(chief)).get('kv-3') as PlanRow;
    await act(chief, 'openPlan', { planId: beside.id });
    const neighbour = await Writer.open(chief, beside.id);
    await neighbour.edit(writeWholePlan);
    let lease = 0;
    let accepted = 0;
    let marks = 0;
    for (let round = 0; round < MUTATIONS; round++) {
      if (tab.lease === undefined || lease !== tab.lease) {
        await tab.takeLease().catch(() => undefined);
        lease = tab.lease ?? 0;
      }
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(tab.doc));
      copy.clientID = lease;
      const vector = Y.encodeStateVector(copy);
      if (roll(2) === 0) addCause(copy, { text: 'mutant' });
      else ([...copy.getMap('measures').values()][0] as Y.Map<Y.Text>).get('responsible')?.insert(0, 'm');
      const bytes = Y.encodeStateAsUpdate(copy, vector);
      for (let flips = 1 + roll(4); flips > 0; flips--) bytes[roll(bytes.length)] = roll(256);
      const answer = await tab.push(roll(5) === 0 ? bytes.slice(0, roll(bytes.length)) : bytes).catch(() => null);
      if (answer?.__typename === 'PushUpdatePayload') {
        accepted += 1;
        await tab.reach(answer.seq ?? 0);
      } else tab.n -= 1;
      if (answer?.code === 'NO_LEASE' || answer?.code === 'OUT_OF_ORDER') lease = 0;
      if (round % 200 === 0) {
        const edit = await neighbour.edit(() => responsible(neighbour).insert(0, `[${marks}]`));
        expect(edit.__typename).toBe('PushUpdatePayload');
        marks += 1;
      }
    }
    const text = (await planById(chief, beside.id)).content?.canonicalJson ?? '';
    for (let mark = 0; mark < marks; mark++) expect(text).toContain(`[${mark}]`);
    // Most mutants are nonsense; one that is still a lawful edit of its own author may pass.
    expect(accepted).toBeLessThan(MUTATIONS / 2);
    const fresh = await Writer.open(chief, plan.id);
    await honest.reach(fresh.seq);
    expect(responsible(fresh).toString()).toBe(responsible(honest).toString());
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  }, 300_000);

  it('reads nothing from bytes that it would have to trust', () => {
    // The forged bytes above are what they claim: guards the attacks themselves against becoming harmless.
    const decoder = decoding.createDecoder(forge(7, 0, (encoder) => encoding.writeUint8(encoder, 0)));
    expect([decoding.readVarUint(decoder), decoding.readVarUint(decoder), decoding.readVarUint(decoder)]).toEqual([1, 1, 7]);
  });
});
