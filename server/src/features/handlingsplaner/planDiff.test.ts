import 'reflect-metadata';
import { addCause, addMeasure, createSharedDoc, fieldPath, proseField, setDate, textField } from '@samsyn/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { plansWorld, type PlansWorld } from '../../../../test/builders/plansWorld.js';
import { Refused } from '../../platform/outcome.js';
import type { Actor } from '../accounts/index.js';
import { PlanDiffs } from './planDiff.service.js';
import { PlanReads } from './planReads.service.js';
import type { FieldDiff } from './planDiff.rules.js';

const accepted = <T>(outcome: T | Refused): T => {
  if (outcome instanceof Refused) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
};
/** `Label: =same +added(who) −removed(who)`. */
const told = (fields: readonly FieldDiff[]): string[] =>
  fields.map(({ label, runs }) => {
    const words = runs.map(
      ({ kind, text, mark }) =>
        `${{ SAME: '=', ADDED: '+', REMOVED: '−' }[kind]}${text}${kind === 'SAME' ? '' : `(${mark?.by?.role ?? '–'})`}`,
    );
    return `${label}: ${words.join('')}`;
  });

describe('what changed between two revisions, and whose doing it was (I3)', () => {
  let world: PlansWorld;
  let planId: string;
  let diffs: PlanDiffs;
  let reads: PlanReads;
  let measure = '';
  /** Writes as a person, on top of all that is there. */
  async function write(actor: Actor, change: (doc: Y.Doc) => void): Promise<void> {
    const events = await world.collaboration.open(planId, actor, null);
    const { value } = await events.next();
    await events.return?.();
    const lease = accepted(await world.collaboration.takeLease(planId, actor, null));
    const doc = createSharedDoc({ clientId: lease.clientId });
    if (value?.checkpoint) Y.applyUpdateV2(doc, value.checkpoint.update);
    for (const { update } of value?.updates ?? []) Y.applyUpdate(doc, update);
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.transact(() => change(doc));
    const update = updates[0] as Uint8Array;
    accepted(await world.collaboration.pushUpdate(planId, { actor, epoch: lease.epoch, lease: lease.clientId, n: 1, update }));
    world.clock.to(new Date(world.clock.at.getTime() + 1_800_000).toISOString());
  }
  const seen = async (actor: Actor) => {
    const { plan, text } = await world.plans.plan(actor, planId);
    const { contentHash, manifestHash } = (await text()) ?? { contentHash: '', manifestHash: '' };
    return { planId, track: 'AVTAL' as const, revision: plan.revision, contentHash, manifestHash };
  };
  const how = (doc: Y.Doc) => ((proseField(doc, 'measures', measure, 'how') as Y.XmlFragment).get(0) as Y.XmlElement).get(0) as Y.XmlText;
  const diff = async (actor: Actor, from: number | null = null, to: number | null = null) =>
    told(await diffs.diff(actor, planId, from, to));

  beforeAll(async () => {
    world = await plansWorld({ engine: true });
    reads = new PlanReads({ plans: world.plans, log: world.accessLog });
    diffs = new PlanDiffs({ ...world, reads });
    const { id } = await world.north.finding('kv-3');
    const demand = await world.plans.issueDemand(world.reviewer, { findingIds: [id], deadline: '2023-10-12', grounds: null });
    planId = (await accepted(demand).plans())[0]?.plan.id ?? '';
    accepted(await world.plans.open(world.chief, planId));
    await write(world.worker, (doc) => {
      const causeIds = [addCause(doc, { text: 'Rutinen är inte beslutad.' })];
      const dates = { doneBy: '2023-09-29', followUpBy: '2023-11-15' };
      const prose = { how: 'Vi ska besluta rutinen på möte.', followUpHow: 'Stickprov.' };
      measure = addMeasure(doc, { what: 'Besluta rutin', responsible: 'Verksamhetschef', causeIds, ...prose, ...dates });
    });
    accepted(await world.plans.submit(world.chief, planId, await seen(world.chief)));
    accepted(await world.plans.returnPlan(world.reviewer, await seen(world.reviewer), 'Tiden är för lång.'));
    await write(world.worker, (doc) => {
      how(doc).delete(3, 4);
      how(doc).insert(how(doc).toString().indexOf('möte'), 'nästa ');
    });
    await write(world.reviewer, (doc) => {
      setDate(doc, measure, 'doneBy', '2023-09-20');
      textField(doc, 'measures', measure, 'what')?.insert(13, 'er');
    });
    accepted(await world.plans.submit(world.chief, planId, await seen(world.chief)));
  });
  afterAll(() => world.close());

  it('names each word’s doer, per field, in the words of the screen', async () => {
    const expected = [
      'Åtgärd 1: vad ska göras: =Besluta −rutin(AVTALSANSVARIG)+rutiner(AVTALSANSVARIG)',
      'Åtgärd 1: så ska det göras: =Vi −ska (MEDARBETARE)=besluta rutinen på +nästa (MEDARBETARE)=möte.',
      'Åtgärd 1: klart senast: −2023-09-29(AVTALSANSVARIG)+2023-09-20(AVTALSANSVARIG)',
    ];
    expect(await diff(world.chief, 1, 2)).toEqual(expected);
    expect(await diff(world.chief)).toEqual(expected);
    expect(await diff(world.reviewer)).toEqual(expected);
  });

  it('names nobody for what was written before the viewer’s history begins', async () => {
    expect((await diff(world.chief, 0, 1))[1]).toBe('Åtgärd 1: vad ska göras: +Besluta rutin(MEDARBETARE)');
    expect((await diff(world.reviewer, 0, 1))[1]).toBe('Åtgärd 1: vad ska göras: +Besluta rutin(–)');
  });

  it('tells the story of one field, newest first', async () => {
    const path = fieldPath('measures', measure, 'how');
    const story = async (actor: Actor) =>
      (await diffs.history(actor, planId, path)).map(({ kind, text, mark }) => `${mark?.by?.role ?? '–'} ${kind} ${text}`);
    expect(await story(world.chief)).toEqual([
      'MEDARBETARE ADDED nästa ',
      'MEDARBETARE REMOVED ska ',
      'MEDARBETARE ADDED Vi ska besluta rutinen på ',
      'MEDARBETARE ADDED möte.',
    ]);
    const known = await story(world.reviewer);
    expect(known.slice(0, 2)).toEqual(['MEDARBETARE ADDED nästa ', 'MEDARBETARE REMOVED ska ']);
    expect(known.slice(2).every((line) => line.startsWith('– '))).toBe(true);
    await expect(diffs.history(world.chief, planId, 'measures/x/order')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('is nobody else’s to see, and no revision there isn’t (I7)', async () => {
    for (const actor of [world.otherChief, world.stranger, world.board]) {
      await expect(diffs.diff(actor, planId, null, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(diffs.history(actor, planId, fieldPath('measures', measure, 'how'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(diffs.diff(world.chief, planId, 1, 7)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(diffs.diff(world.chief, planId, 5, 2)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is noted in the log of who has read, for those who answer for it', async () => {
    const readers = async (actor: Actor) => new Set((await reads.entries(actor, planId, 100, null)).map(({ by }) => by.role));
    expect(await readers(world.chief)).toEqual(new Set(['AVTALSANSVARIG']));
    await diffs.diff(world.mas, planId, 1, 2);
    expect(await readers(world.chief)).toEqual(new Set(['AVTALSANSVARIG', 'MAS']));
    for (const actor of [world.worker, world.reviewer, world.otherChief, world.stranger])
      await expect(reads.entries(actor, planId, 100, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
