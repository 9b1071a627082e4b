import { addMeasure } from '@samsyn/schema';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../harness/client.js';
import { act, plansOf, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { agreed, pause } from '../harness/typing.js';
import { Writer, type DocumentEvent } from '../harness/writer.js';

const EVENTS = `subscription($id: ID!) { documentEvents(documentId: $id) { kind seq epoch canRead writable reason updates { seq update } checkpoint { seq update } } }`;
const LEASE = `mutation($id: ID!) { takeLease(input: { documentId: $id }) { ... on Lease { clientId epoch } } }`;
const PUSH = `mutation($id: ID!, $epoch: Int!, $lease: Float!, $n: Int!, $update: Bytes!) {
  pushUpdate(input: { documentId: $id, epoch: $epoch, lease: $lease, n: $n, update: $update }) { __typename ... on PushUpdatePayload { seq } ... on Refusal { code } } }`;

interface Result {
  readonly data?: { documentEvents: DocumentEvent } | null;
  readonly errors?: readonly { extensions: { code: string } }[];
}

/** One subscription as Server-Sent Events over HTTP/1.1, read by hand: what comes is what is on the wire. */
class Stream {
  readonly results: Result[] = [];
  readonly opened: Promise<number>;
  completed = false;
  private readonly call: ReturnType<typeof request>;

  constructor(url: string, headers: Record<string, string>, query: string, variables: Record<string, unknown>) {
    const accept = 'text/event-stream';
    this.call = request(`${url}/graphql/stream`, { method: 'POST', headers: { ...headers, accept } });
    this.opened = new Promise((resolve, reject) => {
      this.call.on('error', reject);
      this.call.on('response', (response) => {
        expect(response.httpVersion).toBe('1.1');
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString('utf8');
          const blocks = text.split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) this.take(block);
        });
        response.on('error', () => undefined);
        resolve(response.statusCode ?? 0);
      });
    });
    this.call.end(JSON.stringify({ query, variables }));
  }

  async until(condition: (result: Result) => boolean): Promise<Result> {
    for (let waited = 0; waited < 10_000; waited += 10) {
      const found = this.results.find(condition);
      if (found) return found;
      await pause(10);
    }
    throw new Error(`nothing like it: ${JSON.stringify(this.results.slice(-3))}`);
  }

  close(): void {
    this.call.destroy();
  }

  private take(block: string): void {
    const [event, data] = ['event: ', 'data: '].map((name) =>
      block
        .split('\n')
        .find((line) => line.startsWith(name))
        ?.slice(name.length),
    );
    if (event === 'next') this.results.push(JSON.parse(data ?? '') as Result);
    if (event === 'complete') this.completed = true;
  }
}

describe('without WebSockets: the same operations over HTTP', () => {
  let server: TestServer;
  let chief: Client;
  let worker: Client;
  let plan: PlanRow;
  const streams: Stream[] = [];
  const open = (headers: Record<string, string>, query = EVENTS, variables: Record<string, unknown> = { id: plan.id }): Stream => {
    const stream = new Stream(server.url, headers, query, variables);
    streams.push(stream);
    return stream;
  };
  const kind =
    (name: DocumentEvent['kind']) =>
    ({ data }: Result): boolean =>
      data?.documentEvents.kind === name;
  const denial = ({ errors }: Result): boolean => errors !== undefined;

  beforeAll(async () => {
    server = await TestServer.start();
    chief = await server.as('kundvalet-1-verksamhetschef');
    worker = await server.as('kundvalet-1-medarbetare');
    plan = (await plansOf(chief)).get('kv-1') as PlanRow;
    await act(chief, 'openPlan', { planId: plan.id });
  });
  afterAll(async () => {
    for (const stream of streams) stream.close();
    await chief.close();
    await worker.close();
    await server.stop();
  });

  it('one writes over HTTP and the other over a socket, and both have the same', async () => {
    const stream = open(chief.headers);
    expect(await stream.opened).toBe(200);
    const { data } = await stream.until(kind('OPENED'));
    const there = await Writer.open(worker, plan.id);
    expect((await there.edit((doc) => addMeasure(doc, { what: 'Över socket' }))).__typename).toBe('PushUpdatePayload');
    const seq = (data?.documentEvents.seq ?? 0) + 1;
    const { data: heard } = await stream.until((result) => result.data?.documentEvents.updates.some((row) => row.seq === seq) === true);
    expect(heard?.documentEvents.kind).toBe('UPDATES');

    const { takeLease } = await chief.ask<{ takeLease: { clientId: number; epoch: number } }>(LEASE, { id: plan.id });
    const copy = new Writer(chief, plan.id);
    await copy.reach(seq);
    copy.doc.clientID = takeLease.clientId;
    const update = Buffer.from(copy.record((doc) => addMeasure(doc, { what: 'Över HTTP' }))).toString('base64');
    const push = { id: plan.id, epoch: takeLease.epoch, lease: takeLease.clientId, n: 1, update };
    const { pushUpdate } = await chief.ask<{ pushUpdate: { seq: number } }>(PUSH, push);
    expect(pushUpdate.seq).toBe(seq + 1);
    await there.reach(seq + 1);
    await copy.reach(seq + 1);
    await agreed([there, copy], [chief, worker], plan.id, 2_000);
    await stream.until((result) => result.data?.documentEvents.updates.some((row) => row.seq === seq + 1) === true);
    // The same gate, whichever road.
    const forged = await chief.ask<{ pushUpdate: { code: string } }>(PUSH, { ...push, lease: there.lease, n: 9 });
    expect(forged.pushUpdate.code).toBe('WRONG_CLIENT');
  });

  it('asks for the same session and the same Origin', async () => {
    expect(await open({ ...chief.headers, origin: 'https://annan.example' }).opened).toBe(403);
    const { origin: _origin, ...without } = chief.headers;
    expect(await open(without).opened).toBe(403);
    const { cookie: _cookie, ...nobody } = chief.headers;
    expect((await open(nobody).until(denial)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const stranger = await server.as('sabo-1-verksamhetschef');
    expect((await open(stranger.headers).until(denial)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('takes subscriptions only, and says what it can not read', async () => {
    const mutation = open(chief.headers, 'mutation { signOut }', {});
    expect((await mutation.until(denial)).errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    expect((await open(chief.headers, 'subscription { nothing }', {}).until(denial)).errors).toHaveLength(1);
    const answer = await fetch(`${server.url}/graphql/stream`, { headers: { ...chief.headers, accept: 'text/event-stream' } });
    expect(answer.status).toBe(405);
    expect((await chief.ask<{ me: object | null }>('{ me { id } }')).me).not.toBeNull();
  });

  it('holds only so many streams of one session', async () => {
    const many = Array.from({ length: 30 }, () => open(worker.headers));
    await Promise.all(many.map((stream) => stream.until(() => true)));
    const refused = many.filter(({ results }) => results[0]?.errors?.[0]?.extensions.code === 'RATE_LIMITED');
    expect(refused).toHaveLength(6);
    for (const stream of many) stream.close();
    for (let tries = 0; ; tries++) {
      const again = open(worker.headers);
      const first = await again.until(() => true);
      if (kind('OPENED')(first)) break;
      expect(tries).toBeLessThan(100);
      await pause(20);
    }
  });

  it('ends with the session', async () => {
    const leaver = await server.as('kundvalet-1-medarbetare');
    const stream = open(leaver.headers);
    await stream.until(kind('OPENED'));
    await leaver.ask('mutation { signOut }');
    expect((await stream.until(denial)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    while (!stream.completed) await pause(10);
  });
});
