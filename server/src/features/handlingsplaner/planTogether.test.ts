import 'reflect-metadata';
import { addCause, createSharedDoc, proseField, proseText, type PlanContent } from '@samsyn/schema';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { plansWorld, writeWhole, type PlansWorld } from '../../../../test/builders/plansWorld.js';
import { Refused } from '../../platform/outcome.js';
import type { Actor } from '../accounts/index.js';

/** One tab: a lease, and pushes in order. */
class Tab {
  private n = 0;
  private constructor(
    private readonly world: PlansWorld,
    private readonly planId: string,
    private readonly actor: Actor,
    private readonly lease: { clientId: number; epoch: number },
    private readonly doc: Y.Doc,
  ) {}

  static async open(world: PlansWorld, planId: string, actor: Actor): Promise<Tab> {
    const lease = await world.collaboration.takeLease(planId, actor, null);
    if (lease instanceof Refused) throw new Error(lease.code);
    return new Tab(world, planId, actor, lease, createSharedDoc({ clientId: lease.clientId }));
  }

  /** Resolves with the code of a refusal, or null when the edit is durable. */
  async write(change: (doc: Y.Doc) => void): Promise<string | null> {
    const before = Y.encodeStateVector(this.doc);
    this.doc.transact(() => change(this.doc));
    const update = Y.encodeStateAsUpdate(this.doc, before);
    const { clientId, epoch } = this.lease;
    const pushed = await this.world.collaboration.pushUpdate(this.planId, {
      actor: this.actor,
      epoch,
      lease: clientId,
      n: ++this.n,
      update,
    });
    return pushed instanceof Refused ? pushed.code : null;
  }
}

/** A new last paragraph in a cause. */
function addLine(doc: Y.Doc, causeId: string, text: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  const prose = proseField(doc, 'causes', causeId, 'text');
  prose?.insert(prose.length, [paragraph]);
  paragraph.insert(0, [new Y.XmlText(text)]);
}

const accepted = <T>(outcome: T | Refused): T => {
  if (outcome instanceof Refused) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
};

describe('formal acts and the document they freeze', () => {
  let world: PlansWorld;
  let planId: string;
  const keys = ['kv-1', 'kv-2', 'kv-3', 'sb-1'];

  beforeAll(async () => {
    world = await plansWorld({ engine: true });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    const { id, providerId } = await world.north.finding(keys.shift() ?? '');
    const [plan] = await accepted(
      await world.plans.issueDemand(world.reviewer, { findingIds: [id], deadline: '2023-10-12', grounds: null }),
    ).plans();
    planId = plan?.plan.id ?? '';
    accepted(await world.plans.open(providerId === world.careId ? world.chief : world.otherChief, planId));
  });

  const hashes = async () => {
    const text = await (await world.plans.plan(world.chief, planId)).text();
    return { contentHash: text?.contentHash ?? '', manifestHash: text?.manifestHash ?? '' };
  };
  const openedAs = async (actor: Actor, haveSeq: number | null) => {
    const events = await world.collaboration.open(planId, actor, haveSeq);
    const { value } = await events.next();
    await events.return?.();
    return value;
  };

  it('I5: every edit acknowledged before the submission is in the revision, and none after it', async () => {
    const hers = await Tab.open(world, planId, world.chief);
    expect(await hers.write(writeWhole)).toBeNull();
    const { manifestHash } = await hashes();
    let warm = (): void => undefined;
    const warmedUp = new Promise<void>((resolve) => (warm = resolve));
    const typing = async (tab: Tab): Promise<{ lines: string[]; code: string | null }> => {
      let causeId = '';
      const lines: string[] = [];
      expect(await tab.write((doc) => (causeId = addCause(doc)))).toBeNull();
      for (let n = 0; n < 20_000; n++) {
        const code = await tab.write((doc) => addLine(doc, causeId, `${causeId} rad ${n}`));
        if (code !== null) return { lines, code };
        lines.push(`${causeId} rad ${n}`);
        if (n === 20) warm();
      }
      return { lines, code: null };
    };
    const tabs = await Promise.all(Array.from({ length: 4 }, () => Tab.open(world, planId, world.worker)));
    const writing = tabs.map(typing);
    await warmedUp;
    // The hash is read under the document's lock: the text moves all the time, and this submission is to succeed in the middle of it.
    const submitting = world.db.tx(async () => {
      const { contentHash } = await world.collaboration.freeze(planId);
      return world.plans.submit(world.chief, planId, { contentHash, manifestHash });
    });
    const [written] = await Promise.all([Promise.all(writing), submitting.then(accepted)]);
    expect(new Set(written.map(({ code }) => code))).not.toContain(null);
    const [revision] = await (await world.plans.plan(world.chief, planId)).revisions();
    const frozen = JSON.parse(revision?.canonicalJson ?? '{}') as PlanContent;
    const inRevision = frozen.causes.flatMap(({ text }) => proseText(text).split('\n')).filter((line) => line.includes('rad'));
    expect(inRevision.sort()).toEqual(written.flatMap(({ lines }) => lines).sort());
    expect(inRevision.length).toBeGreaterThan(20);
    expect(await hers.write((doc) => addCause(doc, { text: 'för sent' }))).not.toBeNull();
    expect((await world.collaboration.read(planId)).contentHash).toBe(revision?.contentHash);
  });

  it('I7: the förvaltning’s history begins at the share, whatever it says it has', async () => {
    const hers = await Tab.open(world, planId, world.chief);
    for (let n = 0; n < 5; n++) await hers.write((doc) => addCause(doc, { text: `före ${n}` }));
    await expect(openedAs(world.reviewer, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    accepted(await world.plans.share(world.chief, planId));
    const { seq: shareSeq } = await world.collaboration.read(planId);
    expect((await world.access.accessTo(planId, world.reviewer))?.fromSeq).toBe(shareSeq);
    const theirs = await Tab.open(world, planId, world.reviewer);
    expect(await theirs.write(writeWhole)).toBeNull();
    for (const haveSeq of [null, 0, shareSeq - 1]) {
      const opened = await openedAs(world.reviewer, haveSeq);
      expect(opened.checkpoint?.seq).toBeGreaterThanOrEqual(shareSeq);
      expect(opened.updates.every((row: { seq: number }) => row.seq > shareSeq)).toBe(true);
    }
  });

  it('opens and closes the text with the state, both sides', async () => {
    const hers = await Tab.open(world, planId, world.chief);
    expect(await hers.write(writeWhole)).toBeNull();
    await expect(Tab.open(world, planId, world.reviewer)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const content = await hashes();
    accepted(await world.plans.submit(world.chief, planId, content));
    const reviewing = await Tab.open(world, planId, world.reviewer);
    expect(await reviewing.write((doc) => addCause(doc, { text: 'nej' }))).toBe('NOT_WRITABLE');
    accepted(await world.plans.returnPlan(world.reviewer, { planId, track: 'AVTAL', revision: 1, ...content }, 'Ange vem.'));
    const [a, b] = await Promise.all([Tab.open(world, planId, world.reviewer), Tab.open(world, planId, world.worker)]);
    expect(await Promise.all([a, b].map((tab) => tab.write((doc) => addCause(doc, { text: 'ja' }))))).toEqual([null, null]);
    accepted(await world.plans.withdraw(world.reviewer, planId, null));
    expect(await (await Tab.open(world, planId, world.worker)).write((doc) => addCause(doc, { text: 'nej' }))).toBe('NOT_WRITABLE');
  });
});
