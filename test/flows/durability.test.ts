import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import type { Client } from '../harness/client.js';
import { act, planById, plansOf, writeWholePlan } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { Writer } from '../harness/writer.js';

/** A nightly run sets 200. */
const ROUNDS = Number(process.env['SAMSYN_KILL_ROUNDS'] ?? 10);

describe('I1: what was acknowledged survives kill -9', () => {
  let server: TestServer;
  let chief: Client;
  beforeAll(async () => {
    server = await TestServer.start();
    chief = await server.as('kundvalet-1-verksamhetschef');
  });
  afterAll(async () => {
    await chief.close();
    await server.stop();
  });

  it(
    `keeps every acknowledged character over ${ROUNDS} kills in the middle of typing`,
    async () => {
      const plan = (await plansOf(chief)).get('kv-1');
      await act(chief, 'openPlan', { planId: plan?.id });
      const first = await Writer.open(chief, plan?.id as string);
      await first.edit(writeWholePlan);
      first.events.stop();
      const acknowledged: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const typist = await server.as('kundvalet-1-verksamhetschef');
        const tab = await Writer.open(typist, plan?.id as string);
        let typing = true;
        const type = async (): Promise<void> => {
          for (let key = 0; typing; key++) {
            const mark = `<${round}.${key}>`;
            const pushed = await tab.edit((doc) => {
              const measure = [...doc.getMap('measures').values()][0] as Y.Map<unknown>;
              (measure.get('responsible') as Y.Text).insert(0, mark);
            });
            if (pushed.__typename === 'PushUpdatePayload') acknowledged.push(mark);
          }
        };
        const typed = type().catch(() => undefined);
        const enough = acknowledged.length + 20;
        while (acknowledged.length < enough) await new Promise((resolve) => setImmediate(resolve));
        await server.kill();
        typing = false;
        await server.launch();
        // The push that the kill cut off is answered or fails now that there is a server again.
        await typist.close();
        await typed;
        const text = (await planById(chief, plan?.id as string)).content?.canonicalJson ?? '';
        expect(acknowledged.filter((mark) => !text.includes(mark))).toEqual([]);
      }
      expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS * 20);
    },
    30_000 + ROUNDS * 5_000,
  );
});
