import { addMeasure, contentHash, readContent, textField } from '@samsyn/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import type { Database } from '../../platform/database.js';
import { LocalTopics } from '../../platform/topics.js';
import { DocumentCheckpointRow } from './collaboration.entity.js';
import type { DocumentEvent } from './collaboration.model.js';
import { collaborationEntities, type CollaborationService } from './index.js';
import { Tab, World } from './testing/world.js';

const SECRET = 'Detta ska ingen annan läsa';

let db: Database;
let dropDatabase: () => Promise<void>;
let world: World;
let node: CollaborationService;
let anna: Tab;
let measure: string;

const title = (tab: Tab, id = measure) => textField(tab.editor.doc, 'measures', id, 'what') as Y.Text;
const what = (id = measure): string => `measures/${id}/what`;
const change = (reason: string, rights: () => void, options = { epochGrows: true, newVisibilityFloor: false }): Promise<{ seq: number }> =>
  db.tx(async () => {
    const changed = await node.changeAccess(world.documentId, reason, options);
    rights();
    return changed;
  });
const access = (tab: Tab): DocumentEvent | undefined => tab.events.findLast((event) => event.kind === 'ACCESS');

beforeEach(async () => {
  ({ db, close: dropDatabase } = await scratchDatabase(collaborationEntities));
  world = new World(db);
  node = world.node();
  await world.create(node);
  anna = await Tab.open(world, node, world.person('anna'));
  await anna.push((doc) => (measure = addMeasure(doc, { what: 'Titel', responsible: 'Chefen' })));
});

afterEach(async () => {
  await world.close();
  await dropDatabase();
});

describe('a change of rights', () => {
  it('reaches every open viewer at once, with its reason, equal rights in one object', async () => {
    const bo = await Tab.open(world, node, world.person('bo'));
    await change('SUBMITTED', () => {
      for (const name of ['anna', 'bo']) world.rights.set(name, { writable: new Set() });
    });
    await Promise.all([anna.until(() => access(anna) !== undefined), bo.until(() => access(bo) !== undefined)]);
    expect(access(anna)).toMatchObject({ canRead: true, writable: [], reason: 'SUBMITTED', epoch: 2 });
    expect(access(anna)).toBe(access(bo));
    expect(await anna.push(() => title(anna).insert(0, 'x'))).toBe('NOT_WRITABLE');
  });

  it('refuses an edit of before it only where its paths are closed now', async () => {
    await change('RETURNED', () => world.rights.set('anna', { writable: new Set([what()]) }));
    expect(await anna.push(() => title(anna).insert(0, 'x'), 1)).toBe(3);
    expect(await anna.push(() => textField(anna.editor.doc, 'measures', measure, 'responsible')?.insert(0, 'x'), 1)).toBe('STALE_EPOCH');
  });

  it('says PATH_NOT_WRITABLE to an edit made under the new rights', async () => {
    await change('RETURNED', () => world.rights.set('anna', { writable: new Set([what()]) }));
    await anna.until(() => anna.epoch === 2);
    expect(await anna.push(() => textField(anna.editor.doc, 'measures', measure, 'responsible')?.insert(0, 'x'))).toBe('PATH_NOT_WRITABLE');
  });

  it('ends the stream of one who may not read any more, and says no more than that', async () => {
    const bo = await Tab.open(world, node, world.person('bo'));
    await change('WITHDRAWN', () => world.rights.set('bo', null));
    await bo.until(() => access(bo) !== undefined);
    expect(access(bo)).toMatchObject({ canRead: false, writable: [], reason: 'REVOKED', contentHash: null });
    await bo.close();
    const seen = bo.events.length;
    await anna.push(() => title(anna).insert(0, 'x'));
    expect(bo.events).toHaveLength(seen);
  });

  it('is seen by another node even when no message comes: the append is conditional on the epoch', async () => {
    const deaf = world.node(new LocalTopics());
    const cilla = await Tab.open(world, deaf, world.person('cilla'));
    expect(await cilla.push(() => title(cilla).insert(0, 'C'))).toBe(3);
    await change('SUBMITTED', () => world.rights.set('cilla', { writable: new Set() }));
    expect(await cilla.push(() => title(cilla).insert(0, 'D'))).toBe('STALE_EPOCH');
    expect((await node.read(world.documentId)).seq).toBe(3);
  });

  it("that widens rights lets a node's next edit in, whatever it remembers", async () => {
    const deaf = world.node(new LocalTopics());
    const cilla = await Tab.open(world, deaf, world.person('cilla', { writable: new Set() }));
    const update = cilla.editor.made(() => title(cilla).insert(0, 'C'));
    expect(await cilla.send(update, 1)).toBe('NOT_WRITABLE');
    await change('RETURNED', () => world.rights.set('cilla', {}), { epochGrows: false, newVisibilityFloor: false });
    expect(await cilla.send(update, 1)).toBe(3);
  });
});

