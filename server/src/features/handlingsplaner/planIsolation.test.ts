import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anActor, plansWorld, writeWhole, type PlansWorld } from '../../../../test/builders/plansWorld.js';
import { DomainError, Refused } from '../../platform/outcome.js';
import type { Actor } from '../accounts/index.js';
import { PlanStore } from './plan.store.js';
import type { PlanFilter } from './planQueries.service.js';

const UNKNOWN = 'f'.repeat(32);
const denial = async (act: Promise<unknown>): Promise<{ code: string; message: string } | null> => {
  const error = await act.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof DomainError ? { code: error.code, message: error.message } : null;
};
const codeOf = (outcome: unknown): string | null => (outcome instanceof Refused ? outcome.code : null);

describe('plans among others', () => {
  let world: PlansWorld;
  const plans = new Map<string, string>();
  const keyOf = (planId: string): string => [...plans].find(([, id]) => id === planId)?.[0] ?? '?';

  const demand = async (by: Actor, place: PlansWorld['north'], name: string, keys: string[], deadline = '2023-10-12'): Promise<void> => {
    const findings = await Promise.all(keys.map((key) => place.finding(key)));
    const outcome = await world.plans.issueDemand(by, { findingIds: findings.map(({ id }) => id), deadline, grounds: null });
    if (outcome instanceof Refused) throw new Error(outcome.code);
    for (const view of await outcome.plans()) plans.set(`${name}/${view.finding.key}`, view.plan.id);
  };
  const listed = async (actor: Actor, filter: PlanFilter = {}): Promise<string[]> =>
    (await world.plans.plans(actor, filter, 50, null)).nodes.map((view) => keyOf(view.plan.id)).sort();
  const id = (key: string): string => plans.get(key) ?? '';
  const submit = async (key: string): Promise<{ contentHash: string; manifestHash: string }> => {
    world.documents.write(id(key), writeWhole);
    const text = await (await world.plans.plan(world.chief, id(key))).text();
    const content = { contentHash: text?.contentHash ?? '', manifestHash: text?.manifestHash ?? '' };
    expect(await world.plans.submit(world.chief, id(key), content)).not.toBeInstanceOf(Refused);
    return content;
  };

  beforeAll(async () => {
    world = await plansWorld();
    await demand(world.reviewer, world.north, 'norr', ['kv-1', 'kv-2', 'kv-3']);
    await demand(world.reviewer, world.north, 'norr', ['sb-1'], '2023-10-20');
    await demand(world.stranger, world.south, 'syd', ['kv-3'], '2023-10-30');
  });
  afterAll(() => world.close());

  it('answers for what is another’s as for what is not', async () => {
    const unknown = await denial(world.plans.plan(world.chief, UNKNOWN));
    expect(unknown).toMatchObject({ code: 'NOT_FOUND' });
    const planId = id('norr/kv-3');
    const content = { contentHash: '', manifestHash: '' };
    const decided = { planId, track: 'AVTAL', revision: 1, ...content } as const;
    for (const actor of [world.otherChief, world.stranger, anActor('NAMND', world.south.id)]) {
      expect(await denial(world.plans.plan(actor, planId))).toEqual(unknown);
      expect(await denial(world.plans.watchPlan(actor, planId))).toEqual(unknown);
      expect(await denial(world.plans.open(actor, planId))).toEqual(unknown);
      expect(await denial(world.plans.submit(actor, planId, content))).toEqual(unknown);
      expect(await denial(world.plans.approve(actor, decided))).toEqual(unknown);
      expect(await denial(world.plans.setDeadline(actor, planId, 'AVTAL', '2023-12-01'))).toEqual(unknown);
      expect(await world.access.accessTo(planId, actor)).toBeNull();
    }
    expect(await world.access.accessTo(UNKNOWN, world.chief)).toBeNull();
  });

  it('lists each viewer’s own', async () => {
    const norr = ['norr/kv-1', 'norr/kv-2', 'norr/kv-3', 'norr/sb-1'];
    expect(await listed(world.chief)).toEqual(norr.slice(0, 3));
    expect(await listed(world.otherChief)).toEqual(['norr/sb-1']);
    expect(await listed(world.reviewer)).toEqual(norr);
    expect(await listed(world.stranger)).toEqual(['syd/kv-3']);
    expect(await listed({ ...world.chief, memberships: [] })).toEqual([]);
    expect(await listed(world.reviewer, { huvudmanId: world.south.id })).toEqual([]);
    expect((await world.plans.demands(world.chief, 2022)).map(({ demand: row }) => row.deadline)).toEqual(['2023-10-12']);
    expect(await world.plans.demands(world.chief, 2021)).toEqual([]);
  });

  it('shows a provider its plans in every huvudman it serves, and neither huvudman the other’s', async () => {
    const [area] = await world.contracts.contractAreas(world.south.id, 2022);
    const provider = await world.contracts.provider(world.careId);
    await world.contracts.ensureProvider(world.south.id, area?.id ?? '', provider?.name ?? '', 'LOV');
    const facts = {
      kind: 'BRIST',
      law: 'LSS',
      focusArea: 'samverkan',
      krav: 'Samordnad plan',
      observation: 'Saknas.',
      planInSource: '',
      planSource: 'ASSUMED',
    } as const;
    const row = { ...facts, contractAreaKey: area?.key ?? '', providerName: provider?.name ?? '' };
    await world.findings.importFindings(world.south.id, 2022, new Map([['kv-9', row]]));
    const finding = (await world.findings.findingsOf(world.south.id, 2022)).find(({ key }) => key === 'kv-9');
    const place = { ...world.south, finding: () => (finding ? Promise.resolve(finding) : Promise.reject(new Error('kv-9'))) };
    await demand(world.stranger, place, 'syd', ['kv-9'], '2023-11-01');
    expect(await listed(world.chief)).toEqual(['norr/kv-1', 'norr/kv-2', 'norr/kv-3', 'syd/kv-9']);
    expect(await listed(world.chief, { huvudmanId: world.south.id })).toEqual(['syd/kv-9']);
    expect(await listed(world.reviewer)).not.toContain('syd/kv-9');
  });

  it('narrows by year, area, state, step, words and lateness, and pages by cursor', async () => {
    expect(await listed(world.reviewer, { contractAreaKey: 'sabo' })).toEqual(['norr/sb-1']);
    expect(await listed(world.reviewer, { year: 2021 })).toEqual([]);
    expect(await listed(world.reviewer, { search: 'DELEGERING norr' })).toEqual(['norr/kv-1']);
    expect(await listed(world.reviewer, { search: '100%_' })).toEqual([]);
    expect(await listed(world.reviewer, { search: '%' })).toEqual([]);
    expect(await listed(world.reviewer, { step: 'SUBMITTED' })).toEqual([]);
    expect(await listed(world.reviewer, { step: 'REQUESTED', states: ['SUBMITTED'] })).toEqual([]);
    expect(await listed(world.reviewer, { overdue: true })).toEqual([]);
    world.clock.to('2023-10-13T08:00:00.000Z');
    expect(await listed(world.reviewer, { overdue: true })).toEqual(['norr/kv-1', 'norr/kv-2', 'norr/kv-3']);
    const first = await world.plans.plans(world.reviewer, {}, 3, null);
    expect([first.nodes.length, first.totalCount, first.hasNextPage]).toEqual([3, 4, true]);
    const second = await world.plans.plans(world.reviewer, {}, 3, first.endCursor);
    expect([second.nodes.map((view) => keyOf(view.plan.id)), second.hasNextPage]).toEqual([['norr/sb-1'], false]);
    expect(await denial(world.plans.plans(world.reviewer, {}, 0, null))).toMatchObject({ code: 'BAD_INPUT' });
    expect(await denial(world.plans.plans(world.reviewer, {}, 3, 'nonsense'))).toMatchObject({ code: 'BAD_INPUT' });
  });

  it('says what waits for whom, as the act itself is offered', async () => {
    const waiting = { waitingForMe: true };
    expect(await listed(world.chief, waiting)).toEqual(['norr/kv-1', 'norr/kv-2', 'norr/kv-3', 'syd/kv-9']);
    expect(await listed(world.worker, waiting)).toEqual([]);
    expect(await listed(world.reviewer, waiting)).toEqual([]);
    for (const key of ['norr/kv-2', 'norr/kv-3']) await world.plans.open(world.chief, id(key));
    expect(await listed(world.worker, waiting)).toEqual(['norr/kv-2', 'norr/kv-3']);
    const content = await submit('norr/kv-2');
    expect(await listed(world.reviewer, waiting)).toEqual(['norr/kv-2']);
    expect(await listed(world.mas, waiting)).toEqual(['norr/kv-2']);
    expect(await listed(world.follower, waiting)).toEqual([]);
    const approved = await world.plans.approve(world.mas, { planId: id('norr/kv-2'), track: 'HSL', revision: 1, ...content });
    expect(approved).toMatchObject({ plan: { state: 'SUBMITTED' } });
    expect(await listed(world.mas, waiting)).toEqual([]);
    expect(await listed(world.reviewer, waiting)).toEqual(['norr/kv-2']);
  });

  it('a return on one track sends the plan back; the other track decides anew on the next revision', async () => {
    const planId = id('norr/kv-2');
    const [latest] = await (await world.plans.plan(world.reviewer, planId)).revisions();
    const content = { contentHash: latest?.contentHash ?? '', manifestHash: latest?.manifestHash ?? '' };
    await world.plans.returnPlan(world.reviewer, { planId, track: 'AVTAL', revision: 1, ...content }, 'Ange vem.');
    const next = await submit('norr/kv-2');
    const half = await world.plans.approve(world.reviewer, { planId, track: 'AVTAL', revision: 2, ...next });
    expect(half).toMatchObject({ plan: { state: 'SUBMITTED' } });
    expect(await listed(world.mas, { waitingForMe: true })).toEqual(['norr/kv-2']);
    expect(await world.plans.approve(world.mas, { planId, track: 'HSL', revision: 2, ...next })).toMatchObject({
      plan: { state: 'APPROVED' },
    });
  });

  it('reads a list’s texts only where the viewer may, each once, and not at all unasked', async () => {
    world.documents.reads.length = 0;
    const { nodes } = await world.plans.plans(world.reviewer, {}, 50, null);
    expect(world.documents.reads).toEqual([]);
    for (const view of nodes) await Promise.all([view.text(), view.nextAct(), view.text()]);
    expect(world.documents.reads.map(keyOf)).toEqual(['norr/kv-2']);
  });

  it('lets of two deciders at once one win', async () => {
    const content = await submit('norr/kv-3');
    const colleague = anActor('AVTALSANSVARIG', world.north.id);
    const decided = { planId: id('norr/kv-3'), track: 'AVTAL', revision: 1, ...content } as const;
    const outcomes = await Promise.all([
      world.plans.approve(world.reviewer, decided),
      world.plans.returnPlan(colleague, decided, 'Ange vem.'),
      world.plans.approve(colleague, decided),
      world.plans.takeBack(world.chief, decided.planId),
    ]);
    expect(outcomes.filter((outcome) => !(outcome instanceof Refused))).toHaveLength(1);
    expect(outcomes.map(codeOf).filter((code) => code !== null)).toEqual(['WRONG_STATE', 'WRONG_STATE', 'WRONG_STATE']);
    const events = (await world.plans.planEvents(world.north.id, 2022)).filter(({ planId }) => planId === decided.planId);
    expect(events.map(({ act }) => act).slice(0, 3)).toEqual(['REQUEST', 'OPEN', 'SUBMIT']);
    expect(events).toHaveLength(4);
  });

  it('changes nothing on the word of an act that read an older plan', async () => {
    const store = new PlanStore(world.db);
    const read = await store.plan(id('norr/sb-1'));
    if (!read) throw new Error('no plan');
    const claim = () => world.db.tx(() => store.change(read, { lastActAt: world.clock.now() }));
    expect([await claim(), await claim()]).toEqual([true, false]);
  });

  it('demands only what belongs together, once, and again after a withdrawal', async () => {
    const findings = await Promise.all(['kv-1', 'sb-1'].map((key) => world.north.finding(key)));
    const ask = (actor: Actor, findingIds: string[], deadline = '2023-12-01') =>
      world.plans.issueDemand(actor, { findingIds, deadline, grounds: null });
    const [kv1 = '', sb1 = ''] = findings.map((finding) => finding.id);
    expect(codeOf(await ask(world.reviewer, [kv1, sb1]))).toBe('FINDINGS_NOT_TOGETHER');
    expect(await ask(world.reviewer, [kv1])).toMatchObject({ code: 'FINDING_HAS_PLAN', faults: [{ path: `findingIds/${kv1}` }] });
    expect(codeOf(await ask(world.reviewer, []))).toBe('FINDINGS_MISSING');
    expect(codeOf(await ask(world.reviewer, [kv1], '2023-10-12'))).toBe('DEADLINE_PAST');
    for (const actor of [world.stranger, world.chief, world.follower])
      expect(await denial(ask(actor, [kv1]))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await denial(ask(world.reviewer, [UNKNOWN]))).toEqual(await denial(ask(world.stranger, [kv1])));

    expect(codeOf(await world.plans.withdraw(world.follower, id('norr/kv-1'), null))).toBe('ROLE_MISSING');
    const withdrawn = await world.plans.withdraw(world.reviewer, id('norr/kv-1'), 'Avtalet har upphört.');
    expect(withdrawn).toMatchObject({ plan: { state: 'WITHDRAWN' }, acts: [] });
    const both = await Promise.all([ask(world.reviewer, [kv1]), ask(world.reviewer, [kv1])]);
    expect(both.map(codeOf).sort()).toEqual(['FINDING_HAS_PLAN', null]);
  });

  it('tells each watcher of what it sees, and stops when told to', async () => {
    const provider = world.plans.watchPlans(world.otherChief);
    const other = world.plans.watchPlans(world.stranger);
    const one = await world.plans.watchPlan(world.reviewer, id('norr/sb-1'));
    const heard = provider.next();
    const silent = other.next();
    await world.plans.setDeadline(world.reviewer, id('norr/sb-1'), 'AVTAL', '2023-12-24');
    expect((await heard).value).toEqual({ planId: id('norr/sb-1'), at: world.clock.now().toISOString() });
    expect((await one.next()).value).toMatchObject({ planId: id('norr/sb-1') });
    await Promise.all([other.return?.(), provider.return?.(), one.return?.()]);
    expect((await silent).done).toBe(true);
  });
});
