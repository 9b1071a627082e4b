import { contentHash, type PlanContent } from '@samsyn/schema';
import { expect } from 'vitest';
import { collaborationEntities } from '../../server/src/features/collaboration/index.js';
import { Refused } from '../../server/src/platform/outcome.js';
import { plansWorld, type PlansWorld } from './plansWorld.js';
import { RandomActs, seeded, type Run } from './randomActs.js';

const DAY_MS = 86_400_000;
/** Plan, and which tracks review it. */
const PLANS = [
  ['kv-1', ['AVTAL', 'HSL']],
  ['kv-2', ['HSL']],
  ['kv-3', ['AVTAL']],
] as const;

/** Random acts by random people on three plans, with the real engine. Time passes, a few days each step. */
export async function randomRun({ seed, steps }: { seed: number; steps: number }): Promise<{ world: PlansWorld; acts: RandomActs }> {
  const world = await plansWorld({ engine: true });
  const findings = await Promise.all(PLANS.map(([key]) => world.north.finding(key)));
  const tracks = findings.map(({ id: findingId }, at) => ({ findingId, tracks: PLANS[at]?.[1] ?? [] }));
  const demand = { findingIds: findings.map(({ id }) => id), deadline: '2023-10-12', grounds: null, tracks };
  const issued = await world.plans.issueDemand(world.reviewer, demand);
  if (issued instanceof Refused) throw new Error(issued.code);
  const random = seeded(seed);
  const acts = new RandomActs(
    world,
    (await issued.plans()).map(({ plan }) => plan.id),
    random,
  );
  for (let step = 0; step < steps; step++) {
    world.clock.at = new Date(world.clock.at.getTime() + Math.ceil(random() * 6) * DAY_MS);
    await acts.step();
  }
  return { world, acts };
}

/** Everything that must be true after any run. */
export async function expectInvariants(world: PlansWorld, run: Run): Promise<void> {
  await expectAuthors(world, run);
  await expectDecisions(world);
  expect(
    run.edits.filter(({ state }) => state !== 'DRAFT' && state !== 'RETURNED'),
    'I5: written while closed',
  ).toEqual([]);
  expect(run.lockedEdits, 'I5: written where locked').toEqual([]);
  expect(await world.assessment.recompute(world.north.id, 2022), 'I8').toMatchObject({ differing: 0 });
  const events = await world.plans.planEvents(world.north.id, 2022);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
  expect(events).toEqual(world.told);
  // A demand of three plans is one entry; what is opened is the provider's own.
  const recorded = events.filter(({ act }) => act !== 'OPEN' && act !== 'REQUEST').length + 1;
  expect(await world.audit.verify(world.north.id), 'I11').toMatchObject({ broken: null, entries: recorded });
}

/** I3: each row of the log is the signed-in person's whose edit it was, and there is none that nobody made. */
async function expectAuthors(world: PlansWorld, { edits }: Run): Promise<void> {
  const rows = (await world.db.em.find(collaborationEntities[1])).filter(({ userId }) => userId !== '');
  const key = ({ userId, lease }: { userId: string; lease: number }): string => `${userId} ${lease}`;
  expect(rows.map(key).sort(), 'I3').toEqual(edits.map(key).sort());
}

/** I4 and I5: what was decided is the hash of the frozen revision, and a plan that nobody may write holds what was handed in. */
async function expectDecisions(world: PlansWorld): Promise<void> {
  for (const { plan, ...view } of (await world.plans.plans(world.chief, {}, 50, null)).nodes) {
    const revisions = new Map((await view.revisions()).map((revision) => [revision.number, revision]));
    for (const { canonicalJson, contentHash: hash } of revisions.values())
      expect(contentHash(JSON.parse(canonicalJson) as PlanContent), 'I4: a frozen revision').toBe(hash);
    for (const decision of await view.decisions()) {
      const { contentHash: hash, manifestHash } = decision;
      expect({ contentHash: hash, manifestHash }, 'I4: a decision').toMatchObject({
        contentHash: revisions.get(decision.revision)?.contentHash,
        manifestHash: revisions.get(decision.revision)?.manifestHash,
      });
    }
    if (plan.revision === 0 || ['DRAFT', 'RETURNED'].includes(plan.state)) continue;
    expect((await view.text())?.contentHash, 'I5: what was handed in').toBe(revisions.get(plan.revision)?.contentHash);
    if (['APPROVED', 'REPORTED', 'VERIFIED', 'NOT_REMEDIED', 'CLOSED'].includes(plan.state))
      for (const { approvedRevision } of plan.tracks) expect(approvedRevision, 'I4: approved').toBe(plan.revision);
  }
}
