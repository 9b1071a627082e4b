import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plansWorld, writeWhole, type PlansWorld } from '../../../../test/builders/plansWorld.js';
import { Refused } from '../../platform/outcome.js';
import { planRecords, type OpenPlan, type PlanRecords } from './index.js';

const done = <T>(outcome: T | Refused): T => {
  if (outcome instanceof Refused) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
};

describe('plans as other features follow them', () => {
  let world: PlansWorld;
  let records: PlanRecords;
  let planId: string;
  beforeAll(async () => {
    world = await plansWorld();
    records = planRecords(world.db);
    const { id } = await world.north.finding('kv-3');
    const [plan] = await done(
      await world.plans.issueDemand(world.reviewer, { findingIds: [id], deadline: '2023-10-12', grounds: null, tracks: [] }),
    ).plans();
    planId = plan?.plan.id ?? '';
  });
  afterAll(() => world.close());

  const open = async (): Promise<OpenPlan | undefined> => (await records.open()).find((plan) => plan.id === planId);

  it('says what is owed: the deadline, then the review, then the measures that are not reported as done', async () => {
    expect(await open()).toMatchObject({ state: 'REQUESTED', deadline: '2023-10-12', submittedAt: null, unreported: [] });
    done(await world.plans.open(world.chief, planId));
    world.documents.write(planId, writeWhole);
    const text = await (await world.plans.plan(world.chief, planId)).text();
    const seen = { contentHash: text?.contentHash ?? '', manifestHash: text?.manifestHash ?? '' };
    done(await world.plans.submit(world.chief, planId, seen));
    expect(await open()).toMatchObject({ state: 'SUBMITTED', submittedAt: world.clock.at, tracks: [{ track: 'AVTAL', decided: false }] });
    done(await world.plans.approve(world.reviewer, { planId, track: 'AVTAL', revision: 1, ...seen }));
    const approved = await open();
    expect(approved).toMatchObject({ state: 'APPROVED', unreported: [{ doneBy: '2023-09-29' }] });
    const measureId = approved?.unreported[0]?.measureId ?? '';
    const report = { planId, measureId, doneOn: null, words: null };
    done(await world.plans.reportMeasure(world.chief, { ...report, status: 'UNDER_WAY' }));
    expect((await open())?.unreported).toHaveLength(1);
    done(await world.plans.reportMeasure(world.chief, { ...report, status: 'DONE', doneOn: '2023-09-14', words: 'Klart.' }));
    expect((await open())?.unreported).toEqual([]);
  });

  it('exports what was handed in and decided, of that huvudman alone', async () => {
    const all = await records.exportOf(world.north.id);
    expect(all.plans).toMatchObject([{ id: planId, state: 'APPROVED' }]);
    expect(all.revisions).toMatchObject([{ planId, number: 1, takenBackAt: null, submittedBy: { role: 'VERKSAMHETSCHEF' } }]);
    expect(all.decisions).toMatchObject([{ planId, outcome: 'APPROVED', revision: 1 }]);
    expect(all.reports).toHaveLength(2);
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    expect(await records.exportOf(world.south.id)).toEqual({
      plans: [],
      revisions: [],
      decisions: [],
      judgements: [],
      reports: [],
      escalations: [],
    });
  });
});