describe('freezing (I5)', () => {
  it('gives the content at the head, and nothing gets in before the transaction ends', async () => {
    const pushed: Promise<number | string>[] = [];
    const frozen = await db.tx(async () => {
      const result = await node.freeze(world.documentId);
      pushed.push(anna.push(() => title(anna).insert(0, 'under tiden ')));
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect((await node.freeze(world.documentId)).seq).toBe(result.seq);
      await node.changeAccess(world.documentId, 'SUBMITTED', { epochGrows: true });
      world.rights.set('anna', { writable: new Set() });
      return result;
    });
    expect(frozen).toMatchObject({ seq: 2, contentHash: contentHash(frozen.content) });
    expect(await Promise.all(pushed)).toEqual(['STALE_EPOCH']);
    expect((await node.read(world.documentId)).contentHash).toBe(frozen.contentHash);
  });

  it('leaves no acknowledged edit out, and lets none slip in, under fire', async () => {
    const seqs: (number | string)[] = [];
    const typing = Promise.all(
      Array.from({ length: 150 }, (_, i) => anna.push(() => title(anna).insert(0, String(i % 10))).then((result) => seqs.push(result))),
    );
    const frozen = await db.tx(async () => {
      const result = await node.freeze(world.documentId);
      await node.changeAccess(world.documentId, 'SUBMITTED', { epochGrows: true });
      world.rights.set('anna', { writable: new Set() });
      return result;
    });
    await typing;
    const taken = seqs.filter((result) => typeof result === 'number');
    expect(Math.max(2, ...taken)).toBe(frozen.seq);
    expect((await node.read(world.documentId)).contentHash).toBe(frozen.contentHash);
  });

  it('of a transaction that fails changes nothing', async () => {
    const failing = db.tx(async () => {
      await node.freeze(world.documentId);
      await node.changeAccess(world.documentId, 'SUBMITTED', { epochGrows: true });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await anna.push(() => title(anna).insert(0, 'x'))).toBe(3);
    expect(access(anna)).toBeUndefined();
  });

  it('of a document that is not there is NOT_FOUND', async () => {
    await expect(db.tx(() => node.freeze('nothing'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(node.read('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the visibility floor', () => {
  /** All bytes a viewer was ever given. */
  const given = (tab: Tab): Buffer =>
    Buffer.concat(tab.events.flatMap((event) => [event.checkpoint?.update ?? new Uint8Array(), ...event.updates.map((row) => row.update)]));

  const writeAndDeleteASecret = async (): Promise<void> => {
    await anna.push(() => title(anna).insert(0, SECRET));
    await anna.push(() => title(anna).delete(0, SECRET.length));
  };

  it('keeps what was deleted in the private draft from those who come at the share', async () => {
    await writeAndDeleteASecret();
    const { seq } = await change('SHARED', () => undefined, { epochGrows: true, newVisibilityFloor: true });
    for (const haveSeq of [null, 0, 1, 3]) {
      const viewer = await Tab.open(world, node, world.person('reviewer', { fromSeq: seq }), haveSeq);
      expect(viewer.opened.checkpoint?.seq).toBe(seq);
      expect(viewer.opened.updates).toEqual([]);
      expect(given(viewer).includes(SECRET)).toBe(false);
      expect(contentHash(readContent(viewer.editor.doc))).toBe(contentHash(readContent(anna.editor.doc)));
    }
    const provider = await Tab.open(world, world.node(), world.person('cilla'));
    expect(contentHash(readContent(provider.editor.doc))).toBe(contentHash(readContent(anna.editor.doc)));
  });

  it('holds on a node that has the document open since before, and after more edits', async () => {
    const other = world.node(new LocalTopics());
    const cilla = await Tab.open(world, other, world.person('cilla'));
    await writeAndDeleteASecret();
    const { seq } = await change('SHARED', () => undefined, { epochGrows: true, newVisibilityFloor: true });
    await cilla.push(() => title(cilla).insert(0, 'Öppet '));
    const viewer = await Tab.open(world, other, world.person('reviewer', { fromSeq: seq }), 2);
    expect(viewer.opened.checkpoint?.seq).toBeGreaterThanOrEqual(seq);
    expect(viewer.opened.updates.every((row) => row.seq > seq)).toBe(true);
    expect(given(viewer).includes(SECRET)).toBe(false);
    expect(title(viewer).toString()).toBe('Öppet Titel');
    const warm = await Tab.open(world, other, viewer.actor, seq);
    expect(warm.opened.updates.every((row) => row.seq > seq)).toBe(true);
  });

  it('without a checkpoint of its own is met by making one', async () => {
    await writeAndDeleteASecret();
    const viewer = await Tab.open(world, node, world.person('reviewer', { fromSeq: 4 }));
    expect(viewer.opened.checkpoint?.seq).toBe(4);
    expect(given(viewer).includes(SECRET)).toBe(false);
  });

  it('needs no old checkpoint: only the newest are kept', async () => {
    for (let i = 0; i < 4; i++) {
      await anna.push(() => title(anna).insert(0, 'x'));
      await change('SHARED', () => undefined, { epochGrows: false, newVisibilityFloor: true });
    }
    const kept = await db.em.find(DocumentCheckpointRow, { order: { seq: 'ASC' } });
    expect(kept.map((row) => row.seq)).toEqual([5, 6]);
  });

  it('that lies ahead of the document shows nothing at all', async () => {
    await expect(node.open(world.documentId, world.person('early', { fromSeq: Number.MAX_SAFE_INTEGER }), null)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('presence', () => {
  const seen = (tab: Tab) => tab.events.findLast((event) => event.presence !== null)?.presence ?? [];

  it("tells who is where, in the server's words, and forgets who left", async () => {
    const bo = await Tab.open(world, node, world.person('bo'));
    const path = what();
    expect(await node.setPresence(world.documentId, bo.actor, { path, anchor: new Uint8Array([1, 2]), head: null })).toBe(true);
    await anna.until(() => seen(anna).some((entry) => entry.path === path));
    expect(seen(anna).find((entry) => entry.path === path)).toMatchObject({
      presenceId: bo.opened.you,
      name: 'bo',
      role: 'MEDARBETARE',
      anchor: new Uint8Array([1, 2]),
    });
    await bo.close();
    await anna.until(() => seen(anna).length === 1);
    expect(await node.setPresence(world.documentId, bo.actor, { path: null, anchor: null, head: null })).toBe(false);
  });

  it('comes in one list, the same object for all, at most every so often', async () => {
    const bo = await Tab.open(world, node, world.person('bo'));
    await anna.until(() => seen(anna).length === 2);
    const before = anna.events.length;
    for (let i = 0; i < 30; i++)
      await node.setPresence(world.documentId, bo.actor, { path: what(), anchor: new Uint8Array([i]), head: null });
    await anna.until(() => seen(anna).some((entry) => entry.anchor?.[0] === 29));
    expect(anna.events.length - before).toBeLessThanOrEqual(2);
    await bo.until(() => seen(bo) === seen(anna));
  });

  it('goes over to other nodes and back when they fall silent', async () => {
    const other = world.node();
    const cilla = await Tab.open(world, other, world.person('cilla'));
    await Promise.all([anna.until(() => seen(anna).length === 2), cilla.until(() => seen(cilla).length === 2)]);
    await other.close();
    await anna.until(() => seen(anna).length === 1);
  });

  it('takes no path that is none, and no position without end', async () => {
    for (const place of [
      { path: 'measures/x/how', anchor: null, head: null },
      { path: null, anchor: new Uint8Array(5_000), head: null },
    ])
      await expect(node.setPresence(world.documentId, anna.actor, place)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
