import 'reflect-metadata';
import { addCause, addMeasure, entryMap, measureHashes, removeMeasure, setDate, type PlanContent } from '@samsyn/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { PlanTab } from '../../../../test/builders/planTab.js';
import { plansWorld, type PlansWorld } from '../../../../test/builders/plansWorld.js';
import { Refused } from '../../platform/outcome.js';
import type { Actor } from '../accounts/index.js';
import type { Axis, AxisJudgement } from './judgement.rules.js';
import type { Track } from './plan.model.js';

const done = <T>(outcome: T | Refused): T => {
  if (outcome instanceof Refused) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
};
const codeOf = (outcome: unknown): string | null => (outcome instanceof Refused ? outcome.code : null);

/** Both axes; those named are not reasonable. */
const axes = (...failing: Axis[]): AxisJudgement[] =>
  (['ATGARD', 'TIDPLAN'] as const).map((axis) => {
    const fails = failing.includes(axis);
    return { axis, verdict: fails ? 'INTE_RIMLIG' : 'RIMLIG', grounds: fails ? `Inte ${axis.toLowerCase()} så.` : '' };
  });

/** A plan with a cause and as many measures, each with its own title. */
function writeMeasures(doc: Y.Doc, titles: readonly string[]): void {
  const causeIds = [addCause(doc, { text: 'Rutinen är inte beslutad.' })];
  const rest = { how: 'På träff.', followUpHow: 'Stickprov.', responsible: 'Chefen', doneBy: '2023-10-20', followUpBy: '2023-11-15' };
  for (const what of titles) addMeasure(doc, { what, causeIds, ...rest });
}

/** A plan by its finding, driven by people through the services and the real engine. */
class Story {
  constructor(
    readonly world: PlansWorld,
    readonly planId: string,
  ) {}

  static async begin(world: PlansWorld, key: string, tracks?: Track[]): Promise<Story> {
    const { id } = await world.north.finding(key);
    const chosen = tracks ? [{ findingId: id, tracks }] : [];
    const demand = { findingIds: [id], deadline: '2023-10-12', grounds: null, tracks: chosen };
    const [plan] = await done(await world.plans.issueDemand(world.reviewer, demand)).plans();
    const story = new Story(world, plan?.plan.id ?? '');
    done(await world.plans.open(world.chief, story.planId));
    done(await world.plans.share(world.chief, story.planId));
    return story;
  }

  view = (actor: Actor = this.world.chief) => this.world.plans.plan(actor, this.planId);
  async text() {
    const text = await (await this.view()).text();
    if (!text) throw new Error('no text');
    return { ...text, content: JSON.parse(text.canonicalJson) as PlanContent };
  }
  async seen() {
    const { contentHash, manifestHash } = await this.text();
    return { contentHash, manifestHash };
  }
  async measure(what: string) {
    const { content } = await this.text();
    const id = content.measures.find((measure) => measure.what === what)?.id ?? '';
    return { measureId: id, measureHash: measureHashes(content).get(id) ?? '' };
  }
  async write(change: (doc: Y.Doc) => void, actor: Actor = this.world.worker): Promise<string | null> {
    const tab = await PlanTab.open(this.world, this.planId, actor);
    return tab ? tab.write(change) : 'NOT_FOUND';
  }
  async submit() {
    return done(await this.world.plans.submit(this.world.chief, this.planId, await this.seen()));
  }
  async judge(actor: Actor, track: Track, what: string, judged: AxisJudgement[]) {
    const { plan } = await this.view();
    const target = { planId: this.planId, track, revision: plan.revision, ...(await this.measure(what)) };
    return this.world.plans.judge(actor, { ...target, axes: judged });
  }
  async decided(track: Track) {
    return { planId: this.planId, track, revision: (await this.view()).plan.revision, ...(await this.seen()) };
  }
  async conclude(actor: Actor, track: Track, words: string | null = null) {
    return this.world.plans.conclude(actor, await this.decided(track), words);
  }
  async report(what: string, actor: Actor = this.world.worker, doneOn = '2023-10-20') {
    const { measureId } = await this.measure(what);
    return this.world.plans.reportMeasure(actor, { planId: this.planId, measureId, status: 'DONE', doneOn, words: `${what}: klart.` });
  }
  async verify(what: string, refusedFor: string | null = null, actor: Actor = this.world.reviewer) {
    const [{ measureId }, { manifestHash }] = [await this.measure(what), await this.seen()];
    const verification = refusedFor === null ? 'VERIFIED' : 'REFUSED';
    return this.world.plans.verifyMeasure(actor, { planId: this.planId, measureId, verification, grounds: refusedFor, manifestHash });
  }
}

