import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plansWorld, writeWhole, type PlansWorld } from '../../../../test/builders/plansWorld.js';
import { Refused } from '../../platform/outcome.js';
import type { PlanView } from './planView.model.js';

/** The value of an act that must not be refused. */
function done<T>(outcome: T | Refused): T {
  if (outcome instanceof Refused) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
}
const codeOf = (outcome: unknown): string | null => (outcome instanceof Refused ? outcome.code : null);

describe('a plan from demand to approval', () => {
  let world: PlansWorld;
  let planId: string;
  beforeAll(async () => {
    world = await plansWorld();
  });
  afterAll(() => world.close());

  const seen = async (actor = world.chief): Promise<PlanView> => world.plans.plan(actor, planId);
  const hashes = async () => {
    const text = await (await seen()).text();
    return { contentHash: text?.contentHash ?? '', manifestHash: text?.manifestHash ?? '' };
  };

  it('is demanded for a finding, with its track and deadline', async () => {
    const { id: findingId } = await world.north.finding('kv-3');
    const demand = done(
      await world.plans.issueDemand(world.reviewer, { findingIds: [findingId], deadline: '2023-10-12', grounds: ' Rutinen saknas. ' }),
    );
    expect(demand.demand).toMatchObject({ deadline: '2023-10-12', grounds: 'Rutinen saknas.', providerId: world.careId, year: 2022 });
    const [plan] = await demand.plans();
    planId = plan?.plan.id ?? '';
    expect(plan?.plan).toMatchObject({ state: 'REQUESTED', revision: 0, deadline: '2023-10-12' });
    expect(plan?.plan.tracks.map(({ track, deadline }) => [track, deadline])).toEqual([['AVTAL', '2023-10-12']]);
    expect(plan?.finding.krav).toBe('Rutin för avvikelser');
    expect(await (await seen()).nextAct()).toBe('OPEN');
    expect(await (await seen()).text()).toBeNull();
  });

  it('is opened by the verksamhetschef, and written privately', async () => {
    expect(codeOf(await world.plans.open(world.unitHead, planId))).toBe('ROLE_MISSING');
    expect(codeOf(await world.plans.open(world.reviewer, planId))).toBe('ROLE_MISSING');
    expect(done(await world.plans.open(world.chief, planId))).toMatchObject({
      plan: { state: 'DRAFT' },
      shared: false,
      acts: ['WRITE', 'SHARE', 'SUBMIT', 'COMMENT'],
    });
    expect(codeOf(await world.plans.open(world.chief, planId))).toBe('WRONG_STATE');
    expect(await (await seen()).nextAct()).toBe('WRITE');
    expect([...((await world.access.accessTo(planId, world.worker))?.writable ?? [])]).toEqual(['*']);
  });

  it('shows the förvaltning that it is opened, and by no road anything else (I7)', async () => {
    for (const viewer of [world.reviewer, world.mas, world.follower, world.board]) {
      const view = await seen(viewer);
      expect(view).toMatchObject({ plan: { state: 'DRAFT', sharedAt: null }, shared: false, openedAt: null });
      expect([await view.text(), await view.revisions(), await view.decisions(), await view.latestReturn()]).toEqual([null, [], [], null]);
      expect((await view.timeline()).map(({ act }) => act)).toEqual(['REQUEST']);
      const access = await world.access.accessTo(planId, viewer);
      expect([access?.canRead, access?.writable.size, access?.fromSeq]).toEqual([false, 0, Number.MAX_SAFE_INTEGER]);
    }
    const before = (await seen(world.reviewer)).plan.lastActAt;
    world.clock.to('2023-09-15T08:00:00.000Z');
    world.documents.write(planId, () => undefined);
    expect((await seen(world.reviewer)).plan.lastActAt).toEqual(before);
  });

  it('is shared one way; the förvaltning begins to see there, and writes with the provider', async () => {
    const { plan } = done(await world.plans.share(world.chief, planId));
    expect(plan.sharedAt).toEqual(world.clock.now());
    expect(world.documents.changes.at(-1)).toEqual({ documentId: planId, reason: 'SHARED', epochGrows: true, newVisibilityFloor: true });
    expect((await seen(world.reviewer)).acts).toContain('WRITE');
    const theirs = await world.access.accessTo(planId, world.reviewer);
    expect([theirs?.canRead, [...(theirs?.writable ?? [])], theirs?.fromSeq, theirs?.as.role]).toEqual([true, ['*'], 3, 'AVTALSANSVARIG']);
    expect((await world.access.accessTo(planId, world.chief))?.fromSeq).toBe(0);
    expect((await world.access.accessTo(planId, world.board))?.canRead).toBe(false);
    expect(codeOf(await world.plans.share(world.chief, planId))).toBe('WRONG_STATE');
  });

  it('is not submitted with parts missing, by another role, or on another text than the one seen (I4)', async () => {
    const refused = await world.plans.submit(world.chief, planId, await hashes());
    expect(refused).toMatchObject({ code: 'PARTS_MISSING', faults: [{ path: 'causes/+' }, { path: 'measures/+' }] });
    const stale = await hashes();
    world.documents.write(planId, writeWhole);
    expect(codeOf(await world.plans.submit(world.chief, planId, stale))).toBe('CONTENT_CHANGED');
    expect(codeOf(await world.plans.submit(world.chief, planId, { ...(await hashes()), manifestHash: '0'.repeat(64) }))).toBe(
      'CONTENT_CHANGED',
    );
    expect(codeOf(await world.plans.submit(world.unitHead, planId, await hashes()))).toBe('ROLE_MISSING');
    expect(codeOf(await world.plans.submit(world.reviewer, planId, await hashes()))).toBe('ROLE_MISSING');
    expect((await seen()).plan).toMatchObject({ state: 'DRAFT', revision: 0 });
    expect(await (await seen()).nextAct()).toBe('SUBMIT');
  });

  it('is frozen when submitted, with a receipt', async () => {
    world.clock.to('2023-09-26T14:40:00.000Z');
    const content = await hashes();
    const { plan, revision } = done(await world.plans.submit(world.chief, planId, content));
    expect(plan.plan).toMatchObject({ state: 'SUBMITTED', revision: 1 });
    expect(revision).toMatchObject({
      number: 1,
      ...content,
      receiptNumber: 'NORR-2023-000001',
      receiver: 'Huvudman norr, avtalsansvarig',
      takenBackAt: null,
    });
    expect(revision.submittedBy).toMatchObject({ userId: world.chief.userId, role: 'VERKSAMHETSCHEF' });
    expect(world.documents.changes.at(-1)).toEqual({
      documentId: planId,
      reason: 'SUBMITTED',
      epochGrows: true,
      newVisibilityFloor: false,
    });
    expect((await world.access.accessTo(planId, world.chief))?.writable.size).toBe(0);
    expect((await world.access.accessTo(planId, world.reviewer))?.fromSeq).toBe(3);
  });

  it('is taken back until the review has begun; the revision stays, marked', async () => {
    expect(done(await world.plans.takeBack(world.chief, planId)).plan.state).toBe('DRAFT');
    expect((await seen()).shared).toBe(true);
    expect((await (await seen()).revisions())[0]?.takenBackAt).toEqual(world.clock.now());
    done(await world.plans.submit(world.chief, planId, await hashes()));
    expect((await seen(world.reviewer)).acts).toEqual(['BEGIN_REVIEW', 'JUDGE', 'CONCLUDE', 'RETURN', 'APPROVE', 'COMMENT']);
    expect(codeOf(await world.plans.beginReview(world.mas, planId, 'AVTAL'))).toBe('ROLE_MISSING');
    expect(codeOf(await world.plans.beginReview(world.mas, planId, 'HSL'))).toBe('WRONG_STATE');
    expect(await (await seen(world.reviewer)).nextAct()).toBe('BEGIN_REVIEW');
    done(await world.plans.beginReview(world.reviewer, planId, 'AVTAL'));
    expect(await (await seen(world.reviewer)).nextAct()).toBe('REVIEW');
    expect(codeOf(await world.plans.takeBack(world.chief, planId))).toBe('WRONG_STATE');
  });

  it('is returned with grounds, and opens for both sides', async () => {
    const decided = { planId, track: 'AVTAL', revision: 2, ...(await hashes()) } as const;
    expect(await world.plans.returnPlan(world.reviewer, decided, ' \n ')).toMatchObject({
      code: 'GROUNDS_MISSING',
      faults: [{ path: 'grounds' }],
    });
    expect(codeOf(await world.plans.returnPlan(world.reviewer, decided, 'x'.repeat(10_001)))).toBe('TEXT_TOO_LONG');
    expect(codeOf(await world.plans.returnPlan(world.follower, decided, 'Ange vem.'))).toBe('ROLE_MISSING');
    expect(codeOf(await world.plans.returnPlan(world.reviewer, { ...decided, revision: 1 }, 'Ange vem.'))).toBe('CONTENT_CHANGED');
    world.clock.to('2023-10-02T08:12:00.000Z');
    done(await world.plans.returnPlan(world.reviewer, decided, ' Ange vem. '));
    const view = await seen();
    expect(await view.latestReturn()).toMatchObject({ revision: 2, track: 'AVTAL', grounds: 'Ange vem.', by: { role: 'AVTALSANSVARIG' } });
    expect(await view.nextAct()).toBe('MEND');
    for (const actor of [world.worker, world.follower])
      expect([...((await world.access.accessTo(planId, actor))?.writable ?? [])]).toEqual(['*']);
  });

  it('is late when its day has passed, until it is handed in again', async () => {
    world.clock.to('2023-10-12T21:59:00.000Z');
    expect((await seen()).overdue).toBe(false);
    world.clock.to('2023-10-12T22:01:00.000Z');
    expect((await seen()).overdue).toBe(true);
    expect(codeOf(await world.plans.setDeadline(world.reviewer, planId, 'AVTAL', '2023-10-12'))).toBe('DEADLINE_PAST');
    expect(done(await world.plans.setDeadline(world.reviewer, planId, 'AVTAL', '2023-10-13')).plan.deadline).toBe('2023-10-13');
    expect((await seen()).overdue).toBe(false);
  });

  it('is mended, submitted as the next revision, and approved by its hash (I4)', async () => {
    const first = await hashes();
    world.documents.write(planId, writeWhole);
    expect(await (await seen()).nextAct()).toBe('SUBMIT');
    const second = await hashes();
    done(await world.plans.submit(world.chief, planId, second));
    const decided = { planId, track: 'AVTAL', revision: 3 } as const;
    expect(codeOf(await world.plans.approve(world.reviewer, { ...decided, ...first }))).toBe('CONTENT_CHANGED');
    expect(codeOf(await world.plans.approve(world.reviewer, { ...decided, ...second, revision: 2 }))).toBe('CONTENT_CHANGED');
    world.documents.write(planId, (doc) => doc.getMap('causes').delete('none'));
    expect(done(await world.plans.approve(world.reviewer, { ...decided, ...second })).plan.state).toBe('APPROVED');
    const view = await seen();
    expect(view.plan.tracks[0]).toMatchObject({ approvedRevision: 3, approvedAt: world.clock.now() });
    expect(await view.decisions()).toMatchObject([
      { outcome: 'RETURNED', revision: 2 },
      { outcome: 'APPROVED', revision: 3, contentHash: second.contentHash },
    ]);
    expect((await view.revisions()).map(({ number, contentHash }) => [number, contentHash])).toEqual([
      [3, second.contentHash],
      [2, first.contentHash],
      [1, first.contentHash],
    ]);
    expect(codeOf(await world.plans.approve(world.reviewer, { ...decided, ...second }))).toBe('WRONG_STATE');
  });

  it('refuses a decision when the document is not the revision, whatever the screen says', async () => {
    const { id: findingId } = await world.north.finding('kv-1');
    const [plan] = await done(
      await world.plans.issueDemand(world.reviewer, { findingIds: [findingId], deadline: '2023-12-01', grounds: null }),
    ).plans();
    const id = plan?.plan.id ?? '';
    done(await world.plans.open(world.chief, id));
    world.documents.write(id, writeWhole);
    const text = await (await world.plans.plan(world.chief, id)).text();
    const content = { contentHash: text?.contentHash ?? '', manifestHash: text?.manifestHash ?? '' };
    const { revision, plan: after } = done(await world.plans.submit(world.chief, id, content));
    expect(revision.receiver).toBe('Huvudman norr, MAS och MAR');
    expect(after.shared).toBe(true);
    expect(world.documents.changes.at(-1)).toMatchObject({ reason: 'SUBMITTED', newVisibilityFloor: true });
    world.documents.write(id, writeWhole);
    expect(codeOf(await world.plans.approve(world.mas, { planId: id, track: 'HSL', revision: 1, ...content }))).toBe('CONTENT_CHANGED');
  });

  it('leaves every act as an event in order, and in a record that proves itself (I11)', async () => {
    const events = await world.plans.planEvents(world.north.id, 2022);
    expect(events).toEqual(world.told);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    const own = events.filter((event) => event.planId === planId);
    expect(own.map(({ act, from, to }) => [act, from, to])).toEqual([
      ['REQUEST', null, 'REQUESTED'],
      ['OPEN', 'REQUESTED', 'DRAFT'],
      ['SHARE', 'DRAFT', 'DRAFT'],
      ['SUBMIT', 'DRAFT', 'SUBMITTED'],
      ['TAKE_BACK', 'SUBMITTED', 'DRAFT'],
      ['SUBMIT', 'DRAFT', 'SUBMITTED'],
      ['BEGIN_REVIEW', 'SUBMITTED', 'SUBMITTED'],
      ['RETURN', 'SUBMITTED', 'RETURNED'],
      ['SET_DEADLINE', 'RETURNED', 'RETURNED'],
      ['SUBMIT', 'RETURNED', 'SUBMITTED'],
      ['APPROVE', 'SUBMITTED', 'APPROVED'],
    ]);
    expect((await (await seen(world.reviewer)).timeline()).map(({ text }) => text).at(-2)).toBe(
      'Revision 3 inlämnad, kvittens NORR-2023-000003',
    );
    // Opening is the provider's own: no entry in the record that the huvudman reads (I7).
    const opened = events.filter(({ act }) => act === 'OPEN').length;
    expect(opened).toBeGreaterThan(0);
    expect(await world.audit.verify(world.north.id)).toMatchObject({ broken: null, entries: events.length - opened });
    const { nodes } = await world.audit.list(world.reviewer, { subjectId: planId }, { first: 50 });
    expect(nodes.map(({ act }) => act)).toEqual(expect.arrayContaining(['plan.share', 'plan.submit', 'plan.return', 'plan.approve']));
  });
});
