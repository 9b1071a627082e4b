import {
  addCause,
  addMeasure,
  readContent,
  contentHash,
  removeMeasure,
  setDate,
  textField,
  CHECKPOINT_EVERY_UPDATES,
} from '@samsyn/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import type { Database } from '../../platform/database.js';
import { LocalTopics } from '../../platform/topics.js';
import { CHAIN_START, rowHash, sha256Hex } from './chain.rules.js';
import { DocumentAttributionRow, DocumentCheckpointRow, DocumentUpdateRow } from './collaboration.entity.js';
import { collaborationEntities, type CollaborationService } from './index.js';
import { LiveDocument } from './liveDocument.js';
import { Tab, World } from './testing/world.js';

let db: Database;
let dropDatabase: () => Promise<void>;
let world: World;
let node: CollaborationService;
let anna: Tab;
let bo: Tab;
let measure: string;

const rows = (): Promise<DocumentUpdateRow[]> =>
  db.em.find(DocumentUpdateRow, { where: { documentId: world.documentId }, order: { seq: 'ASC' } });
const title = (tab: Tab) => textField(tab.editor.doc, 'measures', measure, 'what') as Y.Text;
const hashOf = (tab: Tab): string => contentHash(readContent(tab.editor.doc));

beforeEach(async () => {
  ({ db, close: dropDatabase } = await scratchDatabase(collaborationEntities));
  world = new World(db);
  node = world.node();
  await world.create(node);
  anna = await Tab.open(world, node, world.person('anna'));
  bo = await Tab.open(world, node, world.person('bo'));
  expect(await anna.push((doc) => (measure = addMeasure(doc, { what: 'Titel' })))).toBe(2);
  await bo.has(2);
});

afterEach(async () => {
  await world.close();
  await dropDatabase();
});

