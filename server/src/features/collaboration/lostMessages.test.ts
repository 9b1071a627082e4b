import { addCause, addMeasure, contentHash, readContent } from '@samsyn/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import type { Database } from '../../platform/database.js';
import { LocalTopics } from '../../platform/topics.js';
import { collaborationEntities, type CollaborationService } from './index.js';
import { Tab, World } from './testing/world.js';

const SOON_MS = 2_500;

let db: Database;
let dropDatabase: () => Promise<void>;
let world: World;
let node: CollaborationService;
let anna: Tab;
/** On a node that no message reaches. */
let cilla: Tab;

const within = async <T>(ms: number, promise: Promise<T>): Promise<T> => {
  const late = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error(`not in ${ms} ms`)), ms));
  return Promise.race([promise, late]);
};
const told = (tab: Tab) => tab.events.filter((event) => event.kind === 'ACCESS');

beforeEach(async () => {
  ({ db, close: dropDatabase } = await scratchDatabase(collaborationEntities));
  world = new World(db);
  node = world.node();
  await world.create(node);
  anna = await Tab.open(world, node, world.person('anna'));
  cilla = await Tab.open(world, world.node(new LocalTopics()), world.person('cilla'));
});
afterEach(async () => {
  await world.close();
  await dropDatabase();
});

describe('a node that no message reaches', () => {
  it('finds others’ edits by itself', async () => {
    const seq = (await anna.push((doc) => addMeasure(doc, { what: 'Titel' }))) as number;
    await within(SOON_MS, cilla.has(seq));
    expect(contentHash(readContent(cilla.editor.doc))).toBe(contentHash(readContent(anna.editor.doc)));
  });

  it('finds that rights were taken, with and without a new epoch, and tells each once', async () => {
    for (const epochGrows of [true, false]) {
      const before = told(cilla).length;
      await db.tx(async () => {
        await node.changeAccess(world.documentId, 'SUBMITTED', { epochGrows });
        world.rights.set('cilla', { writable: new Set(epochGrows ? [] : ['*']) });
      });
      await within(
        SOON_MS,
        cilla.until(() => told(cilla).length > before),
      );
      expect(told(cilla).at(-1)).toMatchObject({ reason: 'RIGHTS_CHANGED', writable: epochGrows ? [] : ['*'] });
    }
    // The one who was told with the reason isn't told again without it, and nobody is told what isn't news.
    await db.tx(() => node.changeAccess(world.documentId, 'SHARED', { epochGrows: false }));
    const seq = (await anna.push((doc) => addCause(doc, { text: 'x' }))) as number;
    await within(SOON_MS, cilla.has(seq));
    expect(told(cilla)).toHaveLength(2);
    expect(told(anna).map(({ reason }) => reason)).toEqual(['SUBMITTED', 'SUBMITTED', 'SHARED']);
  });

  it('finds that somebody may not read any more', async () => {
    await db.tx(async () => {
      await node.changeAccess(world.documentId, 'WITHDRAWN', { epochGrows: true });
      world.rights.set('cilla', null);
    });
    await within(
      SOON_MS,
      cilla.until(() => told(cilla).some(({ canRead }) => !canRead)),
    );
    expect(told(cilla)[0]).toMatchObject({ canRead: false, reason: 'REVOKED' });
  });
});