describe('the whole life of a plan', () => {
  let world: PlansWorld;
  let story: Story;
  const titles = ['Besluta rutinen', 'Utbilda alla', 'Sammanställ varje månad'] as const;
  const [first, second, third] = titles;
  beforeAll(async () => {
    world = await plansWorld({ engine: true });
    story = await Story.begin(world, 'kv-3');
    expect(await story.write((doc) => writeMeasures(doc, titles))).toBeNull();
    await story.submit();
  });
  afterAll(() => world.close());
  const edit = async (what: string, field: string, actor?: Actor): Promise<string | null> => {
    const { measureId } = await story.measure(what);
    return story.write((doc) => {
      if (field === 'doneBy') return setDate(doc, measureId, 'doneBy', '2023-10-25');
      const text = entryMap(doc, 'measures', measureId)?.get(field) as Y.Text;
      text.insert(text.length, '!');
    }, actor);
  };

  it('a judgement is of what was on the screen, of both axes, and has grounds for what is not reasonable (I4)', async () => {
    const target = { planId: story.planId, track: 'AVTAL', revision: 1, ...(await story.measure(first)) } as const;
    const judge = (change: object) => world.plans.judge(world.reviewer, { ...target, axes: axes(), ...change });
    expect(codeOf(await judge({ measureHash: 'another' }))).toBe('CONTENT_CHANGED');
    expect(codeOf(await judge({ revision: 2 }))).toBe('CONTENT_CHANGED');
    expect(codeOf(await judge({ axes: axes().slice(1) }))).toBe('AXES_INCOMPLETE');
    const blank = axes('TIDPLAN').map((judged) => ({ ...judged, grounds: ' ' }));
    expect(await judge({ axes: blank })).toMatchObject({ code: 'GROUNDS_MISSING', faults: [{ path: 'axes/TIDPLAN/grounds' }] });
    expect(codeOf(await world.plans.judge(world.mas, { ...target, axes: axes() }))).toBe('ROLE_MISSING');
    expect((await story.view()).plan.tracks[0]?.reviewBegunAt).toBeNull();
  });

  it('the first judgement begins the review; a new one replaces it and the earlier stays', async () => {
    done(await story.judge(world.reviewer, 'AVTAL', first, axes('ATGARD')));
    expect(codeOf(await world.plans.takeBack(world.chief, story.planId))).toBe('WRONG_STATE');
    done(await story.judge(world.reviewer, 'AVTAL', first, axes()));
    const judgements = await (await story.view(world.reviewer)).judgements();
    expect(judgements.map(({ outcome, current, decidedBy }) => [outcome, current, decidedBy.role])).toEqual([
      ['GODKAND', true, 'AVTALSANSVARIG'],
      ['DELVIS', false, 'AVTALSANSVARIG'],
    ]);
  });

  it('is not concluded while a measure is without a judgement', async () => {
    const refused = await story.conclude(world.reviewer, 'AVTAL');
    expect(refused).toMatchObject({ code: 'JUDGEMENTS_MISSING', faults: [{ message: 'Åtgärd 2 är inte bedömd.' }, { path: /./ }] });
  });

  it('one measure of three is returned, with the grounds of what failed', async () => {
    done(await story.judge(world.reviewer, 'AVTAL', second, axes('ATGARD', 'TIDPLAN')));
    done(await story.judge(world.reviewer, 'AVTAL', third, axes()));
    const { plan } = done(await story.conclude(world.reviewer, 'AVTAL'));
    expect(plan.state).toBe('RETURNED');
    const view = await story.view();
    expect((await view.latestReturn())?.grounds).toBe('Åtgärd 2, åtgärd: Inte atgard så.\nÅtgärd 2, tidplan: Inte tidplan så.');
    const locked = await Promise.all([first, third].map((what) => story.measure(what)));
    expect(await view.locks()).toEqual(locked.map(({ measureId }) => ({ measureId, atgardLocked: true, tidplanLocked: true })));
  });

  it('only that measure is writable, by either side, through the real gate; what is added is open at once', async () => {
    for (const actor of [world.worker, world.reviewer]) {
      for (const what of [first, third])
        for (const field of ['what', 'responsible', 'doneBy'])
          expect(await edit(what, field, actor), `${what} ${field}`).toBe('PATH_NOT_WRITABLE');
      expect(await edit(second, 'responsible', actor)).toBeNull();
    }
    const { measureId } = await story.measure(first);
    expect(await story.write((doc) => removeMeasure(doc, measureId))).toBe('PATH_NOT_WRITABLE');
    const tab = await PlanTab.open(world, story.planId, world.worker);
    let added = '';
    expect(await tab?.write((doc) => void (added = addMeasure(doc, { what: 'Ny' })))).toBeNull();
    expect(await tab?.write((doc) => (entryMap(doc, 'measures', added)?.get('what') as Y.Text).insert(0, 'Helt '))).toBeNull();
    expect(await tab?.write((doc) => removeMeasure(doc, added))).toBeNull();
  });

  it('a resubmission that is taken back keeps the locks', async () => {
    await story.submit();
    done(await world.plans.takeBack(world.chief, story.planId));
    expect((await story.view()).plan.state).toBe('DRAFT');
    expect(await edit(first, 'what')).toBe('PATH_NOT_WRITABLE');
    expect(await edit(second, 'responsible')).toBeNull();
    await story.submit();
  });

  it('only what changed is judged again; then the track approves', async () => {
    const view = await story.view(world.reviewer);
    expect((await view.judgements()).filter(({ current }) => current)).toHaveLength(2);
    expect(await story.conclude(world.reviewer, 'AVTAL')).toMatchObject({ code: 'JUDGEMENTS_MISSING', faults: { length: 1 } });
    done(await story.judge(world.reviewer, 'AVTAL', second, axes()));
    expect(done(await story.conclude(world.reviewer, 'AVTAL')).plan).toMatchObject({ state: 'APPROVED', revision: 3 });
    expect(await (await story.view()).nextAct()).toBe('REPORT');
  });

  it('is reported measure by measure, and as a whole by the verksamhetschef', async () => {
    world.clock.to('2023-10-30T08:00:00.000Z');
    const { measureId } = await story.measure(first);
    const report = { planId: story.planId, measureId, status: 'DONE', doneOn: '2023-10-20', words: 'Beslutad.' } as const;
    expect(codeOf(await world.plans.reportMeasure(world.reviewer, report))).toBe('ROLE_MISSING');
    expect(codeOf(await world.plans.reportMeasure(world.worker, { ...report, doneOn: null }))).toBe('DONE_ON_MISSING');
    expect(codeOf(await world.plans.reportMeasure(world.worker, { ...report, doneOn: '2023-10-31' }))).toBe('DONE_ON_FUTURE');
    expect(codeOf(await world.plans.reportMeasure(world.worker, { ...report, words: ' ' }))).toBe('WORDS_MISSING');
    done(await world.plans.reportMeasure(world.worker, { ...report, status: 'UNDER_WAY', doneOn: null, words: null }));
    done(await story.report(first));
    done(await story.report(second));
    expect(await world.plans.report(world.chief, story.planId)).toMatchObject({ code: 'REPORTS_MISSING', faults: { length: 1 } });
    done(await story.report(third));
    world.evidence.add(story.planId, measureId, 'rutin.pdf');
    world.evidence.add(story.planId, (await story.measure(second)).measureId, 'lista.csv');
    expect(codeOf(await world.plans.report(world.worker, story.planId))).toBe('ROLE_MISSING');
    expect(done(await world.plans.report(world.chief, story.planId)).plan).toMatchObject({
      state: 'REPORTED',
      reportedAt: world.clock.now(),
    });
    expect(codeOf(await story.report(first))).toBe('WRONG_STATE');
  });

  it('one verification is refused: only that measure is open, is mended, and all are verified', async () => {
    const { measureId } = await story.measure(first);
    const stale = { planId: story.planId, measureId, verification: 'VERIFIED', grounds: null, manifestHash: 'stale' } as const;
    expect(codeOf(await world.plans.verifyMeasure(world.reviewer, stale))).toBe('CONTENT_CHANGED');
    expect(codeOf(await story.verify(first, null, world.mas))).toBe('ROLE_MISSING');
    done(await story.verify(first));
    expect(codeOf(await story.verify(first))).toBe('NOTHING_TO_VERIFY');
    expect(codeOf(await story.verify(second, ' '))).toBe('GROUNDS_MISSING');
    expect(done(await story.verify(second, 'Listan visar bara en enhet.')).plan).toMatchObject({ state: 'APPROVED', reportedAt: null });
    const execution = await (await story.view()).execution();
    expect(execution.map(({ open, reported }) => [open, reported])).toEqual([
      [false, true],
      [true, false],
      [false, true],
    ]);
    expect(await execution[1]?.evidence()).toMatchObject([{ fileName: 'lista.csv' }]);
    expect(codeOf(await story.report(first))).toBe('MEASURE_NOT_OPEN');
    done(await story.report(second));
    done(await world.plans.report(world.chief, story.planId));
    done(await story.verify(second));
    const { plan } = done(await story.verify(third));
    expect(plan).toMatchObject({ state: 'VERIFIED', verifiedAt: world.clock.now(), durabilityDue: '2024-04-30' });
  });

  it('has it held? On its day, not before; when not, the finding stands', async () => {
    expect(codeOf(await world.plans.checkDurability(world.reviewer, story.planId, true, null))).toBe('DURABILITY_NOT_DUE');
    world.clock.to('2024-04-30T08:00:00.000Z');
    expect(await (await story.view(world.reviewer)).nextAct()).toBe('CHECK_DURABILITY');
    expect((await world.plans.plans(world.reviewer, { waitingForMe: true }, 50, null)).nodes.map(({ plan }) => plan.id)).toEqual([
      story.planId,
    ]);
    expect(codeOf(await world.plans.checkDurability(world.reviewer, story.planId, false, ''))).toBe('GROUNDS_MISSING');
    done(await world.plans.checkDurability(world.reviewer, story.planId, false, 'Stickprovet visar samma brist.'));
    expect(await (await story.view(world.reviewer)).nextAct()).toBe('DECIDE_NEXT');
    const area = (await world.assessment.areaAssessment(world.reviewer, 2022, 'kundvalet', null)).live;
    expect(area).toMatchObject({ step: 'NOT_REMEDIED', colour: 'RED' });
  });

  it('is escalated by whom the rung names; passing rungs over takes grounds', async () => {
    const { planId } = story;
    const step = { planId, rungId: 'varning', grounds: 'Andra gången samma brist.', skippedGrounds: null };
    expect(codeOf(await world.plans.escalate(world.reviewer, step))).toBe('ROLE_MISSING');
    expect(codeOf(await world.plans.escalate(world.director, step))).toBe('RUNG_SKIPPED');
    expect(codeOf(await world.plans.escalate(world.director, { ...step, rungId: 'okänt' }))).toBe('RUNG_UNKNOWN');
    done(await world.plans.escalate(world.director, { ...step, skippedGrounds: 'Dialog och ny plan är prövade.' }));
    expect(codeOf(await world.plans.escalate(world.director, { ...step, skippedGrounds: 'igen' }))).toBe('RUNG_PASSED');
    expect(await (await story.view()).escalation()).toMatchObject([
      {
        rung: { name: 'Varning om vitesföreläggande' },
        deadline: '2024-05-30',
        by: { role: 'DIREKTOR' },
        diaryNumber: /^NORR 2023\/1-\d+$/,
      },
    ]);
    expect((await (await story.view()).ladder()).map(({ id }) => id)).toEqual(['dialog', 'ny-plan', 'varning', 'vite', 'avslut']);
  });

  it('a new round is the same text, shared and open, with no judgement of the rounds before', async () => {
    done(await world.plans.startNewRound(world.reviewer, story.planId, '2024-06-01'));
    const view = await story.view();
    expect(view.plan).toMatchObject({ state: 'DRAFT', round: 2, deadline: '2024-06-01', durabilityDue: null, reportedAt: null });
    expect((await view.judgements()).every(({ current }) => !current)).toBe(true);
    expect([await view.locks(), await view.execution(), await view.latestReturn()]).toEqual([[], [], null]);
    expect(await edit(first, 'what')).toBeNull();
    await story.submit();
    expect(codeOf(await story.conclude(world.reviewer, 'AVTAL'))).toBe('JUDGEMENTS_MISSING');
    done(await world.plans.approve(world.reviewer, await story.decided('AVTAL')));
    expect((await (await story.view()).execution()).map(({ report }) => report)).toEqual([null, null, null]);
  });

  it('is in the diary and in a record that proves itself, and the assessment is what the events say (I8, I11)', async () => {
    const timeline = await (await story.view(world.reviewer)).timeline();
    const numbers = timeline.flatMap(({ diaryNumber }) => diaryNumber ?? []);
    expect(numbers).toEqual(numbers.map((_, at) => `NORR 2023/1-${at + 1}`));
    expect(timeline.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Åtgärd 2 bedömd: återsänd, spår avtal', 'Åtgärd 1 verifierad']),
    );
    expect(await world.audit.verify(world.north.id)).toMatchObject({ broken: null });
    expect(await world.assessment.recompute(world.north.id, 2022)).toMatchObject({ differing: 0 });
  });
});

