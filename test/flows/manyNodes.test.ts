import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../harness/client.js';
import { act, planById, plansOf, writeWholePlan, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { TcpProxy } from '../harness/tcpProxy.js';
import { agreed, amiss, pause, seedMeasure, sharedField, Typist } from '../harness/typing.js';
import { Writer, type DocumentEvent } from '../harness/writer.js';

const REDIS = process.env['SAMSYN_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';
const MARIADB = process.env['SAMSYN_TEST_DATABASE'] === 'mariadb';
/** After a fault's end everybody agrees within this. */
const AGREE_MS = 2_000;
const STOPPED_MS = Number(process.env['SAMSYN_STOPPED_MS'] ?? 4_000);

const CHIEF = 'kundvalet-1-verksamhetschef';
const WORKER = 'kundvalet-1-medarbetare';
const SET_PRESENCE = `mutation($id: ID!, $path: String) { setPresence(input: { documentId: $id, path: $path }) }`;
const isAccess =
  (reason: string) =>
  ({ documentEvents }: { documentEvents: DocumentEvent }): boolean =>
    documentEvents.kind === 'ACCESS' && documentEvents.reason === reason;

/** Opens a demo plan that nobody has written in. */
async function openedPlan(chief: Client, key: string): Promise<PlanRow> {
  const plan = (await plansOf(chief)).get(key) as PlanRow;
  await act(chief, 'openPlan', { planId: plan.id });
  return plan;
}

async function tab(client: Client, plan: PlanRow): Promise<Writer> {
  const writer = await Writer.open(client, plan.id);
  await writer.takeLease();
  return writer;
}

describe.runIf(MARIADB)('several nodes on one database', () => {
  let wire: TcpProxy;
  let one: TestServer;
  let two: TestServer;
  /** Hears nothing of the others: no Redis. */
  let deaf: TestServer;
  let chief: Client;
  let worker: Client;
  let listener: Client;
  let plan: PlanRow;
  let hers: Writer;
  let theirs: Writer;
  const clients: Client[] = [];
  const as = async (server: TestServer, key: string): Promise<Client> => {
    const client = await server.as(key);
    clients.push(client);
    return client;
  };
  const text = async (): Promise<string> => (await planById(chief, plan.id)).content?.canonicalJson ?? '';
  const everybodyAgrees = (): Promise<string> => agreed([hers, theirs], [chief, worker], plan.id, AGREE_MS);

  beforeAll(async () => {
    wire = await TcpProxy.to(REDIS);
    one = await TestServer.start({ env: { REDIS_URL: wire.url(REDIS) } });
    two = await TestServer.start({ beside: one, env: { REDIS_URL: REDIS } });
    deaf = await TestServer.start({ beside: one });
    chief = await as(one, CHIEF);
    listener = await as(deaf, WORKER);
    worker = await as(two, WORKER);
    plan = await openedPlan(chief, 'kv-1');
    hers = await tab(chief, plan);
    await seedMeasure(hers);
    theirs = await tab(worker, plan);
  });
  afterAll(async () => {
    for (const client of clients) await client.close();
    await deaf.stop();
    await two.stop();
    await one.stop();
    await wire.close();
  });

  it('edits and presence cross', async () => {
    const [a, b] = [new Typist(hers, 'a').start(), new Typist(theirs, 'b').start()];
    await Promise.all([a.more(40), b.more(40)]);
    await Promise.all([a.stop(), b.stop()]);
    await everybodyAgrees();
    expect(amiss([...a.acknowledged, ...b.acknowledged], await text())).toEqual([]);
    const measure = [...hers.doc.getMap('measures').keys()][0] as string;
    await worker.overSocket(SET_PRESENCE, { id: plan.id, path: `measures/${measure}/how` });
    const { documentEvents } = await hers.events.until(
      ({ documentEvents: event }) =>
        event.kind === 'PRESENCE' && event.presence?.some(({ path }) => path === `measures/${measure}/how`) === true,
    );
    expect(documentEvents.presence).toHaveLength(2);
  });

  it('a change of state reaches every node, also one that hears nothing', async () => {
    const locked = await openedPlan(chief, 'kv-3');
    const [here, there, unheard] = await Promise.all([tab(chief, locked), tab(worker, locked), tab(listener, locked)]);
    await here.edit(writeWholePlan);
    await act(chief, 'sharePlan', { planId: locked.id });
    await there.events.until(isAccess('SHARED'));
    const { content } = await planById(chief, locked.id);
    const pinned = { planId: locked.id, contentHash: content?.contentHash, manifestHash: content?.manifestHash };
    const submitted = Date.now();
    expect((await act(chief, 'submitPlan', pinned)).revision?.number).toBe(1);
    const told = await Promise.all([there.events.until(isAccess('SUBMITTED')), unheard.events.until(isAccess('RIGHTS_CHANGED'))]);
    expect(Date.now() - submitted).toBeLessThan(AGREE_MS);
    expect(told.map(({ documentEvents }) => documentEvents.writable)).toEqual([[], []]);
    for (const writer of [there, unheard]) {
      expect((await writer.edit(() => sharedField(writer).insert(0, 'för sent'))).__typename).toBe('Refusal');
    }
    const reviewer = await as(two, 'kson-avtalsansvarig');
    const grounds = { track: locked.tracks[0]?.track, revision: 1, grounds: 'Ange vem som gör stickprovet.' };
    expect((await act(reviewer, 'returnPlan', { ...pinned, ...grounds })).plan?.state).toBe('RETURNED');
    const { documentEvents } = await here.events.until(isAccess('RETURNED'));
    expect(documentEvents.writable).not.toEqual([]);
    for (const writer of [here, there, unheard]) writer.events.stop();
  });

  it('a session that ends takes its sockets along on every node', async () => {
    const leaver = await as(one, WORKER);
    const leaverThere = new Client(two.url, leaver.cookie);
    const closed = new Promise<unknown>((resolve) => leaverThere.socket.on('closed', (event) => resolve((event as { code: number }).code)));
    leaverThere.subscribe('subscription { plansChanged { planId } }');
    await leaverThere.overSocket('{ me { id } }');
    await leaver.ask('mutation { signOut }');
    expect(await closed).toBe(4401);
    await leaverThere.close().catch(() => undefined);
  });

  it('Redis gone for a while: lost messages are found in the log', async () => {
    const [a, b] = [new Typist(hers, 'ra').start(), new Typist(theirs, 'rb').start()];
    await a.more(5);
    wire.cut();
    await Promise.all([a.more(20), b.more(20)]);
    await Promise.all([a.stop(), b.stop()]);
    await everybodyAgrees();
    wire.mend();
    expect(amiss([...a.acknowledged, ...b.acknowledged], await text())).toEqual([]);
  });

  it('a node that hears nothing at all finds edits by looking', async () => {
    const there = await tab(listener, plan);
    const a = new Typist(hers, 'deaf').start();
    await a.more(20);
    await a.stop();
    await agreed([hers, theirs, there], [chief, listener], plan.id, AGREE_MS);
    const edit = await there.edit(() => sharedField(there).insert(0, '<från-den-döva>'));
    expect(edit.__typename).toBe('PushUpdatePayload');
    await agreed([hers, theirs, there], [chief, listener], plan.id, AGREE_MS);
    there.events.stop();
  });

  it('a node killed in the middle of typing: nothing lost, nothing twice', async () => {
    const [a, b] = [new Typist(hers, 'ka').start(), new Typist(theirs, 'kb').start()];
    await Promise.all([a.more(20), b.more(20)]);
    await two.kill();
    const before = a.acknowledged.length;
    await a.more(10);
    expect(a.acknowledged.length).toBeGreaterThanOrEqual(before + 10);
    await two.launch();
    await b.more(5);
    await Promise.all([a.stop(), b.stop()]);
    await everybodyAgrees();
    expect(amiss([...a.acknowledged, ...b.acknowledged], await text())).toEqual([]);
  });

  it(`a node stopped for ${STOPPED_MS} ms and continued: the others go on, and then all agree`, async () => {
    const [a, b] = [new Typist(hers, 'sa').start(), new Typist(theirs, 'sb').start()];
    await Promise.all([a.more(10), b.more(10)]);
    two.suspend();
    await pause(STOPPED_MS);
    // Should it hold the document's lock, the database takes that back.
    await a.more(5);
    two.resume();
    const continued = Date.now();
    await b.more(1);
    await Promise.all([a.stop(), b.stop()]);
    await everybodyAgrees();
    expect(Date.now() - continued).toBeLessThan(2 * AGREE_MS);
    expect(amiss([...a.acknowledged, ...b.acknowledged], await text())).toEqual([]);
  });
});

describe.runIf(!MARIADB)('several nodes need MariaDB; on SQLite there is one', () => {
  it('works without Redis: tabs agree, and everything acknowledged stands once', async () => {
    const server = await TestServer.start();
    const [chief, worker] = [await server.as(CHIEF), await server.as(WORKER)];
    try {
      const plan = await openedPlan(chief, 'kv-1');
      const hers = await tab(chief, plan);
      await seedMeasure(hers);
      const theirs = await tab(worker, plan);
      const typists = [new Typist(hers, 'a').start(), new Typist(theirs, 'b').start()];
      await Promise.all(typists.map((typist) => typist.more(40)));
      await Promise.all(typists.map((typist) => typist.stop()));
      await agreed([hers, theirs], [chief, worker], plan.id, AGREE_MS);
      const text = (await planById(chief, plan.id)).content?.canonicalJson ?? '';
      expect(
        amiss(
          typists.flatMap(({ acknowledged }) => acknowledged),
          text,
        ),
      ).toEqual([]);
    } finally {
      await chief.close();
      await worker.close();
      await server.stop();
    }
  });
});
