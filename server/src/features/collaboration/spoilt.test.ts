import { addMeasure, contentHash, readContent, textField } from '@samsyn/schema';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Y from 'yjs';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import type { Database } from '../../platform/database.js';
import { GateNo } from './gate.model.js';
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

const title = (tab: Tab) => textField(tab.editor.doc, 'measures', measure, 'what') as Y.Text;
/** The next update that is applied turns out, once it is applied, to be something other than the gate foresaw. */
const deceiveTheGateOnce = (): void => {
  const prototype = LiveDocument.prototype as unknown as { verify: () => void };
  vi.spyOn(prototype, 'verify').mockImplementationOnce(() => {
    throw new GateNo('PENDING');
  });
};

beforeEach(async () => {
  ({ db, close: dropDatabase } = await scratchDatabase(collaborationEntities));
  world = new World(db);
  node = world.node();
  await world.create(node);
  anna = await Tab.open(world, node, world.person('anna'));
  bo = await Tab.open(world, node, world.person('bo'));
  await anna.push((doc) => (measure = addMeasure(doc, { what: 'Titel' })));
  await bo.has(2);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await world.close();
  await dropDatabase();
});

describe('an update that got past the gate', () => {
  it('is taken back whole: the document is built anew from the log, what came before it in the batch is kept', async () => {
    const first = anna.push(() => title(anna).insert(0, 'först '));
    const hash = async () => (await node.contentHash(world.documentId, anna.actor)).contentHash;
    await first;
    deceiveTheGateOnce();
    const [evil, good] = await Promise.all([bo.push(() => title(bo).insert(0, 'ond')), anna.push(() => title(anna).insert(0, 'sen '))]);
    expect([evil, good]).toEqual(['PENDING', 4]);
    expect(await hash()).toBe(contentHash(readContent(anna.editor.doc)));
    expect((await node.read(world.documentId)).content.measures[0]?.what).toBe('sen först Titel');
  });

  it('costs its lease after a few, and honest people beside it notice nothing', async () => {
    const codes: (string | number)[] = [];
    const update = bo.editor.made(() => title(bo).insert(0, 'x'));
    for (let n = 1; n <= 3; n++) {
      deceiveTheGateOnce();
      codes.push(await bo.send(update, 1));
    }
    expect(codes).toEqual(['PENDING', 'PENDING', 'PENDING']);
    expect(await bo.send(update, 1)).toBe('NO_LEASE');
    await expect.poll(() => node.takeLease(world.documentId, bo.actor, bo.editor.lease)).toMatchObject({ code: 'LEASE_TAKEN' });
    expect(await anna.push(() => title(anna).insert(0, 'ostörd '))).toBe(3);
  });
});