describe('opening and writing', () => {
  it('begins with OPENED: what there is, what may be written, who one is', () => {
    expect(anna.opened).toMatchObject({ kind: 'OPENED', seq: 1, epoch: 1, checkpoint: null, writable: ['*'], canRead: true });
    expect(anna.opened.updates.map((row) => row.seq)).toEqual([1]);
    expect(anna.opened.contentHash).toBe(contentHash({ v: 1, planId: world.documentId, causes: [], measures: [] }));
    expect(anna.opened.presence?.map((entry) => entry.presenceId)).toContain(anna.opened.you);
  });

  it('answers with the seq and shows every subscriber the very same object', async () => {
    expect(await anna.push(() => title(anna).insert(0, 'Ny '))).toBe(3);
    await Promise.all([anna.has(3), bo.has(3)]);
    expect(title(bo).toString()).toBe('Ny Titel');
    expect(bo.events.at(-1)).toBe(anna.events.at(-1));
    expect((await node.contentHash(world.documentId, bo.actor)).contentHash).toBe(hashOf(bo));
  });

  it('is as if it were not there for one who may not read it (I7)', async () => {
    const stranger = world.person('stranger', null);
    const blind = world.person('blind', { canRead: false });
    for (const actor of [stranger, blind]) {
      await expect(node.open(world.documentId, actor, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(node.contentHash(world.documentId, actor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(node.takeLease(world.documentId, actor, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const push = { actor, epoch: 1, lease: anna.editor.lease, n: 9, update: new Uint8Array([0, 0]) };
      await expect(node.pushUpdate(world.documentId, push)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(node.open('no such document', anna.actor, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('answers a retransmit with its old seq, and other bytes under its number with a refusal', async () => {
    const update = anna.editor.made(() => title(anna).insert(0, 'a'));
    expect(await Promise.all([anna.send(update, 2), anna.send(update, 2)])).toEqual([3, 3]);
    expect(await anna.send(update, 2)).toBe(3);
    expect(
      await anna.send(
        anna.editor.made(() => title(anna).insert(0, 'b')),
        2,
      ),
    ).toBe('OUT_OF_ORDER');
    expect(await anna.send(update, 4)).toBe('OUT_OF_ORDER');
    expect(
      await bo.send(
        bo.editor.made(() => title(bo).insert(0, 'c')),
        2,
      ),
    ).toBe('OUT_OF_ORDER');
    expect(await rows()).toHaveLength(3);
  });

  it('takes a pipelined outbox in order, in few commits', async () => {
    const updates = Array.from({ length: 200 }, (_, i) => anna.editor.made(() => title(anna).insert(0, String(i % 10))));
    const seqs = await Promise.all(updates.map((update, i) => anna.send(update, 2 + i)));
    expect(seqs).toEqual(updates.map((_, i) => 3 + i));
    await bo.has(202);
    expect(hashOf(bo)).toBe(hashOf(anna));
    expect(bo.events.length).toBeLessThan(150);
  });

  it('refuses what the gate refuses, and keeps and shows nothing of it', async () => {
    const update = anna.editor.made((doc) => doc.getMap('evil').set('x', 1));
    expect(await anna.send(update, 2)).toBe('CONTENT_NOT_ALLOWED');
    expect(await bo.push(() => title(bo).insert(0, 'ok '))).toBe(3);
    expect(bo.events.flatMap((event) => event.updates).map((row) => row.seq)).toEqual(
      [1, 2, 3].slice(-bo.events.flatMap((event) => event.updates).length),
    );
    expect(await rows()).toHaveLength(3);
  });

  it('refuses who may only read, whatever is pushed', async () => {
    const reader = await Tab.open(world, node, world.person('reader', { writable: new Set() }));
    expect(await reader.push(() => title(reader).insert(0, 'x'))).toBe('NOT_WRITABLE');
  });

  it('opens warm with only what is missing, and cold with a checkpoint', async () => {
    await anna.push(() => title(anna).insert(0, '1'));
    const warm = await Tab.open(world, node, bo.actor, 2);
    expect(warm.opened.checkpoint).toBeNull();
    expect(warm.opened.updates.map((row) => row.seq)).toEqual([3]);
    const future = await Tab.open(world, node, bo.actor, 99);
    expect(future.opened.updates.map((row) => row.seq)).toEqual([1, 2, 3]);
  });

  it('makes a checkpoint when a room closes, from which the next one opens', async () => {
    await anna.push((doc) => addCause(doc, { text: 'Orsak' }));
    const known = hashOf(anna);
    await node.close();
    const next = world.node();
    const later = await Tab.open(world, next, bo.actor);
    expect(later.opened).toMatchObject({ seq: 3, updates: [], contentHash: known });
    expect(later.opened.checkpoint?.seq).toBe(3);
    expect(hashOf(later)).toBe(known);
    expect(await later.push(() => title(later).insert(0, 'x'))).toBe(4);
  });

  it('makes checkpoints while people write', async () => {
    const count = CHECKPOINT_EVERY_UPDATES + 20;
    const updates = Array.from({ length: count }, () => anna.editor.made(() => title(anna).insert(0, 'x')));
    await Promise.all(updates.map((update, i) => anna.send(update, 2 + i)));
    await expect.poll(() => db.em.count(DocumentCheckpointRow)).toBeGreaterThan(0);
    const cold = await Tab.open(world, node, world.person('cilla'));
    expect(cold.opened.checkpoint?.seq).toBeGreaterThan(CHECKPOINT_EVERY_UPDATES / 2);
    expect(hashOf(cold)).toBe(hashOf(anna));
  });
});

describe('leases', () => {
  it('belong to one user: others are refused under them, their owner gets them back', async () => {
    const { documentId } = world;
    expect(await node.takeLease(documentId, bo.actor, anna.editor.lease)).toMatchObject({ code: 'LEASE_TAKEN' });
    expect(await node.takeLease(documentId, anna.actor, anna.editor.lease)).toEqual({ clientId: anna.editor.lease, epoch: 1 });
    const forged = {
      actor: bo.actor,
      epoch: 1,
      lease: anna.editor.lease,
      n: 2,
      update: anna.editor.made(() => title(anna).insert(0, 'x')),
    };
    expect(await node.pushUpdate(documentId, forged)).toMatchObject({ code: 'NO_LEASE' });
  });

  it("can be asked for with a number of one's own, but not the server's", async () => {
    const { documentId } = world;
    expect(await node.takeLease(documentId, anna.actor, 4_000_000_123)).toMatchObject({ clientId: 4_000_000_123 });
    for (const wanted of [0, 1, -5, 1.5, 2 ** 53])
      expect(await node.takeLease(documentId, anna.actor, wanted)).toMatchObject({ code: 'LEASE_TAKEN' });
  });

  it('are not handed out without end', async () => {
    let code: string | undefined;
    for (let i = 0; i < 250 && code === undefined; i++) {
      const result = await node.takeLease(world.documentId, anna.actor, null);
      if ('code' in result) ({ code } = result);
    }
    expect(code).toBe('RATE_LIMITED');
  });
});

describe('the log', () => {
  it('replays to the live document, proves itself, and says who inserted and deleted what', async () => {
    await anna.push((doc) => setDate(doc, measure, 'doneBy', '2026-05-01'));
    await bo.has(3);
    await bo.push(() => title(bo).delete(0, 2));
    await anna.push((doc) => addCause(doc, { text: 'Orsak' }));
    const log = await rows();
    const replayed = new LiveDocument(null, log).content().contentHash;
    expect(replayed).toBe((await node.contentHash(world.documentId, anna.actor)).contentHash);
    let previous = CHAIN_START;
    for (const row of log) {
      expect(row.bytesHash).toBe(sha256Hex(row.bytes));
      expect(row.hash).toBe((previous = rowHash(previous, world.documentId, row)));
    }
    const inserted = log.find((row) => row.seq === 2);
    expect(inserted).toMatchObject({ userId: 'anna', sessionId: 'session-of-anna', lease: anna.editor.lease, clock: 0, epoch: 1, n: 1 });
    const notes = await db.em.find(DocumentAttributionRow, { where: { seq: 4 } });
    expect(notes).toMatchObject([{ kind: 'DELETED', userId: 'bo', client: anna.editor.lease, clocks: 2, ordinal: 0 }]);
  });
});

describe('several nodes', () => {
  it('converge: one hears of the other, and shows what it did', async () => {
    const other = world.node();
    const cilla = await Tab.open(world, other, world.person('cilla'));
    expect(await cilla.push(() => title(cilla).insert(0, 'C'))).toBe(3);
    await anna.has(3);
    expect(await anna.push(() => title(anna).insert(0, 'A'))).toBe(4);
    await cilla.has(4);
    expect(hashOf(cilla)).toBe(hashOf(anna));
  });

  it('never lose or double an edit when they write at the same time', async () => {
    const other = world.node();
    const cilla = await Tab.open(world, other, world.person('cilla'));
    const pushes = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? anna : cilla)).map((tab) =>
      tab.push(() => title(tab).insert(0, 'x')),
    );
    const seqs = (await Promise.all(pushes)) as number[];
    expect([...seqs].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => 3 + i));
    await Promise.all([anna.has(42), cilla.has(42), bo.has(42)]);
    expect(new Set([hashOf(anna), hashOf(cilla), hashOf(bo)]).size).toBe(1);
  });

  it('find gaps by themselves when no message comes', async () => {
    const deaf = world.node(new LocalTopics());
    const cilla = await Tab.open(world, deaf, world.person('cilla'));
    expect(await anna.push(() => title(anna).insert(0, 'A'))).toBe(3);
    expect(await cilla.push(() => title(cilla).insert(0, 'C'))).toBe(4);
    expect(await anna.push(() => title(anna).insert(0, 'B'))).toBe(5);
    await anna.has(5);
    expect((await deaf.contentHash(world.documentId, cilla.actor)).seq).toBe(5);
    await cilla.has(5);
    expect(hashOf(cilla)).toBe(hashOf(anna));
  });

  it('answer a retransmit that the other node took', async () => {
    const deaf = world.node(new LocalTopics());
    await deaf.contentHash(world.documentId, anna.actor);
    const update = anna.editor.made(() => title(anna).insert(0, 'A'));
    expect(await anna.send(update, 2)).toBe(3);
    const push = { actor: anna.actor, epoch: 1, lease: anna.editor.lease, n: 2, update };
    expect(await deaf.pushUpdate(world.documentId, push)).toMatchObject({ seq: 3 });
    const next = { ...push, n: 3, update: anna.editor.made(() => title(anna).insert(0, 'B')) };
    expect(await deaf.pushUpdate(world.documentId, next)).toMatchObject({ seq: 4 });
  });
});

describe('faults', () => {
  it('of the database lose nothing that was answered: the client sends again', async () => {
    const { writer } = db;
    const transaction = writer.transaction.bind(writer);
    writer.transaction = (() => Promise.reject(new Error('disk full'))) as typeof writer.transaction;
    const update = anna.editor.made(() => title(anna).insert(0, 'a'));
    await expect(anna.send(update, 2)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await node.contentHash(world.documentId, bo.actor)).contentHash).toBe(hashOf(bo));
    writer.transaction = transaction;
    expect(await anna.send(update, 2)).toBe(3);
    await bo.has(3);
    expect(hashOf(bo)).toBe(hashOf(anna));
  });

  it('of one slow reader harm nobody: it is told to open anew', async () => {
    const slow = await node.open(world.documentId, world.person('slow'), null);
    const updates = Array.from({ length: 3 }, () => 'å'.repeat(100_000));
    expect((await slow.next()).value).toMatchObject({ kind: 'OPENED', seq: 2 });
    let n = 1;
    for (let i = 0; i < 24; i++) {
      const inserted = updates[i % 3] as string;
      world.clock.pass(6_000);
      expect(
        await anna.send(
          anna.editor.made(() => title(anna).insert(0, inserted)),
          ++n,
        ),
      ).toBe(n + 1);
      expect(
        await anna.send(
          anna.editor.made(() => title(anna).delete(0, inserted.length)),
          ++n,
        ),
      ).toBe(n + 1);
    }
    const waiting: unknown[] = [];
    for await (const event of slow) waiting.push(event);
    expect(waiting).toEqual([expect.objectContaining({ kind: 'RESYNC', resyncFrom: 2 })]);
    await bo.has(2 + 48);
    expect(hashOf(bo)).toBe(hashOf(anna));
  });

  it('of a refused update in the middle of a batch leave the rest of the batch whole', async () => {
    const good = anna.editor.made(() => title(anna).insert(0, 'a'));
    const evil = {
      actor: bo.actor,
      epoch: 1,
      lease: bo.editor.lease,
      n: 1,
      update: bo.editor.made((doc) => doc.getMap('evil').set('x', 1)),
    };
    const after = anna.editor.made(() => title(anna).insert(0, 'b'));
    const results = await Promise.all([anna.send(good, 2), node.pushUpdate(world.documentId, evil), anna.send(after, 3)]);
    expect(results).toEqual([3, expect.objectContaining({ code: 'CONTENT_NOT_ALLOWED' }), 4]);
    expect((await node.contentHash(world.documentId, anna.actor)).contentHash).toBe(hashOf(anna));
  });

  it('a deleted target is said to be gone, and the document goes on', async () => {
    const late = bo.editor.made(() => title(bo).insert(1, 'sent'));
    expect(await anna.push((doc) => removeMeasure(doc, measure))).toBe(3);
    expect(await bo.send(late, 1)).toBe('TARGET_GONE');
    expect(await anna.push((doc) => addMeasure(doc, { what: 'Ny' }))).toBe(4);
  });
});
