import { addMeasure, fieldPath, proseField, textField } from '@samsyn/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import { Refused } from '../../platform/outcome.js';
import type { ActorSnapshot } from '../accounts/index.js';
import type { CharSpan } from './collaboration.model.js';
import { collaborationEntities, type CollaborationService } from './index.js';
import { paragraph, textOf } from './testing/editor.js';
import { Tab, World } from './testing/world.js';

const SENTENCE = 'Personalen saknar en rutin för överlämning.';
const CY: ActorSnapshot = { userId: 'cy', name: 'cy', role: 'AVTALSANSVARIG', organisation: 'Exempel', side: 'ADMINISTRATION' };

let world: World;
let node: CollaborationService;
let closeDb: () => Promise<void>;
let anna: Tab;
let bo: Tab;
let measure: string;
let path: string;

const how = (tab: Tab): Y.XmlFragment => proseField(tab.editor.doc, 'measures', measure, 'how') as Y.XmlFragment;
const inOne = (tab: Tab, edit: () => void) => (): void => tab.editor.doc.transact(edit);

const at = (type: Y.Text | Y.XmlFragment, index: number): Uint8Array =>
  Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(type, index));

/** Points at words in the first paragraph, as an editor would. */
async function point(words: string): Promise<readonly CharSpan[]> {
  const text = textOf(how(anna));
  const start = text.toString().indexOf(words);
  const pointed = await node.pointedAt(world.documentId, path, at(text, start), at(text, start + words.length));
  expect(pointed?.quote).toBe(words);
  return pointed?.spans ?? [];
}
const find = async (spans: readonly CharSpan[]) => (await node.find(world.documentId, [spans]))[0] ?? null;
/** What stands between the positions that are handed out, read by somebody's own document. */
async function shown(spans: readonly CharSpan[], tab: Tab): Promise<string> {
  const found = await find(spans);
  if (!found) return 'gone';
  const [a, b] = [found.anchor, found.head].map((position) =>
    Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), tab.editor.doc),
  );
  return a && a.type === b?.type ? (a.type as Y.XmlText).toString().slice(a.index, b.index) : 'several';
}

beforeEach(async () => {
  const { db, close } = await scratchDatabase(collaborationEntities);
  closeDb = close;
  world = new World(db);
  node = world.node();
  await world.create(node);
  anna = await Tab.open(world, node, world.person('anna'));
  await anna.push((doc) => (measure = addMeasure(doc, { what: 'Rutin', how: SENTENCE })));
  bo = await Tab.open(world, node, world.person('bo'));
  path = fieldPath('measures', measure, 'how');
});
afterEach(async () => {
  await world.close();
  await closeDb();
});

describe('places in the text', () => {
  it('follow their words through edits around and in them', async () => {
    const spans = await point('en rutin för');
    await bo.push(() => textOf(how(bo)).insert(0, 'Ofta: '));
    await bo.push(() => textOf(how(bo)).insert(textOf(how(bo)).toString().indexOf('rutin'), 'skriven '));
    expect(await find(spans)).toMatchObject({ path, quote: 'en skriven rutin för' });
    expect(await shown(spans, bo)).toBe('en skriven rutin för');
  });

  it('follow words that Enter moved, and that undo brought back (danger 14)', async () => {
    const spans = await point('överlämning');
    await bo.push(
      inOne(bo, () => {
        const rest = textOf(how(bo)).toString().slice(20);
        textOf(how(bo)).delete(20, rest.length);
        how(bo).insert(1, [paragraph(rest)]);
      }),
    );
    expect(await shown(spans, bo)).toBe('överlämning');
    await bo.push(() => how(bo).delete(1, 1));
    expect(await find(spans)).toBeNull();
    await bo.push(() => bo.editor.undo.undo());
    expect(await shown(spans, bo)).toBe('överlämning');
  });

  it('are gone with their last character, and follow a cut to another field', async () => {
    const spans = await point('rutin för');
    await bo.push(() => textOf(how(bo)).delete(SENTENCE.indexOf('rutin'), 9));
    expect(await find(spans)).toBeNull();
    await bo.push((doc) => textField(doc, 'measures', measure, 'responsible')?.insert(0, 'rutin för'));
    expect(await find(spans)).toMatchObject({ path: fieldPath('measures', measure, 'responsible'), quote: 'rutin för' });
  });

  it('may span paragraphs, and may be pointed at between elements', async () => {
    await bo.push(() => how(bo).insert(1, [paragraph('Nytt stycke.')]));
    await anna.until(() => how(anna).length === 2);
    const pointed = await node.pointedAt(world.documentId, path, at(textOf(how(anna)), SENTENCE.length - 4), at(how(anna), 2));
    expect(pointed?.quote).toBe('ing.\nNytt stycke.');
    expect(await find(pointed?.spans ?? [])).toMatchObject({ quote: 'ing.\nNytt stycke.' });
  });

  it('are not made of bytes that point elsewhere, nowhere, or are no position', async () => {
    const text = textOf(how(anna));
    const what = textField(anna.editor.doc, 'measures', measure, 'what') as Y.Text;
    const pointed = (anchor: Uint8Array, head: Uint8Array) => node.pointedAt(world.documentId, path, anchor, head);
    expect(await pointed(at(what, 0), at(what, 2))).toBeNull();
    expect(await pointed(at(text, 3), at(text, 3))).toBeNull();
    expect(await pointed(new Uint8Array([255, 255, 255]), at(text, 3))).toBeNull();
    const unsent = new Y.XmlText('osparat');
    how(anna).insert(1, [unsent]);
    expect(await pointed(at(unsent, 0), at(unsent, 3))).toBeNull();
  });
});

