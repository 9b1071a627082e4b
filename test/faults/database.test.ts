import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../harness/client.js';
import { testDatabase, type TestDatabase } from '../harness/database.js';
import { act, planById, plansOf, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { TcpProxy } from '../harness/tcpProxy.js';
import { agreed, amiss, pause, seedMeasure, Typist } from '../harness/typing.js';
import { Writer } from '../harness/writer.js';

const MARIADB = process.env['SAMSYN_TEST_DATABASE'] === 'mariadb';
const FAULT_MS = Number(process.env['SAMSYN_FAULT_MS'] ?? 3_000);
const RECOVERS_MS = 5_000;

describe.runIf(MARIADB)('the database is gone or silent for a while', () => {
  let database: TestDatabase;
  let wire: TcpProxy;
  let server: TestServer;
  let chief: Client;
  let plan: PlanRow;
  let hers: Writer;
  const text = async (): Promise<string> => (await planById(chief, plan.id)).content?.canonicalJson ?? '';

  beforeAll(async () => {
    database = await testDatabase('mariadb');
    wire = await TcpProxy.to(database.url);
    server = await TestServer.start({ env: { DATABASE_URL: wire.url(database.url), LOG_LEVEL: 'silent' } });
    chief = await server.as('kundvalet-1-verksamhetschef');
    plan = (await plansOf(chief)).get('kv-1') as PlanRow;
    await act(chief, 'openPlan', { planId: plan.id });
    hers = await Writer.open(chief, plan.id);
    await hers.takeLease();
    await seedMeasure(hers);
  });
  afterAll(async () => {
    await chief.close();
    await server.stop();
    await wire.close();
    await database.drop();
  });

  const through = async (name: string, fault: () => void, end: () => void, during: () => Promise<void>): Promise<void> => {
    const typist = new Typist(hers, name).start();
    await typist.more(10);
    fault();
    // What was answered by then may still be on its way to us.
    await pause(200);
    const before = typist.acknowledged.length;
    await during();
    await pause(FAULT_MS);
    expect(typist.acknowledged.length, 'acknowledged without a database').toBe(before);
    end();
    const ended = Date.now();
    await typist.more(10);
    expect(Date.now() - ended).toBeLessThan(RECOVERS_MS);
    await typist.stop();
    expect(typist.refusal).toBeUndefined();
    await agreed([hers], [chief], plan.id, 2_000);
    expect(amiss(typist.acknowledged, await text())).toEqual([]);
  };

  it('gone: nothing is acknowledged, it says that it is not ready, and goes on by itself', () =>
    through(
      'borta',
      () => wire.cut(),
      () => wire.mend(),
      async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(503),
    ));

  it('silent: nothing is acknowledged, and all goes on when it answers again', () =>
    through(
      'tyst',
      () => wire.pause(),
      () => wire.resume(),
      async () => expect((await fetch(`${server.url}/healthz`)).status).toBe(200),
    ));
});

describe.runIf(!MARIADB)(
  'the database server needs MariaDB; SQLite’s own fault is a full disk, in server/src/features/collaboration/diskFull.test.ts',
  () => {
    it('runs here without one', async () => {
      expect((await testDatabase()).url).toBe('');
    });
  },
);
