import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../harness/client.js';
import { act, planById, plansOf, writeWholePlan, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { headAt, pause, sharedField } from '../harness/typing.js';
import { Writer, type DocumentEvent } from '../harness/writer.js';

const MARIADB = process.env['SAMSYN_TEST_DATABASE'] === 'mariadb';
/** A nightly run sets 10,000 and 200. */
const EDITS = Number(process.env['SAMSYN_RACE_EDITS'] ?? 2_000);
const ACTS = Number(process.env['SAMSYN_RACE_ACTS'] ?? 40);
const TYPISTS = 6;
/** Longest pause of a typist: slow enough that a submission now and then finds the text as the submitter saw it, ms. */
const TYPING_MS = 100;
const LIMIT_MS = 30_000 + EDITS * 30 + ACTS * 500;
/** What an honest edit that comes to a locked text is told. */
const LOCKED = new Set(['STALE_EPOCH', 'NOT_WRITABLE', 'PATH_NOT_WRITABLE', 'OUT_OF_ORDER']);

interface Saved {
  readonly mark: string;
  readonly seq: number;
}
interface Frozen {
  readonly number: number;
  readonly seq: number;
  readonly contentHash: string;
  readonly canonicalJson: string;
}

const REVISIONS = `query($id: ID!) { plan(id: $id) { revisions { number contentHash canonicalJson } } }`;

const mayWrite = ({ documentEvents }: { documentEvents: DocumentEvent }): boolean => (documentEvents.writable?.length ?? 0) > 0;

/** Opens the text and waits until it may be written in. Takes the old lease over, as a tab that is loaded anew does. */
async function reopened(client: Client, planId: string, before: Writer | undefined, going: () => boolean): Promise<Writer | null> {
  const writer = await Writer.open(client, planId);
  while (!writer.events.all.some(mayWrite)) {
    if (!going()) return null;
    await pause(5);
  }
  if (before === undefined) await writer.takeLease();
  else {
    writer.lease = before.lease;
    writer.doc.clientID = before.lease as number;
    writer.n = before.n;
  }
  return writer;
}

/** Types for as long as the race goes on. Whoever is told that the text is locked opens anew, and goes on when it is open again. */
async function race(client: Client, planId: string, name: string, saved: Saved[], going: () => boolean): Promise<string[]> {
  const strange: string[] = [];
  let before: Writer | undefined;
  for (let tab = 0; going(); tab++) {
    const writer = await reopened(client, planId, before, going);
    if (!writer) break;
    for (let key = 0; going(); key++) {
      const mark = `<${name}.${tab}.${key}>`;
      const answer = await writer.edit(() => sharedField(writer).insert(0, mark));
      if (answer.__typename === 'Refusal') {
        writer.n -= 1;
        if (!LOCKED.has(answer.code ?? '')) strange.push(answer.code ?? '');
        break;
      }
      saved.push({ mark, seq: answer.seq as number });
      await pause(Math.random() * TYPING_MS);
    }
    writer.events.stop();
    before = writer;
  }
  return strange;
}

/** One run of the race: the chief submits, and the text is opened again by a return or by taking it back. */
async function submitsAndReturns(plan: PlanRow, chief: Client, reviewer: Client, saved: readonly Saved[]): Promise<Frozen[]> {
  const frozen: Frozen[] = [];
  while (frozen.length < ACTS || saved.length < EDITS) {
    const { content, revision } = await planById(chief, plan.id);
    const pinned = { planId: plan.id, contentHash: content?.contentHash, manifestHash: content?.manifestHash };
    const done = await act(chief, 'submitPlan', pinned);
    if (done.__typename === 'Refusal') {
      expect(done.code).toBe('CONTENT_CHANGED');
      continue;
    }
    await pause(Math.random() * 20);
    const held = await headAt(chief, plan.id);
    expect(held.contentHash).toBe(done.revision?.contentHash);
    frozen.push({ number: revision + 1, seq: held.seq, contentHash: held.contentHash, canonicalJson: '' });
    const opened =
      frozen.length % 2 === 0
        ? await act(chief, 'takeBackPlan', { planId: plan.id })
        : await act(reviewer, 'returnPlan', { ...pinned, track: plan.tracks[0]?.track, revision: revision + 1, grounds: 'Ange vem.' });
    expect(opened.__typename, opened.code).not.toBe('Refusal');
    // Lets some be written between two submissions.
    const enough = saved.length + EDITS / ACTS;
    const late = Date.now() + 10_000;
    while (saved.length < enough && Date.now() < late) await pause(5);
    expect(saved.length, 'edits after the text was opened again').toBeGreaterThanOrEqual(enough);
  }
  return frozen;
}

/** A revision holds every edit that was acknowledged at or before its seq, and none of the later ones. */
function faultsIn(revision: Frozen, saved: readonly Saved[]): string[] {
  return saved
    .filter(({ mark, seq }) => revision.canonicalJson.includes(mark) !== seq <= revision.seq)
    .map(({ mark, seq }) => `revision ${revision.number} at ${revision.seq}: ${mark} at ${seq}`);
}

describe(`I5: ${EDITS} edits racing ${ACTS} submissions and returns`, () => {
  let one: TestServer;
  let two: TestServer | undefined;
  const clients: Client[] = [];
  const as = async (server: TestServer, key: string): Promise<Client> => {
    const client = await server.as(key);
    clients.push(client);
    return client;
  };
  beforeAll(async () => {
    const env = { REDIS_URL: MARIADB ? (process.env['SAMSYN_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379') : '' };
    one = await TestServer.start({ env });
    if (MARIADB) two = await TestServer.start({ beside: one, env });
  });
  afterAll(async () => {
    for (const client of clients) await client.close();
    await two?.stop();
    await one.stop();
  });

  async function run(key: string, nodes: readonly TestServer[]): Promise<void> {
    const [first, last] = [nodes[0] as TestServer, nodes.at(-1) as TestServer];
    const chief = await as(first, 'kundvalet-1-verksamhetschef');
    const plan = (await plansOf(chief)).get(key) as PlanRow;
    const reviewer = await as(last, plan.tracks[0]?.track === 'HSL' ? 'kson-mas' : 'kson-avtalsansvarig');
    await act(chief, 'openPlan', { planId: plan.id });
    await (await Writer.open(chief, plan.id)).edit(writeWholePlan);
    await act(chief, 'sharePlan', { planId: plan.id });

    const saved: Saved[] = [];
    let going = true;
    const typists = Array.from({ length: TYPISTS }, async (_, i) => {
      const person = ['kundvalet-1-verksamhetschef', 'kundvalet-1-medarbetare', 'kson-avtalsansvarig'][i % 3] as string;
      return race(await as(nodes[i % nodes.length] as TestServer, person), plan.id, `t${i}`, saved, () => going);
    });
    const frozen = await submitsAndReturns(plan, chief, reviewer, saved).finally(() => (going = false));
    expect((await Promise.all(typists)).flat()).toEqual([]);

    const { plan: after } = await chief.ask<{ plan: { revisions: Frozen[] } }>(REVISIONS, { id: plan.id });
    const kept = new Map(after.revisions.map((revision) => [revision.number, revision]));
    expect(kept.size).toBe(frozen.length);
    for (const was of frozen) {
      const now = kept.get(was.number) as Frozen;
      expect(now.contentHash).toBe(was.contentHash);
      expect(createHash('sha256').update(now.canonicalJson).digest('hex')).toBe(was.contentHash);
      expect(faultsIn({ ...was, canonicalJson: now.canonicalJson }, saved)).toEqual([]);
    }
    const head = await headAt(reviewer, plan.id);
    const text = (await planById(chief, plan.id)).content;
    expect(text?.contentHash).toBe(head.contentHash);
    expect(saved.filter(({ mark }) => !text?.canonicalJson.includes(mark))).toEqual([]);
    expect(saved.length).toBeGreaterThanOrEqual(EDITS);
  }

  it('on one node', () => run('kv-3', [one]), LIMIT_MS);

  it.runIf(MARIADB)('on two nodes', () => run('kv-1', [one, two as TestServer]), LIMIT_MS);

  it.runIf(!MARIADB)('on two nodes needs MariaDB; here there is one', () => expect(two).toBeUndefined());
});
