import { addCause, addMeasure, entryMap, measureHashes, removeMeasure, setDate, type PlanContent } from '@samsyn/schema';
import type * as Y from 'yjs';
import type { Actor } from '../../server/src/features/accounts/index.js';
import type { PlanAct } from '../../server/src/features/handlingsplaner/acts.rules.js';
import type { PlanView } from '../../server/src/features/handlingsplaner/planView.model.js';
import { addDays, swedishDate } from '../../server/src/platform/clock.js';
import { Refused } from '../../server/src/platform/outcome.js';
import { PlanTab } from './planTab.js';
import type { PlansWorld } from './plansWorld.js';

/** Numbers from a seed: the same seed makes the same run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a run leaves to be checked. */
export interface Run {
  /** Edits that were said to be durable: which tab's, whose, and in what state of the plan. */
  readonly edits: { planId: string; lease: number; userId: string; state: string }[];
  readonly lockedEdits: string[];
}

const TRACKS = ['AVTAL', 'HSL'] as const;

/** People at random do things at random to a few plans, mostly at the wrong time. */
export class RandomActs {
  readonly run: Run = { edits: [], lockedEdits: [] };
  private readonly tabs = new Map<string, PlanTab>();
  private readonly actors: readonly Actor[];

  constructor(
    private readonly world: PlansWorld,
    private readonly planIds: readonly string[],
    private readonly random: () => number,
  ) {
    const { chief, unitHead, worker, reviewer, mas, director, follower, board, otherChief, stranger } = world;
    // Those who can do most come most often, so that plans get far.
    this.actors = [
      chief,
      chief,
      chief,
      reviewer,
      reviewer,
      reviewer,
      mas,
      mas,
      worker,
      director,
      unitHead,
      follower,
      board,
      otherChief,
      stranger,
    ];
  }

  /** One step. What may not be done is refused or denied; anything else thrown is a fault of ours. */
  async step(): Promise<void> {
    const actor = this.one(this.actors);
    const planId = this.one(this.planIds);
    const all = this.acts(actor, planId);
    try {
      // Often what the screen offers, or plans would never get far; else anything.
      const offered = this.random() < 0.4 ? (await this.world.plans.plan(actor, planId)).acts : [];
      const open = all.filter(([each]) => offered.includes(each));
      const [, act] = this.one(open.length > 0 ? open : all);
      await act();
    } catch (error) {
      if ((error as { code?: string }).code !== 'NOT_FOUND') throw error;
    }
  }

  private acts(actor: Actor, planId: string): readonly (readonly [PlanAct, () => Promise<unknown>])[] {
    const { plans, clock } = this.world;
    const track = this.one(TRACKS);
    const soon = addDays(swedishDate(clock.now()), 30);
    const fail = this.random() < 0.3;
    const grounds = this.random() < 0.7 ? 'För att det brister.' : '';
    return [
      ['OPEN', () => plans.open(actor, planId)],
      ['SHARE', () => plans.share(actor, planId)],
      ['WRITE', () => this.edit(actor, planId)],
      ['WRITE', () => this.edit(actor, planId)],
      ['SUBMIT', async () => plans.submit(actor, planId, await this.seen(actor, planId))],
      ['TAKE_BACK', () => plans.takeBack(actor, planId)],
      ['BEGIN_REVIEW', () => plans.beginReview(actor, planId, track)],
      ['JUDGE', () => this.judge(actor, planId, track, fail)],
      ['JUDGE', () => this.judge(actor, planId, track, fail)],
      ['JUDGE', () => this.judge(actor, planId, track, fail)],
      ['JUDGE', () => this.judge(actor, planId, track, fail)],
      ['CONCLUDE', async () => plans.conclude(actor, await this.decided(actor, planId, track), null)],
      ['CONCLUDE', async () => plans.conclude(actor, await this.decided(actor, planId, track), null)],
      ['CONCLUDE', async () => plans.conclude(actor, await this.decided(actor, planId, track), null)],
      ['CONCLUDE', async () => plans.conclude(actor, await this.decided(actor, planId, track), null)],
      ['RETURN', async () => plans.returnPlan(actor, await this.decided(actor, planId, track), grounds)],
      ['APPROVE', async () => plans.approve(actor, await this.decided(actor, planId, track))],
      ['SET_DEADLINE', () => plans.setDeadline(actor, planId, track, soon)],
      ['REPORT_MEASURE', () => this.reportMeasure(actor, planId)],
      ['REPORT', () => plans.report(actor, planId)],
      ['VERIFY', () => this.verify(actor, planId, fail)],
      ['VERIFY', () => this.verify(actor, planId, fail)],
      ['VERIFY', () => this.verify(actor, planId, fail)],
      ['VERIFY', () => this.verify(actor, planId, fail)],
      ['CHECK_DURABILITY', () => plans.checkDurability(actor, planId, false, 'Det har inte hållit.')],
      ['FIND_NOT_REMEDIED', () => plans.findNotRemedied(actor, planId, grounds)],
      ['NEW_ROUND', () => plans.startNewRound(actor, planId, soon)],
      [
        'ESCALATE',
        () => plans.escalate(actor, { planId, rungId: this.one(['dialog', 'varning']), grounds: 'Igen.', skippedGrounds: 'Prövat.' }),
      ],
    ];
  }

