import { describe, expect, it } from 'vitest';
import { type Answers, httpWire, type Operation, type Road, Roads, type Wire } from './roads.js';

/** A wire that a test opens, breaks and answers by hand. */
class HandWire {
  readonly asked: Operation[] = [];
  readonly #listeners = new Map<string, Set<(event: unknown) => void>>();
  terminated = 0;

  subscribe<Data>(operation: Operation, _answers: Answers<Data>): () => void {
    this.asked.push(operation);
    return () => undefined;
  }
  on(event: string, listener: (event: unknown) => void): () => void {
    const set = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, set.add(listener));
    return () => set.delete(listener);
  }
  terminate(): void {
    this.terminated += 1;
  }
  tell(event: 'opened' | 'closed', what?: { code: number }): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(what);
  }
}

function world(answers = true) {
  const [socket, http] = [new HandWire(), new HandWire()];
  const roads = new Roads(socket as unknown as ConstructorParameters<typeof Roads>[0], http as Wire, () => Promise.resolve(answers));
  const heard: (Road | 'closed')[] = [];
  roads.onRoad((road) => heard.push(road));
  roads.on('closed', () => heard.push('closed'));
  return { socket, http, roads, heard };
}
const nothing: Answers<never> = { next: () => undefined, error: () => undefined, complete: () => undefined };
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('the road to the server', () => {
  it('takes HTTP after two sockets in a row that never opened, and tells it as a broken line', async () => {
    const { socket, http, roads, heard } = world();
    socket.tell('closed');
    await turn();
    expect(roads.road).toBe('socket');
    socket.tell('closed');
    await turn();
    expect(heard).toEqual(['socket', 'closed', 'closed', 'http', 'closed']);
    roads.subscribe({ query: 'subscription { x }' }, nothing);
    expect([socket.asked.length, http.asked.length]).toEqual([0, 1]);
    roads.terminate();
    expect([socket.terminated, http.terminated]).toEqual([0, 1]);
  });

  it('stays with the socket while the server is away altogether', async () => {
    const { socket, roads } = world(false);
    for (let i = 0; i < 10; i++) {
      socket.tell('closed');
      await turn();
    }
    expect(roads.road).toBe('socket');
  });

  it('says when the line closed because nobody is signed in, and does not take that for a network without sockets', async () => {
    const { socket, roads } = world();
    const said: boolean[] = [];
    roads.on('closed', (signedOut) => said.push(signedOut));
    socket.tell('closed', { code: 1006 });
    for (let i = 0; i < 3; i++) socket.tell('closed', { code: 4401 });
    await turn();
    expect(said).toEqual([false, true, true, true]);
    expect(roads.road).toBe('socket');
  });

  it('does not count a line that was open and broke', async () => {
    const { socket, roads } = world();
    for (let i = 0; i < 5; i++) {
      socket.tell('opened');
      socket.tell('closed');
      await turn();
    }
    socket.tell('closed');
    socket.tell('opened');
    socket.tell('closed');
    socket.tell('closed');
    await turn();
    expect(roads.road).toBe('socket');
  });

  it('asks by POST, and rejects what is under way when told that nothing comes', async () => {
    const calls: { url: string; body: unknown }[] = [];
    let answer: (response: Response) => void = () => undefined;
    const fetching = ((url: string, init: RequestInit) => {
      calls.push({ url, body: JSON.parse(init.body as string) });
      return new Promise<Response>((resolve, reject) => {
        answer = resolve;
        init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    }) as typeof fetch;
    const wire = httpWire('https://samsyn.example', fetching);
    const got: unknown[] = [];
    const answers: Answers<unknown> = {
      next: (value) => got.push(value),
      error: (failure) => got.push((failure as Error).message),
      complete: () => got.push('done'),
    };
    wire.subscribe({ query: 'mutation { push }', variables: { n: 1 } }, answers);
    answer(new Response('{"data":{"push":true}}'));
    await turn();
    wire.subscribe({ query: 'mutation { push }' }, answers);
    wire.terminate();
    await turn();
    expect(calls[0]).toEqual({ url: 'https://samsyn.example/graphql', body: { query: 'mutation { push }', variables: { n: 1 } } });
    expect(got).toEqual([{ data: { push: true } }, 'done', 'aborted']);
  });
});
