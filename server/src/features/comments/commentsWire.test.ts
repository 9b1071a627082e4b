import 'reflect-metadata';
import { addMeasure, createSharedDoc, fieldPath, proseField } from '@samsyn/schema';
import { execute, parse, subscribe, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { plansWorld, type PlansWorld } from '../../../../test/builders/plansWorld.js';
import { Refused } from '../../platform/outcome.js';
import { buildGraphqlSchema } from '../../transport/schema.js';
import type { Actor } from '../accounts/index.js';
import { createComments } from './index.js';

const THREAD = `id planId path quote anchorGone anchor head resolvedAt resolvedBy { name } notes { id text at by { role } }
  suggestion { replacement state decidedAt decidedBy { role } }`;

let world: PlansWorld;
let schema: GraphQLSchema;
let planId: string;

const context = (actor: Actor | null) => ({
  contextValue: { actor, sessionToken: null, clientAddress: '', setCookie: () => undefined, requestId: 'r' },
});
async function ask<T>(actor: Actor | null, document: string, variableValues: object): Promise<ExecutionResult<T>> {
  const answer = await execute({ schema, document: parse(document), variableValues: { ...variableValues }, ...context(actor) });
  return JSON.parse(JSON.stringify(answer)) as ExecutionResult<T>;
}

beforeAll(async () => {
  world = await plansWorld({ engine: true });
  const { resolvers } = createComments({ ...world });
  schema = await buildGraphqlSchema([...world.resolvers, ...resolvers]);
  const { id } = await world.north.finding('kv-3');
  const demand = await world.plans.issueDemand(world.reviewer, { findingIds: [id], deadline: '2023-10-12', grounds: null });
  if (demand instanceof Refused) throw new Error(demand.code);
  planId = (await demand.plans())[0]?.plan.id ?? '';
  await world.plans.open(world.chief, planId);
  await world.plans.share(world.chief, planId);
});
afterAll(() => world.close());

it('are begun, accepted and told of over the wire; the diff and the read log answer beside', async () => {
  const lease = await world.collaboration.takeLease(planId, world.worker, null);
  if (lease instanceof Refused) throw new Error(lease.code);
  const events = await world.collaboration.open(planId, world.worker, null);
  const { value } = await events.next();
  await events.return?.();
  const doc = createSharedDoc({ clientId: lease.clientId });
  if (value?.checkpoint) Y.applyUpdateV2(doc, value.checkpoint.update);
  for (const { update } of value?.updates ?? []) Y.applyUpdate(doc, update);
  const before = Y.encodeStateVector(doc);
  const measure = addMeasure(doc, { how: 'Vi ska besluta rutinen.' });
  const update = Y.encodeStateAsUpdate(doc, before);
  const push = { actor: world.worker, epoch: lease.epoch, lease: lease.clientId, n: 1, update };
  expect(await world.collaboration.pushUpdate(planId, push)).not.toBeInstanceOf(Refused);
  const text = ((proseField(doc, 'measures', measure, 'how') as Y.XmlFragment).get(0) as Y.XmlElement).get(0) as Y.XmlText;
  const position = (index: number): string =>
    Buffer.from(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index))).toString('base64');

  const document = parse('subscription($planId: ID!) { commentsChanged(planId: $planId) { planId at } }');
  const changes = await subscribe({ schema, document, variableValues: { planId }, ...context(world.chief) });
  if (!(Symbol.asyncIterator in changes)) throw new Error('no subscription');
  const path = fieldPath('measures', measure, 'how');
  const input = { planId, path, quote: 'rutinen', anchor: position(15), head: position(22), text: '', replacement: 'en rutin' };
  const started = await ask<{ startThread: { thread: { id: string } } }>(
    world.reviewer,
    `mutation($input: StartThreadInput!) { startThread(input: $input) { ... on StartThreadPayload { thread { ${THREAD} } } ... on Refusal { code } } }`,
    { input },
  );
  const thread = { path, quote: 'rutinen', anchorGone: false, resolvedAt: null, suggestion: { replacement: 'en rutin', state: 'OPEN' } };
  expect(started).toMatchObject({ data: { startThread: { thread } } });
  expect((await changes.next()).value).toMatchObject({ data: { commentsChanged: { planId } } });
  await changes.return?.(undefined);
  const threadId = started.data?.startThread.thread.id;
  const accept = `mutation($input: AcceptSuggestionInput!) { acceptSuggestion(input: $input) { ... on AcceptSuggestionPayload { thread { ${THREAD} } } ... on Refusal { code } } }`;
  const done = { suggestion: { state: 'ACCEPTED', decidedBy: { role: 'VERKSAMHETSCHEF' } } };
  expect(await ask(world.chief, accept, { input: { threadId } })).toMatchObject({ data: { acceptSuggestion: { thread: done } } });
  expect(await ask(world.chief, accept, { input: { threadId } })).toMatchObject({ data: { acceptSuggestion: { code: 'WRONG_STATE' } } });

  const beside = `query($planId: ID!, $path: String!) { comments(planId: $planId) { ${THREAD} } planDiff(planId: $planId) { label runs { kind text at by { name } } }
    fieldHistory(planId: $planId, path: $path) { at kind text by { role } } readLog(planId: $planId) { at by { role side } } }`;
  const { data, errors } = await ask<Record<string, unknown[]>>(world.chief, beside, { planId, path });
  expect(errors).toBeUndefined();
  expect(data?.['comments']).toHaveLength(1);
  expect(data?.['planDiff']).toEqual([]);
  expect(data?.['fieldHistory']).toContainEqual(
    expect.objectContaining({ kind: 'ADDED', text: 'en rutin', by: { role: 'AVTALSANSVARIG' } }),
  );
  const stranger = await ask(world.stranger, `query($planId: ID!) { comments(planId: $planId) { id } }`, { planId });
  expect(stranger).toMatchObject({ data: null, errors: [{ message: expect.stringContaining('finns inte') as string }] });
});
