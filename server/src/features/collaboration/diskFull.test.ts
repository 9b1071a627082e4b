import { addCause, addMeasure } from '@samsyn/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import type { Database } from '../../platform/database.js';
import { collaborationEntities, type CollaborationService } from './index.js';
import { Tab, World } from './testing/world.js';

let db: Database;
let dropDatabase: () => Promise<void>;
let world: World;
let node: CollaborationService;

beforeEach(async () => {
  ({ db, close: dropDatabase } = await scratchDatabase(collaborationEntities));
  world = new World(db);
  node = world.node();
  await world.create(node);
});
afterEach(async () => {
  await world.close();
  await dropDatabase();
});

/** SQLite answers as on a full disk when a file may not grow. */
async function room(pages: number | 'enough'): Promise<void> {
  const [{ page_count: now } = { page_count: 0 }] = (await db.writer.query('PRAGMA page_count')) as { page_count: number }[];
  await db.writer.query(`PRAGMA max_page_count = ${pages === 'enough' ? 1_000_000 : now + pages}`);
}

describe('a full disk', () => {
  it('acknowledges and shows nothing that is not saved, and takes the same updates when there is room again', async () => {
    const anna = await Tab.open(world, node, world.person('anna'));
    const bo = await Tab.open(world, node, world.person('bo'));
    const first = (await anna.push((doc) => addMeasure(doc, { what: 'Får plats' }))) as number;
    await bo.has(first);
    await room(0);
    const big = anna.editor.made((doc) => addCause(doc, { text: 'x'.repeat(100_000) }));
    const after = anna.editor.made((doc) => addCause(doc, { text: 'y'.repeat(100_000) }));
    for (let tries = 0; tries < 3; tries++) {
      await expect(anna.send(big, 2)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    }
    expect(bo.haveSeq).toBe(first);
    expect((await node.contentHash(world.documentId, bo.actor)).seq).toBe(first);
    await room('enough');
    expect(await anna.send(big, 2)).toBe(first + 1);
    expect(await anna.send(after, 3)).toBe(first + 2);
    await bo.has(first + 2);
    expect(bo.editor.doc.getMap('causes').size).toBe(2);
  });
});
