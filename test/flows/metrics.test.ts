import { addMeasure } from '@samsyn/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../harness/client.js';
import { act, plansOf, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { Writer } from '../harness/writer.js';

const READERS = 12;

describe('metrics', () => {
  let server: TestServer;
  const clients: Client[] = [];
  beforeAll(async () => {
    server = await TestServer.start({ env: { METRICS_TOKEN: 'provets-nyckel' } });
  });
  afterAll(async () => {
    for (const client of clients) await client.close();
    await server.stop();
  });

  const read = async (): Promise<Map<string, number>> => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
  };

  it('counts what the engine does, and one event is serialised once for all its readers', async () => {
    const chief = await server.as('kundvalet-1-verksamhetschef');
    clients.push(chief);
    const plan = (await plansOf(chief)).get('kv-1') as PlanRow;
    await act(chief, 'openPlan', { planId: plan.id });
    const readers = await Promise.all(Array.from({ length: READERS }, () => Writer.open(chief, plan.id)));
    const writer = readers[0] as Writer;
    await writer.takeLease();
    // The list of who is here comes a moment after the last has come; it is an event of its own.
    await Promise.all(readers.map((reader) => reader.events.until(({ documentEvents }) => documentEvents.kind === 'PRESENCE')));
    const before = await read();
    const edit = await writer.edit((doc) => addMeasure(doc, { what: 'Räknas' }));
    await Promise.all(readers.map((reader) => reader.reach(edit.seq ?? 0)));
    const refused = await writer.edit((doc) => doc.getMap('admin').set('role', 'x'));
    expect(refused.__typename).toBe('Refusal');
    const after = await read();
    const grew = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(after.get('samsyn_open_documents')).toBe(1);
    expect(after.get('samsyn_subscribers')).toBe(READERS);
    expect(after.get('samsyn_waiting_pushes')).toBe(0);
    expect(grew('samsyn_updates_total')).toBe(1);
    expect(grew(`samsyn_refusals_total{code="${refused.code}"}`)).toBe(1);
    expect(grew('samsyn_commit_seconds_count')).toBe(1);
    expect(grew('samsyn_event_deliveries_total')).toBe(READERS);
    expect(grew('samsyn_event_serialisations_total')).toBe(1);
  });

  it('is not for everybody', async () => {
    const status = async (headers: Record<string, string>): Promise<number> => (await fetch(`${server.url}/metrics`, { headers })).status;
    expect(await status({ 'x-forwarded-for': '203.0.113.9' })).toBe(404);
    expect(await status({ authorization: 'Bearer fel' })).toBe(404);
    expect(await status({ authorization: 'Bearer provets-nyckel', 'x-forwarded-for': '203.0.113.9' })).toBe(200);
  });
});
