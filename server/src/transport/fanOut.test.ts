import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createLog } from '../platform/log.js';
import { LocalTopics } from '../platform/topics.js';
import { formatErrors } from './errors.js';
import { FanOut, SHARED_EVENTS } from './fanOut.js';
import { GraphqlSocket } from './graphqlSocket.js';
import { Operations } from './operations.js';

const SUBSCRIBERS = 25;

/** One stream that hands the same object to everybody who reads it. */
class Source {
  private readonly readers = new Set<(event: object) => void>();
  get size(): number {
    return this.readers.size;
  }
  tell(event: object): void {
    for (const read of this.readers) read(event);
  }
  open(): AsyncIterableIterator<object> {
    const waiting: object[] = [];
    let wake: () => void = () => undefined;
    const read = (event: object): void => {
      waiting.push(event);
      wake();
    };
    this.readers.add(read);
    const end = (): Promise<IteratorResult<object>> => {
      this.readers.delete(read);
      return Promise.resolve({ value: undefined, done: true });
    };
    return {
      next: async () => {
        while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        return { value: waiting.shift() as object, done: false };
      },
      return: end,
      throw: end,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

describe('fan-out over sockets', () => {
  const source = new Source();
  const counts = { resolved: 0, serialised: 0, delivered: 0, parsed: 0 };
  const clients: Client[] = [];
  let socket: GraphqlSocket;
  let url: string;
  let close: () => Promise<void>;

  beforeEach(async () => {
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] = 0;
    const event = new GraphQLObjectType<{ text: string }>({
      name: 'Event',
      fields: {
        text: {
          type: GraphQLString,
          args: { times: { type: GraphQLInt } },
          resolve: ({ text }, { times }: { times?: number }) => {
            counts.resolved++;
            if (text === 'fel') throw new Error('nej');
            return text.repeat(times ?? 1);
          },
        },
      },
    });
    const field = {
      type: event,
      args: { from: { type: GraphQLInt } },
      subscribe: () => source.open(),
      resolve: (root: unknown) => root,
    };
    const schema = new GraphQLSchema({
      query: new GraphQLObjectType({ name: 'Query', fields: { one: { type: GraphQLInt, resolve: () => 1 } } }),
      subscription: new GraphQLObjectType({
        name: 'Subscription',
        fields: { shared: { ...field, extensions: SHARED_EVENTS }, own: field },
      }),
    });
    const log = createLog('silent', 'test');
    const actor = { userId: 'u', name: 'U', sessionId: 's', memberships: [] };
    socket = new GraphqlSocket({
      schema,
      log,
      operations: new Operations(schema, () => counts.parsed++),
      fanOut: new FanOut((result) => formatErrors(result, log), {
        began: () => undefined,
        serialised: () => counts.serialised++,
        delivered: () => counts.delivered++,
      }),
      topics: new LocalTopics(),
      maxMessageBytes: 100_000,
      identify: () => Promise.resolve({ actor, token: 't' }),
      actorOf: () => Promise.resolve(actor),
      contextFor: () => ({ actor, sessionToken: 't', clientAddress: '', requestId: '', setCookie: () => undefined }),
    });
    const server = createServer().on('upgrade', (request, stream, head) => socket.upgrade(request, stream, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    close = () => new Promise((resolve) => server.close(() => resolve()));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
    await socket.close();
    await close();
  });

  /** A standard client's whole view: what it was given, in order. */
  function listen(query: string, variables: Record<string, unknown> = {}): unknown[] {
    const client = createClient({ url, webSocketImpl: WebSocket });
    clients.push(client);
    const got: unknown[] = [];
    client.subscribe(
      { query, variables },
      { next: (value) => got.push(value), error: (error) => got.push(error), complete: () => undefined },
    );
    return got;
  }
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it(`executes and serialises one event once for ${SUBSCRIBERS} subscribers, wherever each began`, async () => {
    const query = 'subscription($from: Int) { shared(from: $from) { text } }';
    const all = Array.from({ length: SUBSCRIBERS }, (_, i) => listen(query, { from: i }));
    await until(() => source.size === SUBSCRIBERS);
    source.tell({ text: 'ett "citat"\n' });
    source.tell({ text: 'två' });
    await until(() => all.every((got) => got.length === 2));
    for (const got of all) expect(got).toEqual([{ data: { shared: { text: 'ett "citat"\n' } } }, { data: { shared: { text: 'två' } } }]);
    expect(counts).toEqual({ resolved: 2, serialised: 2, delivered: 2 * SUBSCRIBERS, parsed: 1 });
  });

  it('makes another answer for another query, and for variables that shape it', async () => {
    const query = 'subscription($from: Int, $times: Int) { shared(from: $from) { text(times: $times) } }';
    const [once, twice, alias] = [
      listen(query, { times: 1 }),
      listen(query, { times: 2 }),
      listen('subscription { shared { word: text } }'),
    ];
    await until(() => source.size === 3);
    source.tell({ text: 'a' });
    await until(() => [once, twice, alias].every((got) => got.length === 1));
    expect([once, twice, alias].map(([got]) => (got as { data: { shared: unknown } }).data.shared)).toEqual([
      { text: 'a' },
      { text: 'aa' },
      { word: 'a' },
    ]);
    expect(counts.serialised).toBe(3);
  });

  it('shares nothing unless the subscription says so, and never shows the error of a resolver', async () => {
    const [first, second] = [listen('subscription { own { text } }'), listen('subscription { own { text } }')];
    const failing = listen('subscription { shared { text } }');
    await until(() => source.size === 3);
    source.tell({ text: 'fel' });
    await until(() => [first, second, failing].every((got) => got.length === 1));
    expect(counts.resolved).toBe(3);
    expect(counts.serialised).toBe(1);
    const [answer] = failing as { errors: { message: string; extensions: { code: string } }[] }[];
    expect(answer?.errors[0]?.extensions.code).toBe('INTERNAL');
    expect(JSON.stringify(answer)).not.toContain('nej');
  });

  it('ends the source with the subscription', async () => {
    listen('subscription { shared { text } }');
    await until(() => source.size === 1);
    for (const client of clients.splice(0)) await client.dispose();
    await until(() => source.size === 0);
    expect(source.size).toBe(0);
  });
});

describe('operations', () => {
  const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { one: { type: GraphQLInt } } }) });

  it('reads a text once, also when somebody sends thousands of others', () => {
    let parsed = 0;
    const operations = new Operations(schema, () => parsed++);
    const hot = operations.of('{ one }');
    for (let i = 0; i < 2_000; i++) {
      operations.of(`{ a${i}: one }`);
      expect(operations.of('{ one }')).toBe(hot);
    }
    expect(parsed).toBe(2_001);
  });

  it('tells what is wrong, and keeps nothing of it', () => {
    const operations = new Operations(schema);
    expect(operations.of('{ two }')).toHaveLength(1);
    expect(operations.of('{ two }')).not.toBe(operations.of('{ two }'));
    expect(operations.of('{')).toHaveLength(1);
  });
});
