import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../harness/client.js';
import { act, planById, plansOf, writeWholePlan, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { Writer, type DocumentEvent } from '../harness/writer.js';

const AREA = `query($year: Int!, $key: String!) { areaAssessment(year: $year, contractAreaKey: $key) { fixed live { colour remedied step counts { step count } } } }`;
type Area = { fixed: string; live: { colour: string; remedied: boolean; step: string | null; counts: { step: string; count: number }[] } };
const countOf = (area: Area, step: string): number => area.live.counts.find((row) => row.step === step)?.count ?? 0;

describe('from a finding to the assessment', () => {
  let server: TestServer;
  let chief: Client;
  let reviewer: Client;
  let plan: PlanRow;
  const openWriters: Writer[] = [];
  const open = async (client: Client): Promise<Writer> => {
    const writer = await Writer.open(client, plan.id);
    openWriters.push(writer);
    return writer;
  };

  beforeAll(async () => {
    server = await TestServer.start();
    chief = await server.as('kundvalet-1-verksamhetschef');
    reviewer = await server.as('kson-avtalsansvarig');
    plan = (await plansOf(chief)).get('kv-3') as PlanRow;
  });
  afterAll(async () => {
    await chief.close();
    await reviewer.close();
    await server.stop();
  });

  const read = async (): Promise<PlanRow> => planById(chief, plan.id);
  const hashes = async (): Promise<{ planId: string; contentHash: string; manifestHash: string }> => {
    const { content } = await read();
    return { planId: plan.id, contentHash: content?.contentHash ?? '', manifestHash: content?.manifestHash ?? '' };
  };

  it('opens, writes privately, and shares; then both write in the same field', async () => {
    expect(plan.state).toBe('REQUESTED');
    expect((await act(chief, 'openPlan', { planId: plan.id })).plan?.state).toBe('DRAFT');
    const hers = await open(chief);
    expect((await hers.edit(writeWholePlan)).__typename).toBe('PushUpdatePayload');
    expect((await act(chief, 'sharePlan', { planId: plan.id })).plan?.state).toBe('DRAFT');

    const theirs = await open(reviewer);
    const how = (writer: Writer): { insert(index: number, text: string): void; toString(): string } => {
      const measure = [...writer.doc.getMap('measures').values()][0] as import('yjs').Map<unknown>;
      return measure.get('responsible') as import('yjs').Text;
    };
    const [a, b] = await Promise.all([hers.edit(() => how(hers).insert(0, 'A')), theirs.edit(() => how(theirs).insert(0, 'B'))]);
    expect([a.__typename, b.__typename]).toEqual(['PushUpdatePayload', 'PushUpdatePayload']);
    const last = Math.max(a.seq ?? 0, b.seq ?? 0);
    await Promise.all([hers.reach(last), theirs.reach(last)]);
    expect(how(hers).toString()).toBe(how(theirs).toString());
    expect(how(hers).toString()).toMatch(/^(AB|BA)Verksamhetschef$/);
  });

  it('submits the hash on the screen; both tabs turn read-only at once, and a late edit is refused (I5)', async () => {
    const [hers, theirs] = openWriters as [Writer, Writer];
    const stale = await act(chief, 'submitPlan', { ...(await hashes()), contentHash: '0'.repeat(64) });
    expect(stale).toMatchObject({ __typename: 'Refusal', code: 'CONTENT_CHANGED' });
    const before = await hashes();
    const done = await act(chief, 'submitPlan', before);
    expect(done.revision).toMatchObject({ number: 1, contentHash: before.contentHash });
    expect(done.revision?.receiptNumber).toMatch(/\d/);
    const closed = ({ documentEvents }: { documentEvents: DocumentEvent }): boolean =>
      documentEvents.kind === 'ACCESS' && documentEvents.writable?.length === 0;
    await Promise.all([hers.events.until(closed), theirs.events.until(closed)]);
    const late = await hers.edit((doc) => doc.getMap('causes').delete([...doc.getMap('causes').keys()][0] as string));
    expect(late.__typename).toBe('Refusal');
    expect((await hashes()).contentHash).toBe(before.contentHash);
  });

  it('is returned with grounds, mended, submitted again, and approved by its hash (I4)', async () => {
    const first = await hashes();
    const track = 'AVTAL';
    expect(await act(reviewer, 'returnPlan', { ...first, track, revision: 1, grounds: '  ' })).toMatchObject({
      __typename: 'Refusal',
      code: 'GROUNDS_MISSING',
    });
    expect(
      (await act(reviewer, 'returnPlan', { ...first, track, revision: 1, grounds: 'Ange vem som gör stickprovet.' })).plan?.state,
    ).toBe('RETURNED');
    const mended = await open(chief);
    expect((await mended.edit((doc) => writeWholePlan(doc))).__typename).toBe('PushUpdatePayload');
    const second = await hashes();
    expect(second.contentHash).not.toBe(first.contentHash);
    expect((await act(chief, 'submitPlan', second)).revision?.number).toBe(2);
    expect(await act(reviewer, 'approvePlan', { ...first, track, revision: 2 })).toMatchObject({
      __typename: 'Refusal',
      code: 'CONTENT_CHANGED',
    });

    const before = (await reviewer.ask<{ areaAssessment: Area }>(AREA, { year: 2022, key: 'kundvalet' })).areaAssessment;
    const board = await server.as('kson-namnd');
    const matrix = board.subscribe<{ assessmentChanged: Area & { contractArea: { key: string } } }>(
      `subscription { assessmentChanged(year: 2022) { fixed contractArea { key } live { colour remedied step counts { step count } } } }`,
    );
    // The subscription has no first event: make sure it stands before the act that it must tell of.
    await board.overSocket('{ me { id } }');
    expect((await act(reviewer, 'approvePlan', { ...second, track, revision: 2 })).plan?.state).toBe('APPROVED');
    const { assessmentChanged: after } = await matrix.until(
      ({ assessmentChanged }) => assessmentChanged.contractArea.key === 'kundvalet' && countOf(assessmentChanged, 'APPROVED') === 1,
    );
    expect(after.fixed).toBe(before.fixed);
    expect(countOf(after, 'SUBMITTED')).toBe(countOf(before, 'SUBMITTED') - 1);
    await board.close();
  });

  it('leaves every formal act in the record', async () => {
    const { auditEntries } = await reviewer.ask<{
      auditEntries: { nodes: { act: string; hash: string; previousHash: string; seq: number }[] };
    }>(`query($id: ID!) { auditEntries(first: 100, subjectId: $id) { nodes { act seq hash previousHash } } }`, { id: plan.id });
    const acts = auditEntries.nodes.map((entry) => entry.act).reverse();
    expect(acts).toEqual(expect.arrayContaining(['plan.share', 'plan.submit', 'plan.return', 'plan.approve']));
    expect(acts.filter((name) => name === 'plan.submit')).toHaveLength(2);
  });
});
