import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Client } from '../harness/client.js';
import { act, planById, plansOf, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { Writer } from '../harness/writer.js';

const IMPORT = `mutation($input: ImportCsvInput!) { importCsv(input: $input) { __typename ... on ImportReport { rows created updated unchanged applied errors { line column code message } } ... on Refusal { code message } } }`;
type Report = {
  importCsv: {
    __typename: string;
    code?: string;
    rows: number;
    created: number;
    unchanged: number;
    applied: boolean;
    errors: { line: number; column: string; code: string; message: string }[];
  };
};

describe('bad input gets a clear answer, and nothing is lost', () => {
  let server: TestServer;
  let chief: Client;
  let reviewer: Client;
  let plans: Map<string, PlanRow>;
  let huvudmanId: string;
  beforeAll(async () => {
    server = await TestServer.start();
    chief = await server.as('kundvalet-1-verksamhetschef');
    reviewer = await server.as('kson-avtalsansvarig');
    plans = await plansOf(chief);
    huvudmanId = (await reviewer.ask<{ myHuvudmen: { id: string }[] }>('{ myHuvudmen { id } }')).myHuvudmen[0]?.id ?? '';
  });
  afterAll(async () => {
    await chief.close();
    await reviewer.close();
    await server.stop();
  });

  it('wrong password and unknown e-mail answer alike', async () => {
    const nobody = new Client(server.url);
    const query = `mutation($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { __typename ... on Refusal { code message } } }`;
    const answers = [];
    for (const email of ['avtalsansvarig@kson.example', 'ingen@alls.example'])
      answers.push((await nobody.ask<{ signIn: unknown }>(query, { email, password: 'fel lösenord helt' })).signIn);
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ __typename: 'Refusal', code: 'WRONG_CREDENTIALS' });
  });

  it('a session that is unknown or ended is told to sign in', async () => {
    const stranger = new Client(server.url, `samsyn=${'x'.repeat(43)}`);
    expect(await stranger.denied('{ plans { totalCount } }')).toBe('UNAUTHENTICATED');
    const gone = await server.as('kson-uppfoljare');
    const cookie = gone.cookie;
    await gone.ask('mutation { signOut }');
    expect(await new Client(server.url, cookie).denied('{ plans { totalCount } }')).toBe('UNAUTHENTICATED');
  });

  it('an unknown id and somebody else’s plan answer alike (I7)', async () => {
    const other = await server.as('exempel-avtalsansvarig');
    const mine = plans.get('kv-1')?.id ?? '';
    for (const id of [mine, '0'.repeat(32), "' OR 1=1 --"]) {
      const answer = await other.try('query($id: ID!) { plan(id: $id) { id } }', { id });
      expect(answer.errors?.[0]?.extensions.code, JSON.stringify(answer)).toBe('NOT_FOUND');
      expect(answer.errors?.[0]?.message).toBe((await other.try('query { plan(id: "nothing") { id } }')).errors?.[0]?.message);
    }
  });

  it('a submission with parts missing names each, with its place', async () => {
    const plan = plans.get('kv-2') as PlanRow;
    await act(chief, 'openPlan', { planId: plan.id });
    const { content } = await planById(chief, plan.id);
    const refused = await act(chief, 'submitPlan', {
      planId: plan.id,
      contentHash: content?.contentHash,
      manifestHash: content?.manifestHash,
    });
    expect(refused).toMatchObject({ __typename: 'Refusal', code: 'PARTS_MISSING' });
    expect(refused.faults?.length).toBeGreaterThan(0);
    expect((await planById(chief, plan.id)).state).toBe('DRAFT');
  });

  it('an act that the state does not allow is refused, not done', async () => {
    const plan = plans.get('kv-2') as PlanRow;
    expect(await act(chief, 'openPlan', { planId: plan.id })).toMatchObject({ __typename: 'Refusal', code: 'WRONG_STATE' });
  });

  it('a CSV at fault applies nothing and names line and column', async () => {
    const csv =
      'contract_area;key;kind;law;focus_area;krav;observation;plan_in_source;plan_source\nfinns-inte;x-1;brist;SoL;medarbetare;Krav;Iakttagelse;begärd;stated\nsabo;x-2;felslag;SoL;medarbetare;Krav;Iakttagelse;begärd;stated\n';
    const before = await reviewer.ask<{ plans: { totalCount: number } }>('{ plans { totalCount } }');
    const { importCsv } = await reviewer.ask<Report>(IMPORT, {
      input: { huvudmanId, year: 2022, kind: 'FINDINGS', csv, fileName: 'brister.csv', dryRun: false },
    });
    expect(importCsv.applied).toBe(false);
    expect(importCsv.errors.map(({ line, column }) => [line, column])).toEqual([
      [2, 'contract_area'],
      [3, 'kind'],
    ]);
    expect(await reviewer.ask('{ plans { totalCount } }')).toEqual(before);
  });

  it('text that is no table, and a table without its columns, say so', async () => {
    for (const csv of ['', '"oavslutad', 'a,b\n1,2\n']) {
      const { importCsv } = await reviewer.ask<Report>(IMPORT, {
        input: { huvudmanId, year: 2022, kind: 'CONTRACT_AREAS', csv, fileName: 'x.csv', dryRun: true },
      });
      expect(importCsv.__typename === 'Refusal' ? 1 : importCsv.errors.length).toBeGreaterThan(0);
    }
  });

  it('a socket without a session is closed with 4401', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { origin: server.url },
    });
    const code = await new Promise<number>((resolve) => {
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
      socket.on('close', resolve);
    });
    expect(code).toBe(4401);
  });

  it('a socket and a post from a foreign page are refused', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { origin: 'https://evil.example', cookie: chief.cookie },
    });
    const status = await new Promise<number>((resolve) =>
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0)).on('error', () => undefined),
    );
    expect(status).toBe(403);
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { ...chief.headers, origin: 'https://evil.example' },
      body: '{"query":"{ me { id } }"}',
    });
    expect(response.status).toBe(403);
  });

  it('a 5 MB update is refused without harm to those beside it', async () => {
    const plan = plans.get('kv-2') as PlanRow;
    const honest = await Writer.open(chief, plan.id);
    const greedy = await server.as('kundvalet-1-verksamhetschef');
    const huge = Buffer.alloc(5 * 1024 * 1024, 7).toString('base64');
    const post = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: greedy.headers,
      body: JSON.stringify({
        query: `mutation($u: Bytes!) { pushUpdate(input: { documentId: "${plan.id}", epoch: 0, lease: 1, n: 1, update: $u }) { __typename } }`,
        variables: { u: huge },
      }),
    });
    expect(post.status).toBe(413);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { origin: server.url, cookie: greedy.cookie },
    });
    const code = await new Promise<number>((resolve) => {
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { huge } })));
      socket.on('close', resolve);
      socket.on('error', () => undefined);
    });
    expect(code).toBe(1009);
    expect((await honest.edit((doc) => doc.getMap('causes').size)).__typename).toBeDefined();
  });
});
