import 'reflect-metadata';
import { addCause, addMeasure, createSharedDoc, fieldPath, proseField } from '@samsyn/schema';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { plansWorld, type PlansWorld } from '../../../../test/builders/plansWorld.js';
import { Refused } from '../../platform/outcome.js';
import type { Actor } from '../accounts/index.js';
import type { ThreadView } from './comments.model.js';

const HOW = 'Vi ska besluta rutinen på möte.';

const accepted = <T>(outcome: T | Refused): T => {
  if (outcome instanceof Refused) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
};
const codeOf = (outcome: object): string => (outcome instanceof Refused ? outcome.code : 'done');

describe('comments', () => {
  let world: PlansWorld;
  let planId: string;
  let measure: string;
  let path: string;

  /** The plan's document as a person's editor has it. */
  async function opened(actor: Actor): Promise<Y.Doc> {
    const events = await world.collaboration.open(planId, actor, null);
    const { value } = await events.next();
    await events.return?.();
    const doc = createSharedDoc();
    if (value?.checkpoint) Y.applyUpdateV2(doc, value.checkpoint.update);
    for (const { update } of value?.updates ?? []) Y.applyUpdate(doc, update);
    return doc;
  }
  async function write(actor: Actor, change: (doc: Y.Doc) => void): Promise<void> {
    const { clientId, epoch } = accepted(await world.collaboration.takeLease(planId, actor, null));
    const doc = await opened(actor);
    doc.clientID = clientId;
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.transact(() => change(doc));
    const update = updates[0] as Uint8Array;
    accepted(await world.collaboration.pushUpdate(planId, { actor, epoch, lease: clientId, n: 1, update }));
  }
  const how = (doc: Y.Doc) => ((proseField(doc, 'measures', measure, 'how') as Y.XmlFragment).get(0) as Y.XmlElement).get(0) as Y.XmlText;
  const text = async () => how(await opened(world.chief)).toString();
  async function at(actor: Actor, quote: string) {
    const type = how(await opened(actor));
    const from = type.toString().indexOf(quote);
    const [anchor, head] = [from, from + quote.length].map((index) =>
      Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(type, index)),
    ) as [Uint8Array, Uint8Array];
    return { planId, path, quote, anchor, head };
  }
  const say = async (actor: Actor, quote: string, words = 'Vilket möte?') =>
    world.comments.start(actor, { ...(await at(actor, quote)), text: words, replacement: null });
  const suggest = async (actor: Actor, quote: string, replacement: string) =>
    accepted(await world.comments.start(actor, { ...(await at(actor, quote)), text: '', replacement }));
  const share = async () => accepted(await world.plans.share(world.chief, planId));
  const only = async (actor: Actor): Promise<ThreadView | undefined> => (await world.comments.comments(actor, planId))[0];

  beforeAll(async () => {
    world = await plansWorld({ engine: true });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    const { id } = await world.north.finding('kv-3');
    const demand = await world.plans.issueDemand(world.reviewer, { findingIds: [id], deadline: '2023-10-12', grounds: null });
    planId = (await accepted(demand).plans())[0]?.plan.id ?? '';
    accepted(await world.plans.open(world.chief, planId));
    await write(
      world.worker,
      (doc) => (measure = addMeasure(doc, { what: 'Rutin', how: HOW, causeIds: [addCause(doc, { text: 'Ingen.' })] })),
    );
    path = fieldPath('measures', measure, 'how');
  });
  // So that the finding is free for the next plan.
  afterEach(() => world.plans.withdraw(world.reviewer, planId, 'Fel avtalsområde.'));

  it('stand at their text, are answered, resolved and opened again', async () => {
    await share();
    const { id } = accepted(await say(world.reviewer, 'möte'));
    await write(world.worker, (doc) => how(doc).insert(0, 'Senast i maj: '));
    accepted(await world.comments.reply(world.chief, id, 'Arbetsplatsträffen.'));
    const thread = await only(world.follower);
    expect(thread).toMatchObject({ path, quote: 'möte', anchorGone: false, resolvedAt: null, suggestion: null });
    expect(thread?.notes.map(({ by, text: words }) => `${by.role}: ${words}`)).toEqual([
      'AVTALSANSVARIG: Vilket möte?',
      'VERKSAMHETSCHEF: Arbetsplatsträffen.',
    ]);
    const doc = await opened(world.mas);
    const place = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(thread?.anchor as Uint8Array), doc);
    expect(how(doc).toString().slice(place?.index)).toBe('möte.');
    expect(accepted(await world.comments.resolve(world.worker, id)).resolvedBy).toMatchObject({ role: 'MEDARBETARE' });
    expect(accepted(await world.comments.reopen(world.reviewer, id))).toMatchObject({ resolvedAt: null, resolvedBy: null });
  });

  it('say so when their text is gone, and keep the quote', async () => {
    const { id } = accepted(await say(world.worker, 'möte'));
    await write(world.chief, (doc) => how(doc).delete(HOW.indexOf('möte'), 4));
    expect(await only(world.worker)).toMatchObject({ id, quote: 'möte', anchorGone: true, anchor: null, head: null });
  });

  it('are not begun at a place that is something else by now, or that nobody has saved', async () => {
    const place = await at(world.worker, 'möte');
    await write(world.chief, (doc) => how(doc).insert(HOW.indexOf('möte') + 2, 'xx'));
    const start = (change: object) => world.comments.start(world.worker, { ...place, text: 'Hej', replacement: null, ...change });
    expect(codeOf(await start({}))).toBe('QUOTE_CHANGED');
    expect(codeOf(await start({ quote: 'möxxte', text: ' ' }))).toBe('TEXT_MISSING');
    expect(codeOf(await start({ anchor: new Uint8Array([1, 2, 3]) }))).toBe('ANCHOR_UNKNOWN');
    expect(codeOf(await start({ path: fieldPath('measures', measure, 'followUpHow') }))).toBe('ANCHOR_UNKNOWN');
    expect(codeOf(await start({ quote: 'möxxte', replacement: 'två\nrader' }))).toBe('SUGGESTION_SPANS');
    expect(codeOf(await start({ quote: 'möxxte', replacement: 'möxxte' }))).toBe('SUGGESTION_SAME');
  });

  it('of a private draft stay the provider’s when it is shared, unheard of by others (I7)', async () => {
    const { id } = accepted(await say(world.worker, 'möte', 'Vågar vi skriva så?'));
    for (const actor of [world.reviewer, world.mas, world.stranger, world.otherChief, world.board]) {
      await expect(world.comments.comments(actor, planId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(world.comments.reply(actor, id, 'Hej')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(world.comments.watch(actor, planId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await share();
    const heard = await world.comments.watch(world.reviewer, planId);
    const own = await world.comments.watch(world.worker, planId);
    accepted(await world.comments.reply(world.chief, id, 'Ja.'));
    expect((await own.next()).value).toMatchObject({ planId });
    expect(await world.comments.comments(world.reviewer, planId)).toEqual([]);
    await expect(world.comments.resolve(world.reviewer, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { id: open } = accepted(await say(world.reviewer, 'rutinen', 'Vilken?'));
    // The first that the reviewer hears of is the open one.
    expect((await heard.next()).value).toMatchObject({ planId });
    expect((await world.comments.comments(world.reviewer, planId)).map((thread) => thread.id)).toEqual([open]);
    expect((await world.comments.comments(world.worker, planId)).map((thread) => thread.id)).toEqual([id, open]);
    await heard.return?.();
    await own.return?.();
  });

  it('hold suggestions that the server writes in their author’s name when somebody who may write accepts (I3)', async () => {
    await share();
    const { id } = await suggest(world.reviewer, 'på möte', 'på nästa möte');
    expect(codeOf(await world.comments.accept(world.worker, id))).toBe('done');
    expect(await text()).toBe('Vi ska besluta rutinen på nästa möte.');
    expect(await only(world.chief)).toMatchObject({ suggestion: { state: 'ACCEPTED', decidedBy: { role: 'MEDARBETARE' } } });
    const runs = (await world.collaboration.blame(planId, 0)).find((field) => field.path === path)?.runs ?? [];
    expect(runs.map(({ text: words, written }) => [words.trim(), written?.by?.role, written?.acceptedBy])).toContainEqual([
      'nästa',
      'AVTALSANSVARIG',
      world.worker.userId,
    ]);
    expect(codeOf(await world.comments.accept(world.worker, id))).toBe('WRONG_STATE');
  });

  it('hold suggestions that are turned down, taken back, or overtaken', async () => {
    await share();
    const first = await suggest(world.reviewer, 'på möte', 'på nästa möte');
    expect(accepted(await world.comments.decline(world.worker, first.id)).suggestion).toMatchObject({ state: 'DECLINED' });
    const second = await suggest(world.mas, 'besluta', 'ta fram');
    expect(codeOf(await world.comments.decline(world.mas, second.id))).toBe('done');
    const third = await suggest(world.mas, 'besluta', 'ta fram');
    await write(world.chief, (doc) => how(doc).insert(HOW.indexOf('besluta') + 3, 'x'));
    expect(codeOf(await world.comments.accept(world.worker, third.id))).toBe('QUOTE_CHANGED');
    expect(await text()).toBe('Vi ska besxluta rutinen på möte.');
  });

  it('are only read once nobody works on the plan, and suggestions wait while it is read', async () => {
    await share();
    const { id } = await suggest(world.worker, 'på möte', 'på nästa möte');
    accepted(await world.plans.withdraw(world.reviewer, planId, 'Fel avtalsområde.'));
    expect(codeOf(await say(world.worker, 'möte'))).toBe('WRONG_STATE');
    expect(codeOf(await world.comments.reply(world.worker, id, 'Hej'))).toBe('WRONG_STATE');
    expect(codeOf(await world.comments.accept(world.worker, id))).toBe('NOT_WRITABLE');
    expect(await only(world.worker)).toMatchObject({ id, suggestion: { state: 'OPEN' } });
  });
});
