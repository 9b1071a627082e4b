import { addCause } from '@samsyn/schema';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Client } from '../harness/client.js';
import { act, planById, plansOf, writeWholePlan, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { Writer } from '../harness/writer.js';

const FLOOD = 150;

describe('sockets that mean harm', () => {
  let server: TestServer;
  let chief: Client;
  let honest: Writer;
  let planId: string;
  beforeAll(async () => {
    server = await TestServer.start();
    chief = await server.as('kundvalet-1-verksamhetschef');
    const plan = (await plansOf(chief)).get('kv-1') as PlanRow;
    planId = plan.id;
    await act(chief, 'openPlan', { planId });
    honest = await Writer.open(chief, planId);
    await honest.edit(writeWholePlan);
  });
  afterAll(async () => {
    await chief.close();
    await server.stop();
  });

  const open = (headers: Record<string, string> = {}): WebSocket => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { origin: server.url, ...headers },
    });
    socket.on('error', () => undefined);
    return socket;
  };
  const closeCode = async (socket: WebSocket): Promise<number> => ((await once(socket, 'close')) as [number])[0];
  const goesOn = async (): Promise<void> => {
    expect((await honest.edit((doc) => addCause(doc, { text: 'Vidare.' }))).__typename).toBe('PushUpdatePayload');
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  };

  it('frames before the session close the socket', async () => {
    for (const frame of [
      JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ me { id } }' } }),
      'ingen json',
      '{"type":"connection_ack"}',
    ]) {
      const socket = open({ cookie: chief.cookie });
      await once(socket, 'open');
      socket.send(frame);
      expect([4400, 4401, 4500]).toContain(await closeCode(socket));
    }
    await goesOn();
  });

  it('an oversize frame closes its own socket only', async () => {
    const socket = open({ cookie: chief.cookie });
    await once(socket, 'open');
    socket.send('x'.repeat(3 * 1024 * 1024));
    expect(await closeCode(socket)).toBe(1009);
    await goesOn();
  });

  it('a socket that says nothing is closed in time', async () => {
    const socket = open();
    await once(socket, 'open');
    expect(await closeCode(socket)).toBe(4408);
  });

  it(`a flood of ${FLOOD} connects without a session leaves the server answering`, async () => {
    const codes = await Promise.all(
      Array.from({ length: FLOOD }, async () => {
        const socket = open();
        socket.on('open', () => socket.send('{"type":"connection_init"}'));
        return closeCode(socket);
      }),
    );
    expect(new Set(codes)).toEqual(new Set([4401]));
    await goesOn();
  });

  it('a session that ends takes its sockets along at once', async () => {
    const leaver = await server.as('kundvalet-1-medarbetare');
    const socket = open({ cookie: leaver.cookie });
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    const closed = closeCode(socket);
    await leaver.ask('mutation { signOut }');
    expect(await closed).toBe(4401);
  });

  it('a socket that ignores the end of its session writes nothing more (I3)', async () => {
    const leaver = await server.as('kundvalet-1-medarbetare');
    const tab = await Writer.open(leaver, planId);
    await tab.takeLease();
    const update = Buffer.from(tab.record((doc) => addCause(doc, { text: 'Skrivet efter utloggning.' }))).toString('base64');
    const socket = open({ cookie: leaver.cookie });
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    // A client of ill will leaves the closing frame unanswered, and goes on.
    (socket as unknown as { _receiver: { removeAllListeners(name: string): void } })._receiver.removeAllListeners('conclude');
    await leaver.ask('mutation { signOut }');
    const input = `{ documentId: "${planId}", epoch: ${tab.epoch}, lease: ${tab.lease}, n: 1, update: "${update}" }`;
    socket.send(
      JSON.stringify({ id: '1', type: 'subscribe', payload: { query: `mutation { pushUpdate(input: ${input}) { __typename } }` } }),
    );
    await closeCode(socket);
    await goesOn();
    expect((await planById(chief, planId)).content?.canonicalJson).not.toContain('Skrivet efter utloggning.');
    await leaver.close();
  });

  it('upgrades that are refused and reset do not end the process', async () => {
    for (let i = 0; i < 200; i++) {
      const raw = connect(Number(new URL(server.url).port), '127.0.0.1');
      raw.on('error', () => undefined);
      raw.write('GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', () => raw.resetAndDestroy());
      await once(raw, 'close');
    }
    await goesOn();
  });

  it('a query of great depth or width is refused before it runs', async () => {
    const wide = `{ ${Array.from({ length: 2_000 }, (_, i) => `a${i}: me { id }`).join(' ')} }`;
    expect(await chief.denied(wide)).toBe('GRAPHQL_PARSE_FAILED');
    const loop = '{ demands { plans { demand { plans { demand { plans { id } } } } } } }';
    expect(await chief.denied(loop)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await chief.overSocket(loop).catch((errors: unknown) => ({ errors }))).errors).toBeTruthy();
  });
});
