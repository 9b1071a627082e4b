import { randomBytes } from 'node:crypto';
import { addMeasure, contentHash, readContent, seedUpdate, textField } from '@samsyn/schema';
import { createConnection } from 'mysql2/promise';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import { CHAIN_START, rowHash, sha256Hex } from './chain.rules.js';
import { DocumentUpdateRow } from './collaboration.entity.js';
import type { LogRow } from './collaboration.model.js';
import { DocumentStore, type Append } from './collaboration.store.js';
import { GroupCommit } from './groupCommit.js';
import { collaborationEntities } from './index.js';
import { Tab, World } from './testing/world.js';

type Scratch = { db: Database; close: () => Promise<void> };

const MARIADB = process.env['SAMSYN_TEST_MARIADB_URL'] ?? 'mysql://root@127.0.0.1:3306';

async function scratchMariadb(): Promise<Scratch> {
  const name = `samsyn_unit_${process.pid}_${randomBytes(4).toString('hex')}`;
  const admin = await createConnection(MARIADB);
  await admin.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const db = await Database.open({ url: `${MARIADB}/${name}`, sqlitePath: '', entities: collaborationEntities, migrations: [] });
  await db.writer.synchronize();
  const close = async (): Promise<void> => {
    await db.close();
    await admin.query(`DROP DATABASE \`${name}\``);
    await admin.end();
  };
  return { db, close };
}

const reachable = await createConnection(MARIADB).then(
  (connection) => connection.end().then(() => true),
  () => false,
);

