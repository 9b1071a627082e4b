import { addMeasure, fieldPath, proseField, setDate, textField } from '@samsyn/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import type { FieldBlame } from './collaboration.model.js';
import { collaborationEntities, type CollaborationService } from './index.js';
import { paragraph, textOf } from './testing/editor.js';
import { Tab, World } from './testing/world.js';

const SENTENCE = 'Personalen saknar en rutin för överlämning.';

let world: World;
let node: CollaborationService;
let closeDb: () => Promise<void>;
let anna: Tab;
let bo: Tab;
let measure: string;

const how = (tab: Tab): Y.XmlFragment => proseField(tab.editor.doc, 'measures', measure, 'how') as Y.XmlFragment;
const field = (fields: readonly FieldBlame[], name: string): FieldBlame =>
  fields.find(({ path }) => path === fieldPath('measures', measure, name)) ?? { path: '', runs: [] };

/** `anna:text bo:text` of what is there, with `|` between paragraphs. */
async function authors(name = 'how', on = node, fromSeq = 0): Promise<string> {
  const out: { by: string; text: string; block: number }[] = [];
  for (const { written, text, block, removed } of field(await on.blame(world.documentId, fromSeq), name).runs) {
    const [by, last] = [written?.by?.name ?? '–', out.at(-1)];
    if (removed !== null) continue;
    if (last?.by === by && last.block === block) last.text += text;
    else out.push({ by, text, block });
  }
  return out.map(({ by, text }) => `${by}:${text}`).join(' | ');
}

/** `who took what`, not counting what was only moved. */
async function deletions(name = 'how', fromSeq = 0): Promise<string[]> {
  const { runs } = field(await node.blame(world.documentId, fromSeq), name);
  return runs.filter(({ removed, lives }) => removed !== null && !lives).map(({ removed, text }) => `${removed?.by?.name} −${text}`);
}

/** As the editor does when somebody presses Enter: the rest is cut off, and put in a paragraph of its own. */
const split = (at: number, tab: Tab) => () => {
  const text = textOf(how(tab));
  const rest = text.toString().slice(at);
  text.delete(at, rest.length);
  how(tab).insert(1, [paragraph(rest)]);
};
const inOne = (tab: Tab, edit: () => void) => (): void => tab.editor.doc.transact(edit);
/** Everybody's document left memory, and a new node meets it by checkpoint and log. */
async function restart(): Promise<void> {
  await anna.close();
  await bo.close();
  await node.close();
  node = world.node();
}

beforeEach(async () => {
  const { db, close } = await scratchDatabase(collaborationEntities);
  closeDb = close;
  world = new World(db);
  node = world.node();
  await world.create(node);
  anna = await Tab.open(world, node, world.person('anna'));
  await anna.push((doc) => (measure = addMeasure(doc, { what: 'Rutin', how: SENTENCE, doneBy: '2026-05-01' })));
  bo = await Tab.open(world, node, world.person('bo'));
});
afterEach(async () => {
  await world.close();
  await closeDb();
});