  private one<T>(of: readonly T[]): T {
    return of[Math.floor(this.random() * of.length)] as T;
  }

  private async content(actor: Actor, planId: string): Promise<{ view: PlanView; content: PlanContent | null }> {
    const view = await this.world.plans.plan(actor, planId);
    const text = await view.text();
    return { view, content: text && (JSON.parse(text.canonicalJson) as PlanContent) };
  }

  /** The hashes on the actor's screen; now and then those of a screen that is out of date. */
  private async seen(actor: Actor, planId: string): Promise<{ contentHash: string; manifestHash: string }> {
    const text = await (await this.world.plans.plan(actor, planId)).text();
    const stale = this.random() < 0.05;
    return { contentHash: stale ? 'stale' : (text?.contentHash ?? ''), manifestHash: text?.manifestHash ?? '' };
  }

  private async decided(actor: Actor, planId: string, track: 'AVTAL' | 'HSL') {
    const { plan } = await this.world.plans.plan(actor, planId);
    return { planId, track, revision: plan.revision, ...(await this.seen(actor, planId)) };
  }

  private async judge(actor: Actor, planId: string, track: 'AVTAL' | 'HSL', fail: boolean): Promise<unknown> {
    const { view, content } = await this.content(actor, planId);
    const [measureId, measureHash] = this.one([...(content ? measureHashes(content) : [])]) ?? ['', ''];
    const axes = (['ATGARD', 'TIDPLAN'] as const).map((axis) => {
      const fails = fail && this.random() < 0.6;
      return { axis, verdict: fails ? ('INTE_RIMLIG' as const) : ('RIMLIG' as const), grounds: fails ? 'Oklart.' : '' };
    });
    return this.world.plans.judge(actor, { planId, track, revision: view.plan.revision, measureId, measureHash, axes });
  }

  private async reportMeasure(actor: Actor, planId: string): Promise<unknown> {
    const measure = this.one(await (await this.world.plans.plan(actor, planId)).execution());
    const doneOn = swedishDate(this.world.clock.now());
    return this.world.plans.reportMeasure(actor, { planId, measureId: measure?.measureId ?? '', status: 'DONE', doneOn, words: 'Klart.' });
  }

  private async verify(actor: Actor, planId: string, refuse: boolean): Promise<unknown> {
    const measure = this.one(await (await this.world.plans.plan(actor, planId)).execution());
    const { manifestHash } = await this.seen(actor, planId);
    const verification = refuse ? 'REFUSED' : 'VERIFIED';
    const found = { measureId: measure?.measureId ?? '', verification, grounds: 'Sett.', manifestHash } as const;
    return this.world.plans.verifyMeasure(actor, { planId, ...found });
  }

  private async edit(actor: Actor, planId: string): Promise<unknown> {
    const { view, content } = await this.content(actor, planId);
    const key = `${planId} ${actor.userId}`;
    const tab = this.tabs.get(key) ?? (await PlanTab.open(this.world, planId, actor));
    if (!tab || !content) return new Refused('NOT_FOUND', '');
    const measure = this.one(content.measures);
    const change = this.random();
    const locks = measure && (await view.locks()).find(({ measureId }) => measureId === measure.id);
    const code = await tab.write((doc) => {
      if (!measure || (change < 0.15 && content.measures.length < 4)) return whole(doc);
      if (change < 0.2 && content.measures.length > 2) return removeMeasure(doc, measure.id);
      if (change < 0.6) return setDate(doc, measure.id, 'followUpBy', measure.followUpBy === '2023-12-01' ? '2023-12-15' : '2023-12-01');
      const text = entryMap(doc, 'measures', measure.id)?.get('responsible') as Y.Text;
      text.insert(text.length, 'x');
    });
    if (code !== null) {
      this.tabs.delete(key);
      return new Refused(code, '');
    }
    this.tabs.set(key, tab);
    this.run.edits.push({ planId, lease: tab.lease, userId: actor.userId, state: view.plan.state });
    const locked = change < 0.6 ? locks?.tidplanLocked : locks?.atgardLocked;
    if (change >= 0.2 && locked) this.run.lockedEdits.push(`${planId} ${measure?.id ?? ''}`);
    return null;
  }
}

function whole(doc: Y.Doc): void {
  const causeIds = [addCause(doc, { text: 'Rutinen är inte beslutad.' })];
  const dates = { doneBy: '2023-10-20', followUpBy: '2023-11-15' };
  addMeasure(doc, { what: 'Besluta rutinen', how: 'På träff.', followUpHow: 'Stickprov.', responsible: 'Chefen', causeIds, ...dates });
}
