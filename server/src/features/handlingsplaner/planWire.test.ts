import 'reflect-metadata';
import { StatementSync } from 'node:sqlite';
import { execute, parse, subscribe, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { plansWorld, writeWhole, type PlansWorld } from '../../../../test/builders/plansWorld.js';
import { Refused } from '../../platform/outcome.js';
import { buildGraphqlSchema } from '../../transport/schema.js';
import type { Actor } from '../accounts/index.js';

const WHOLE = `id state shared sharedAt openedAt deadline overdue partsDone revision nextAct acts updatedAt
  finding { key krav law contractArea { key name } provider { name } } huvudman { key planWord } tracks { track deadline approvedRevision reviewerRoles }
  demand { id deadline issuedBy { name role } contractArea { key } provider { name } plans { id state demand { id } } }
  content { contentHash manifestHash seq missing { path code message } } revisions { number receiptNumber submittedBy { name side } }
  decisions { outcome revision } latestReturn { grounds } timeline { act text by { role } }`;

describe('plans over GraphQL', () => {
  let world: PlansWorld;
  let schema: GraphQLSchema;
  const ids: string[] = [];
  const context = (actor: Actor | null) => ({
    contextValue: { actor, sessionToken: null, clientAddress: '', setCookie: () => undefined, requestId: 'r' },
  });
  const ask = async (actor: Actor | null, document: string, variableValues = {}): Promise<ExecutionResult<Record<string, never>>> =>
    JSON.parse(JSON.stringify(await execute({ schema, document: parse(document), variableValues, ...context(actor) }))) as ExecutionResult<
      Record<string, never>
    >;

  beforeAll(async () => {
    world = await plansWorld();
    schema = await buildGraphqlSchema(world.resolvers);
    for (const key of ['kv-1', 'kv-2', 'kv-3']) {
      const { id } = await world.north.finding(key);
      const { data } = await ask(
        world.reviewer,
        `mutation($i: IssueDemandInput!) { issueDemand(input: $i) { ... on IssueDemandPayload { demand { plans { id } } } } }`,
        {
          i: { findingIds: [id], deadline: '2023-10-12' },
        },
      );
      ids.push((data as unknown as { issueDemand: { demand: { plans: { id: string }[] } } }).issueDemand.demand.plans[0]?.id ?? '');
    }
    for (const id of ids) {
      await world.plans.open(world.chief, id);
      await world.plans.share(world.chief, id);
      world.documents.write(id, writeWhole);
    }
  });
  afterAll(() => world.close());

  it('answers a whole plan, as the viewer sees it', async () => {
    const { data, errors } = await ask(world.reviewer, `query($id: ID!) { plan(id: $id) { ${WHOLE} } }`, { id: ids[2] });
    expect(errors).toBeUndefined();
    expect(data?.['plan']).toMatchObject({
      state: 'DRAFT',
      nextAct: 'WAIT',
      acts: ['WRITE', 'WITHDRAW', 'SET_DEADLINE', 'COMMENT'],
      partsDone: ['MEASURES', 'RESPONSIBLE', 'TIMETABLE', 'FOLLOW_UP'],
      tracks: [{ track: 'AVTAL', deadline: '2023-10-12', approvedRevision: null, reviewerRoles: ['AVTALSANSVARIG'] }],
      content: { missing: [] },
      demand: { plans: [{ id: ids[2], state: 'DRAFT' }] },
      latestReturn: null,
    });
  });

  it('answers acts with the plan or the refusal', async () => {
    const submit = `mutation($i: SubmitPlanInput!) { submitPlan(input: $i) { __typename ... on SubmitPlanPayload { plan { state } revision { number receiptNumber } } ... on Refusal { code faults { path } } } }`;
    const text = await (await world.plans.plan(world.chief, ids[0] ?? '')).text();
    const input = { planId: ids[0], contentHash: text?.contentHash, manifestHash: text?.manifestHash };
    expect((await ask(world.chief, submit, { i: { ...input, contentHash: '' } })).data).toMatchObject({
      submitPlan: { __typename: 'Refusal', code: 'CONTENT_CHANGED', faults: [] },
    });
    expect((await ask(world.chief, submit, { i: input })).data).toMatchObject({
      submitPlan: {
        __typename: 'SubmitPlanPayload',
        plan: { state: 'SUBMITTED' },
        revision: { number: 1, receiptNumber: 'NORR-2023-000001' },
      },
    });
    const begin = await ask(
      world.mas,
      `mutation { beginReview(input: { planId: "${ids[0]}", track: HSL }) { ... on BeginReviewPayload { plan { nextAct } } } }`,
    );
    expect(begin.data).toEqual({ beginReview: { plan: { nextAct: 'REVIEW' } } });
  });

  it('lists with as many queries for many plans as for one', async () => {
    if (world.db.dialect !== 'sqlite') return;
    const asked = vi.spyOn(StatementSync.prototype, 'all');
    const queries = async (first: number): Promise<number> => {
      asked.mockClear();
      const { data, errors } = await ask(world.reviewer, `{ plans(first: ${first}) { totalCount nodes { ${WHOLE} } } }`);
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ plans: { totalCount: 3, nodes: { length: first } } });
      return asked.mock.calls.length;
    };
    const forOne = await queries(1);
    expect(forOne).toBeGreaterThan(10);
    expect(await queries(3)).toBe(forOne);
    asked.mockRestore();
  });

  it('tells a watcher the plan as that viewer sees it', async () => {
    const document = parse('subscription($id: ID!) { planChanged(planId: $id) { deadline acts } }');
    const watching = await subscribe({ schema, document, variableValues: { id: ids[1] }, ...context(world.chief) });
    if (!(Symbol.asyncIterator in watching)) throw new Error(JSON.stringify(watching.errors));
    const next = watching[Symbol.asyncIterator]().next();
    expect(await world.plans.setDeadline(world.mas, ids[1] ?? '', 'HSL', '2023-10-01')).not.toBeInstanceOf(Refused);
    expect(JSON.parse(JSON.stringify((await next).value))).toEqual({
      data: { planChanged: { deadline: '2023-10-01', acts: ['WRITE', 'SUBMIT', 'COMMENT'] } },
    });
    const stranger = await subscribe({ schema, document, variableValues: { id: ids[1] }, ...context(world.stranger) });
    expect('errors' in stranger && stranger.errors?.[0]?.originalError).toMatchObject({ code: 'NOT_FOUND' });
    const nobody = await subscribe({ schema, document: parse('subscription { plansChanged { planId at } }'), ...context(null) });
    expect('errors' in nobody && nobody.errors?.[0]?.originalError).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