describe('authorship (I3)', () => {
  it('says who wrote each character, when, and under which number', async () => {
    world.clock.pass(60_000);
    const seq = await bo.push(() => textOf(how(bo)).insert(10, ' ofta'));
    expect(await authors()).toBe('anna:Personalen | bo: ofta | anna: saknar en rutin för överlämning.');
    const run = field(await node.blame(world.documentId, 0), 'how').runs.find(({ written }) => written?.userId === 'bo');
    expect(run?.written).toMatchObject({ seq, at: world.clock.now(), acceptedBy: null, by: { name: 'bo', side: 'PROVIDER' } });
  });

  it('says who deleted what, of text, dates and whole measures', async () => {
    await bo.push(() => textOf(how(bo)).delete(10, 7));
    await bo.push((doc) => setDate(doc, measure, 'doneBy', '2026-06-01'));
    expect(await deletions()).toEqual(['bo − saknar']);
    expect(await deletions('doneBy')).toEqual(['bo −2026-05-01']);
    expect(await authors('doneBy')).toBe('bo:2026-06-01');
    await bo.push((doc) => doc.getMap('measures').delete(measure));
    expect(await deletions('what')).toEqual(['bo −Rutin']);
  });

  it('stays with the first author through Enter, a join and a list (danger 14)', async () => {
    await bo.push(inOne(bo, split(20, bo)));
    expect(await authors()).toBe(`anna:${SENTENCE.slice(0, 20)} | anna:${SENTENCE.slice(20)}`);
    expect(await deletions()).toEqual([]);
    await bo.push(
      inOne(bo, () => {
        const rest = textOf(how(bo), 1).toString();
        how(bo).delete(1, 1);
        textOf(how(bo)).insert(20, rest);
      }),
    );
    expect(await authors()).toBe(`anna:${SENTENCE}`);
    await bo.push(
      inOne(bo, () => {
        how(bo).delete(0, 1);
        const [list, item] = [new Y.XmlElement('bulletList'), new Y.XmlElement('listItem')];
        item.insert(0, [paragraph(SENTENCE)]);
        list.insert(0, [item]);
        how(bo).insert(0, [list]);
      }),
    );
    expect(await authors()).toBe(`anna:${SENTENCE}`);
    const [run] = field(await node.blame(world.documentId, 0), 'how').runs.filter(({ removed }) => removed === null);
    expect(run?.placed?.userId).toBe('bo');
  });

  it('stays when a word is typed in the same moment as a paragraph is joined to the one before', async () => {
    await bo.push(inOne(bo, split(20, bo)));
    await bo.push(
      inOne(bo, () => {
        const rest = textOf(how(bo), 1).toString();
        how(bo).delete(1, 1);
        textOf(how(bo)).insert(20, `och ${rest}`);
      }),
    );
    expect(await authors()).toBe(`anna:${SENTENCE.slice(0, 20)} | bo:och  | anna:${SENTENCE.slice(20)}`);
    expect(await deletions()).toEqual([]);
  });

  it('stays when what was cut is pasted later, also in another field', async () => {
    const cut = SENTENCE.slice(0, 12);
    await bo.push(() => textOf(how(bo)).delete(0, 12));
    await bo.push((doc) => textField(doc, 'measures', measure, 'responsible')?.insert(0, cut));
    expect(await authors('responsible')).toBe(`anna:${cut}`);
    expect(await deletions()).toEqual([]);
  });

  it('is not given away: the same words typed by another are another’s', async () => {
    await bo.push(() => textOf(how(bo)).delete(0, 12));
    const cy = await Tab.open(world, node, world.person('cy'));
    await cy.push((doc) => textField(doc, 'measures', measure, 'responsible')?.insert(0, SENTENCE.slice(0, 12)));
    expect(await authors('responsible')).toBe(`cy:${SENTENCE.slice(0, 12)}`);
    expect(await deletions()).toEqual([`bo −${SENTENCE.slice(0, 12)}`]);
  });

  it.each([
    ['of some text', (tab: Tab) => textOf(how(tab)).delete(0, 12)],
    ['of the whole measure', (tab: Tab) => tab.editor.doc.getMap('measures').delete(measure)],
  ])('survives the undo of a deletion %s though the document left memory between', async (_what, remove) => {
    await bo.push(() => remove(bo));
    const editor = bo.editor;
    await restart();
    const again = await Tab.open(world, node, bo.actor);
    again.editor = editor;
    expect(
      await again.send(
        editor.made(() => editor.undo.undo()),
        2,
      ),
    ).toEqual(expect.any(Number));
    expect(await authors()).toBe(`anna:${SENTENCE}`);
    expect(await deletions()).toEqual([]);
  });

  it('is the same on a node that only met checkpoint and log', async () => {
    await bo.push(inOne(bo, split(20, bo)));
    await bo.push(() => textOf(how(bo)).insert(0, 'Ibland: '));
    const before = JSON.stringify(await node.blame(world.documentId, 0));
    await restart();
    expect(JSON.stringify(await node.blame(world.documentId, 0))).toBe(before);
  });

  it('of what still stands is known though the bytes of old rows were erased by rule', async () => {
    await bo.push(() => textOf(how(bo)).insert(10, ' ofta'));
    await bo.push(() => textOf(how(bo)).delete(0, 4));
    await restart();
    await world.db.tx((em) => em.query(`UPDATE document_update SET bytes = x'' WHERE document_id = '${world.documentId}'`));
    expect(await authors()).toBe('anna:onalen | bo: ofta | anna: saknar en rutin för överlämning.');
  });

  it('begins at the viewer’s floor: no author, no deleted text from before it', async () => {
    await bo.push(() => textOf(how(bo)).delete(10, 7));
    const floor = (await world.db.tx(() => node.changeAccess(world.documentId, 'SHARED', { epochGrows: true, newVisibilityFloor: true })))
      .seq;
    await bo.until(() => bo.events.some(({ kind }) => kind === 'ACCESS'));
    await bo.push(() => textOf(how(bo)).insert(0, 'Nu: '));
    expect(await authors('how', node, floor)).toBe('bo:Nu:  | –:Personalen en rutin för överlämning.');
    expect(await deletions('how', floor)).toEqual([]);
    const told = JSON.stringify(await node.blame(world.documentId, floor));
    expect(told).not.toContain('anna');
    expect(told).not.toContain('saknar');
    await bo.push(() => textOf(how(bo)).delete(4, 10));
    expect(await deletions('how', floor)).toEqual(['bo −Personalen']);
  });
});