describe('an accepted suggestion', () => {
  const lease = () => world.db.tx(() => node.leaseFor(world.documentId, CY));
  const change = async (quote: string, words: string) => ({ spans: await point(quote), quote, words });

  it('is written in its author’s name, with the acceptor beside, and leaves equal words to theirs (I3)', async () => {
    const replacement = await change('en rutin för', 'en skriftlig rutin för');
    const written = await node.writeAs(world.documentId, { acceptor: bo.actor, author: CY, lease: await lease() }, replacement);
    expect(written).not.toBeInstanceOf(Refused);
    await bo.until(() => textOf(how(bo)).toString().includes('skriftlig'));
    expect(textOf(how(bo)).toString()).toBe('Personalen saknar en skriftlig rutin för överlämning.');
    const blame = await node.blame(world.documentId, 0);
    const runs = blame.find((field) => field.path === path)?.runs ?? [];
    expect(runs.map(({ text, written: mark }) => [text.trim(), mark?.by?.name, mark?.acceptedBy])).toEqual([
      ['Personalen saknar en', 'anna', null],
      ['skriftlig', 'cy', 'bo'],
      ['rutin för överlämning.', 'anna', null],
    ]);
  });

  it('is written once, though it is accepted again after the answer was lost', async () => {
    const replacement = await change('en rutin', 'rutinen');
    const as = { acceptor: bo.actor, author: CY, lease: await lease() };
    const first = await node.writeAs(world.documentId, as, replacement);
    expect(await node.writeAs(world.documentId, { ...as, acceptor: anna.actor }, replacement)).toEqual(first);
    await bo.until(() => textOf(how(bo)).toString().includes('rutinen'));
    expect(textOf(how(bo)).toString()).toBe('Personalen saknar rutinen för överlämning.');
  });

  it('is refused where the acceptor may not write, or the words are others by now', async () => {
    const replacement = await change('en rutin', 'rutinen');
    const author = CY;
    world.rights.set('bo', { writable: new Set([fieldPath('measures', measure, 'what')]) });
    world.clock.pass(60_000);
    const locked = await node.writeAs(world.documentId, { acceptor: bo.actor, author, lease: await lease() }, replacement);
    expect(locked).toMatchObject({ code: 'PATH_NOT_WRITABLE' });
    await anna.push(() => textOf(how(anna)).insert(SENTENCE.indexOf('rutin'), 'dålig '));
    const changed = await node.writeAs(world.documentId, { acceptor: anna.actor, author, lease: await lease() }, replacement);
    expect(changed).toMatchObject({ code: 'QUOTE_CHANGED' });
    const stranger = world.person('eve', null);
    await expect(node.writeAs(world.documentId, { acceptor: stranger, author, lease: await lease() }, replacement)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is written under a lease that no client can take', async () => {
    const taken = await lease();
    const cy = world.person('cy');
    expect(await node.takeLease(world.documentId, cy, taken)).toMatchObject({ code: 'LEASE_TAKEN' });
  });
});