describe.each<[string, boolean, () => Promise<Scratch>]>([
  ['SQLite', true, () => scratchDatabase(collaborationEntities)],
  ['MariaDB', reachable, scratchMariadb],
])('the log on %s', (_name, available, scratch) => {
  describe.skipIf(!available)('', () => {
    let db: Database;
    let close: () => Promise<void>;
    let store: DocumentStore;
    let commit: GroupCommit;

    const row = (documentId: string, seq: number, previous: string, bytes: Uint8Array = new Uint8Array([seq])): LogRow => {
      const header = {
        seq,
        epoch: 1,
        lease: 9_007_199_254_740_991,
        n: seq,
        userId: 'u',
        sessionId: 's',
        at: new Date('2026-01-02T03:04:05.678Z'),
      };
      const hashed = { ...header, bytesHash: sha256Hex(bytes), clock: 8_000_000_000 + seq, clocks: 1, acceptedBy: null };
      return { ...hashed, bytes, hash: rowHash(previous, documentId, hashed) };
    };
    const create = async (): Promise<string> => {
      const documentId = newId();
      await db.tx(() => store.create(documentId, new Date(), row(documentId, 1, CHAIN_START, seedUpdate(documentId))));
      return documentId;
    };
    const next = async (documentId: string, count = 1): Promise<Append> => {
      const expected = await store.head(documentId);
      if (!expected) throw new Error('no document');
      const rows: LogRow[] = [];
      for (let i = 1; i <= count; i++) rows.push(row(documentId, expected.seq + i, rows.at(-1)?.hash ?? expected.hash));
      return { documentId, expected, rows, notes: [] };
    };

    beforeEach(async () => {
      ({ db, close } = await scratch());
      store = new DocumentStore(db);
      commit = new GroupCommit(db, store);
    });
    afterEach(() => close());

    it('keeps rows exactly as they were appended', async () => {
      const documentId = await create();
      const append = await next(documentId, 700);
      const note = { kind: 'DELETED', seq: 2, client: 2 ** 40, clock: 5, clocks: 2, fromClient: null, fromClock: null } as const;
      expect(await commit.append({ ...append, notes: [note] })).toBe(true);
      expect(await store.rowsAfter(documentId, 1)).toEqual(append.rows);
      expect(await store.head(documentId)).toEqual({ seq: 701, epoch: 1, hash: append.rows.at(-1)?.hash });
      expect(await store.operation(documentId, append.rows[0]?.lease ?? 0, 2)).toMatchObject({
        seq: 2,
        bytesHash: append.rows[0]?.bytesHash,
      });
      expect(await store.lastN(documentId, append.rows[0]?.lease ?? 0)).toBe(701);
    });

    it('takes one of two appends at the same head, whole', async () => {
      const documentId = await create();
      const [left, right] = [await next(documentId, 3), await next(documentId, 2)];
      const elsewhere = new GroupCommit(db, store);
      const results = await Promise.all([commit.append(left), elsewhere.append(right)]);
      expect(results.filter(Boolean)).toHaveLength(1);
      expect((await store.rowsAfter(documentId, 1)).length).toBe(results[0] ? 3 : 2);
    });

    it('refuses an append under an older epoch', async () => {
      const documentId = await create();
      const append = await next(documentId);
      await db.tx(() => store.growEpoch(documentId));
      expect(await commit.append(append)).toBe(false);
      expect((await store.head(documentId))?.seq).toBe(1);
    });

    it('lets no conflict or fault in one document touch another in the same commit', async () => {
      const ids = await Promise.all([create(), create(), create(), create()]);
      const appends = await Promise.all(ids.map((id) => next(id)));
      const [fine, stale, broken, alsoFine] = appends as [Append, Append, Append, Append];
      const outdated = { ...stale, expected: { ...stale.expected, seq: 99 } };
      const doubled = { ...broken, rows: [...broken.rows, ...broken.rows] };
      const results = await Promise.allSettled([fine, outdated, doubled, alsoFine].map((append) => commit.append(append)));
      expect(results).toMatchObject([{ value: true }, { value: false }, { status: 'rejected' }, { value: true }]);
      expect(await Promise.all(ids.map(async (id) => (await store.head(id))?.seq))).toEqual([2, 1, 1, 2]);
    });

    it('commits together what comes together', async () => {
      const ids = await Promise.all(Array.from({ length: 12 }, () => create()));
      const appends = await Promise.all(ids.map((id) => next(id)));
      let transactions = 0;
      const tx = db.tx.bind(db);
      db.tx = ((work: Parameters<typeof tx>[0]) => (transactions++, tx(work))) as typeof db.tx;
      expect(await Promise.all(appends.map((append) => commit.append(append)))).toEqual(appends.map(() => true));
      expect(transactions).toBeLessThan(12);
    });

    it('holds still while it is locked, and shows a frozen head to a transaction that read before (I5)', async () => {
      const documentId = await create();
      const append = await next(documentId);
      const order: string[] = [];
      let appended: Promise<unknown> = Promise.resolve();
      await db.tx(async (em) => {
        await em.count(DocumentUpdateRow);
        if (db.dialect === 'mariadb') await commit.append(append);
        const head = await store.lock(documentId);
        expect((await store.rowsAfter(documentId, 0, true)).length).toBe(head?.seq);
        const more =
          db.dialect === 'mariadb' ? { ...append, expected: { seq: 2, epoch: 1, hash: '' }, rows: [row(documentId, 3, '')] } : append;
        appended = commit.append(more).then(() => order.push('appended'));
        await new Promise((resolve) => setTimeout(resolve, 50));
        order.push('frozen');
      });
      await appended;
      expect(order).toEqual(['frozen', 'appended']);
    });

    it('carries a whole document: two nodes, rights that change, a checkpoint, and the same content everywhere', async () => {
      const world = new World(db);
      const [first, second] = [world.node(), world.node()];
      await world.create(first);
      const [anna, bo] = [await Tab.open(world, first, world.person('anna')), await Tab.open(world, second, world.person('bo'))];
      let measure = '';
      await anna.push((doc) => (measure = addMeasure(doc, { what: 'Titel' })));
      await bo.has(2);
      const title = (tab: Tab) => textField(tab.editor.doc, 'measures', measure, 'what') as Y.Text;
      const pushes = Array.from({ length: 30 }, (_, i) => (i % 2 ? anna : bo)).map((tab) => tab.push(() => title(tab).insert(0, 'x')));
      expect((await Promise.all(pushes)).every((seq) => typeof seq === 'number')).toBe(true);
      const { seq } = await db.tx(() => first.changeAccess(world.documentId, 'SHARED', { epochGrows: true, newVisibilityFloor: true }));
      const viewer = await Tab.open(world, second, world.person('reviewer', { fromSeq: seq }));
      expect(viewer.opened.checkpoint?.seq).toBe(seq);
      await Promise.all([anna.has(32), bo.has(32)]);
      const frozen = await db.tx(() => second.freeze(world.documentId));
      for (const tab of [anna, bo, viewer]) expect(contentHash(readContent(tab.editor.doc))).toBe(frozen.contentHash);
      await world.close();
    });
  });
});