describe('two tracks at once', () => {
  let world: PlansWorld;
  let story: Story;
  beforeAll(async () => {
    world = await plansWorld({ engine: true });
    story = await Story.begin(world, 'kv-1', ['HSL', 'AVTAL']);
    expect(await story.write((doc) => writeMeasures(doc, ['Ett', 'Två']))).toBeNull();
    await story.submit();
  });
  afterAll(() => world.close());

  it('a demand names the tracks; a finding without any is refused', async () => {
    expect((await story.view()).plan.tracks.map(({ track }) => track)).toEqual(['AVTAL', 'HSL']);
    const { id } = await world.north.finding('kv-3');
    const demand = { findingIds: [id], deadline: '2023-10-12', grounds: null, tracks: [{ findingId: id, tracks: [] }] };
    expect(codeOf(await world.plans.issueDemand(world.reviewer, demand))).toBe('TRACKS_MISSING');
  });

  it('one approves, the other returns: the plan is back, and what either found wanting is open', async () => {
    const [avtal] = await Promise.all([
      world.plans.approve(world.reviewer, await story.decided('AVTAL')),
      story.judge(world.mas, 'HSL', 'Ett', axes()),
    ]);
    expect(done(avtal).plan.state).toBe('SUBMITTED');
    done(await story.judge(world.mas, 'HSL', 'Två', axes('TIDPLAN')));
    expect(done(await story.conclude(world.mas, 'HSL', 'Se tidplanen.')).plan.state).toBe('RETURNED');
    expect((await (await story.view()).locks()).map(({ atgardLocked, tidplanLocked }) => [atgardLocked, tidplanLocked])).toEqual([
      [true, true],
      [true, false],
    ]);
    expect((await (await story.view()).latestReturn())?.grounds).toBe('Se tidplanen.');
  });

  it('is approved when both approved the same revision', async () => {
    const { measureId } = await story.measure('Två');
    expect(await story.write((doc) => setDate(doc, measureId, 'followUpBy', '2023-12-01'))).toBeNull();
    await story.submit();
    expect(done(await world.plans.approve(world.mas, await story.decided('HSL'))).plan.state).toBe('SUBMITTED');
    expect(await story.conclude(world.reviewer, 'AVTAL')).toMatchObject({ code: 'JUDGEMENTS_MISSING', faults: { length: 1 } });
    done(await story.judge(world.reviewer, 'AVTAL', 'Två', axes()));
    expect(done(await story.conclude(world.reviewer, 'AVTAL')).plan.state).toBe('APPROVED');
    expect((await story.view()).plan.tracks.map(({ approvedRevision }) => approvedRevision)).toEqual([2, 2]);
  });

  it('I7: what another provider or huvudman asks about it, it asks about nothing', async () => {
    const { measureId } = await story.measure('Ett');
    for (const actor of [world.otherChief, world.stranger])
      for (const act of [
        () => story.judge(actor, 'AVTAL', 'Ett', axes()),
        () => story.conclude(actor, 'AVTAL'),
        () => world.plans.reportMeasure(actor, { planId: story.planId, measureId, status: 'DONE', doneOn: null, words: null }),
        () => world.plans.report(actor, story.planId),
        () => story.verify('Ett', null, actor),
        () => world.plans.checkDurability(actor, story.planId, true, null),
        () => world.plans.findNotRemedied(actor, story.planId, 'x'),
        () => world.plans.startNewRound(actor, story.planId, '2024-01-01'),
        () => world.plans.escalate(actor, { planId: story.planId, rungId: 'dialog', grounds: 'x', skippedGrounds: null }),
      ])
        await expect(act()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
