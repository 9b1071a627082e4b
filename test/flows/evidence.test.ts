import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDocx, aPdf, aPng } from '../builders/files.js';
import type { Client } from '../harness/client.js';
import { approvedPlan, measureOf, submittedPlan, upload } from '../harness/life.js';
import { planById, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';

const MAX_FILE_BYTES = 60_000;
const bytesOf = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);
const REMOVE = `mutation($id: ID!) { removeEvidence(input: { evidenceId: $id }) { __typename ... on RemoveEvidencePayload { evidence { removedAt } } ... on Refusal { code } } }`;

describe('evidence', () => {
  let server: TestServer;
  let chief: Client;
  let reviewer: Client;
  let plan: PlanRow;
  let place: { planId: string; measureId: string };

  beforeAll(async () => {
    server = await TestServer.start({ env: { MAX_FILE_BYTES: String(MAX_FILE_BYTES) } });
    chief = await server.as('kundvalet-1-verksamhetschef');
    reviewer = await server.as('kson-avtalsansvarig');
    plan = await approvedPlan(chief, reviewer, 'kv-3');
    place = { planId: plan.id, measureId: measureOf(plan) };
  });
  afterAll(async () => {
    await chief.close();
    await reviewer.close();
    await server.stop();
  });

  const get = (client: Client, id: string): Promise<Response> => fetch(`${server.url}/files/${id}`, { headers: { cookie: client.cookie } });

  it('is handed in, and read by both sides as an attachment that no browser runs', async () => {
    const pdf = aPdf();
    const before = (await planById(reviewer, plan.id)).content?.manifestHash;
    const { status, body } = await upload(chief, place, 'Rutin åäö (1).pdf', bytesOf(pdf));
    expect(status).toBe(201);
    expect(body).toMatchObject({ sha256: createHash('sha256').update(pdf).digest('hex'), href: `/files/${body.id}` });
    expect((await planById(reviewer, plan.id)).content?.manifestHash).not.toBe(before);
    for (const client of [chief, reviewer]) {
      const answer = await get(client, body.id ?? '');
      expect(answer.status).toBe(200);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf);
      expect(answer.headers.get('content-disposition')).toMatch(
        /^attachment; filename="Rutin a_.*; filename\*=UTF-8''Rutin%20%C3%A5%C3%A4%C3%B6%20%281%29\.pdf$/,
      );
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  it('takes every kind once, and says in Swedish why not', async () => {
    const said = async (name: string, bytes: Buffer): Promise<[number, string | undefined]> => {
      const { status, body } = await upload(chief, place, name, bytesOf(bytes));
      if (status !== 201) expect(body.message).toMatch(/^[A-ZÅÄÖ].*\.$/);
      return [status, body.code];
    };
    expect(await said('intyg.docx', aDocx())).toEqual([201, undefined]);
    expect(await said('intyg igen.docx', aDocx())).toEqual([409, 'FILE_EXISTS']);
    expect(await said('bild.pdf', aPng())).toEqual([422, 'FILE_DISGUISED']);
    expect(await said('halv.pdf', aPdf().subarray(0, 20))).toEqual([422, 'FILE_BROKEN']);
    expect(await said('stor.txt', Buffer.alloc(MAX_FILE_BYTES + 1, 'a'))).toEqual([413, 'FILE_TOO_LARGE']);
    expect(await said('mycket stor.txt', Buffer.alloc(MAX_FILE_BYTES * 3, 'a'))).toEqual([413, 'FILE_TOO_LARGE']);
    expect(await said('program.exe', Buffer.from('MZ'))).toEqual([422, 'FILE_KIND']);
    expect(readdirSync(join(server.dataDir, 'files', 'incoming'))).toEqual([]);
  });

  it('only from our own pages, by who may, while the measure is open for reporting', async () => {
    const codes = async (client: Client, where = place, headers: Record<string, string> = {}): Promise<unknown> => {
      const { status, body } = await upload(client, where, 'a.pdf', bytesOf(aPdf('annan')), headers);
      return [status, body.code ?? (body as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code];
    };
    const other = await server.as('exempel-avtalsansvarig');
    expect(await codes(chief, place, { origin: 'https://evil.example' })).toEqual([403, 'FORBIDDEN_ORIGIN']);
    expect(await codes(chief, place, { cookie: '' })).toEqual([401, 'UNAUTHENTICATED']);
    expect(await codes(other)).toEqual([404, 'NOT_FOUND']);
    expect(await codes(chief, { ...place, measureId: 'ingen' })).toEqual([404, 'NOT_FOUND']);
    expect(await codes(reviewer)).toEqual([422, 'ROLE_MISSING']);
    const waiting = await submittedPlan(chief, 'kv-1');
    expect(await codes(chief, { planId: waiting.id, measureId: measureOf(waiting) })).toEqual([422, 'WRONG_STATE']);
    const noForm = await fetch(`${server.url}/files?${new URLSearchParams(place).toString()}`, {
      method: 'POST',
      headers: chief.headers,
      body: '{}',
    });
    expect([noForm.status, ((await noForm.json()) as { code: string }).code]).toEqual([400, 'BAD_INPUT']);
    await other.close();
  });

  it('what one may not see answers as what doesn’t exist (I7)', async () => {
    const { body } = await upload(chief, place, 'hemlig.pdf', bytesOf(aPdf('hemlig')));
    const answers: string[] = [];
    for (const key of ['exempel-avtalsansvarig', 'kson-namnd', 'kson-administrator']) {
      const client = await server.as(key);
      const [real, none] = [await get(client, body.id ?? ''), await get(client, '0'.repeat(32))];
      expect([real.status, none.status], key).toEqual([404, 404]);
      answers.push(await real.text(), await none.text());
      await client.close();
    }
    expect(new Set(answers).size).toBe(1);
    expect((await fetch(`${server.url}/files/${body.id}`)).status).toBe(401);
  });

  it('can be taken away again while the measure is open, and then counts no more', async () => {
    const { body } = await upload(chief, place, 'fel.pdf', bytesOf(aPdf('fel')));
    expect(await reviewer.ask(REMOVE, { id: body.id })).toMatchObject({ removeEvidence: { code: 'ROLE_MISSING' } });
    expect(await chief.ask(REMOVE, { id: body.id })).toMatchObject({ removeEvidence: { __typename: 'RemoveEvidencePayload' } });
    expect((await get(chief, body.id ?? '')).status).toBe(404);
    expect(await chief.ask(REMOVE, { id: body.id })).toMatchObject({ removeEvidence: { code: 'ALREADY_REMOVED' } });
    expect(await chief.denied(REMOVE, { id: '0'.repeat(32) })).toBe('NOT_FOUND');
  });

  it('an upload that is cut leaves nothing, and the server serves on', async () => {
    const boundary = 'gränsen'.normalize('NFD').replace(/\W/g, '');
    await new Promise<void>((resolve) => {
      const cut = request(`${server.url}/files?${new URLSearchParams(place).toString()}`, {
        method: 'POST',
        headers: {
          cookie: chief.cookie,
          origin: server.url,
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': '50000',
        },
      });
      cut.on('error', () => resolve());
      cut.write(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 half`, () => cut.destroy());
    });
    expect((await upload(chief, place, 'efter.pdf', bytesOf(aPdf('efter')))).status).toBe(201);
    await expect.poll(() => readdirSync(join(server.dataDir, 'files', 'incoming'))).toEqual([]);
  });

  it('I1: what was answered for survives a power cut', async () => {
    const pdf = aPdf('beständig');
    const { body } = await upload(chief, place, 'beständig.pdf', bytesOf(pdf));
    await server.kill();
    expect(existsSync(join(server.dataDir, 'files', body.sha256 ?? ''))).toBe(true);
    await server.launch();
    expect(Buffer.from(await (await get(chief, body.id ?? '')).arrayBuffer())).toEqual(pdf);
  });
});
