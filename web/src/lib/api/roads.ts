import { type Client as StreamClient, createClient as createStream } from 'graphql-sse';
import type { Client as SocketClient } from 'graphql-ws';

export interface Operation {
  query: string;
  variables?: Record<string, unknown> | undefined;
  /** Over HTTP: a stream that breaks is opened again by itself, as on a socket. */
  again?: boolean;
}

export interface Answers<Data> {
  next(answer: { data?: Data | null; errors?: readonly { message: string; extensions?: Record<string, unknown> }[] }): void;
  error(failure: unknown): void;
  complete(): void;
}

/** @param signedOut nobody is signed in any more: opening the line again changes nothing */
export type Closed = (signedOut: boolean) => void;

/** The server's close code when the session is over. */
const SIGNED_OUT = 4401;

/** A way to the server for what is live. A graphql-ws client is one. */
export interface Wire {
  /** One operation; the returned function ends it. */
  subscribe<Data>(operation: Operation, answers: Answers<Data>): () => void;
  on(event: 'closed', listener: Closed): () => void;
  /** Nothing has come for too long: breaks off everything that is under way. */
  terminate(): void;
}

export type Road = 'socket' | 'http';

/** Whoever fails this often in a row to open a socket, while the server answers over HTTP, has a network that lets none through. */
const FAILURES = 2;

/**
 * The page's way to the server: WebSocket, and where that can't be opened, HTTP, by itself and for the rest of the page's life. A change of
 * road looks like a line that broke: whoever listens opens anew.
 */
export class Roads implements Wire {
  #road: Road = 'socket';
  #failures = 0;
  #probing = false;
  readonly #closed = new Set<Closed>();
  readonly #changed = new Set<(road: Road) => void>();

  constructor(
    readonly socket: Pick<SocketClient, 'subscribe' | 'on' | 'terminate'>,
    readonly http: Wire,
    /** Whether the server answers over HTTP right now. */
    readonly answers: () => Promise<boolean>,
  ) {
    let opened = false;
    socket.on('opened', () => {
      opened = true;
      this.#failures = 0;
    });
    socket.on('closed', (event) => {
      const signedOut = isSignedOut(event);
      if (this.#road === 'socket') this.#tellClosed(signedOut);
      if (!opened && !signedOut) void this.#failed();
      opened = false;
    });
    http.on('closed', () => {
      if (this.#road === 'http') this.#tellClosed(false);
    });
  }

  get road(): Road {
    return this.#road;
  }

  subscribe<Data>(operation: Operation, answers: Answers<Data>): () => void {
    if (this.#road === 'http') return this.http.subscribe(operation, answers);
    return this.socket.subscribe<Data>(
      { query: operation.query, variables: operation.variables ?? {} },
      {
        next: (answer) => answers.next(answer as Parameters<Answers<Data>['next']>[0]),
        error: (failure) => answers.error(failure),
        complete: () => answers.complete(),
      },
    );
  }

  on(_event: 'closed', listener: Closed): () => void {
    this.#closed.add(listener);
    return () => this.#closed.delete(listener);
  }

  /** Tells the road now, and each time it changes. */
  onRoad(listener: (road: Road) => void): () => void {
    this.#changed.add(listener);
    listener(this.#road);
    return () => this.#changed.delete(listener);
  }

  terminate(): void {
    if (this.#road === 'http') this.http.terminate();
    else this.socket.terminate();
  }

  async #failed(): Promise<void> {
    this.#failures += 1;
    if (this.#failures < FAILURES || this.#road === 'http' || this.#probing) return;
    this.#probing = true;
    const answers = await this.answers().catch(() => false);
    this.#probing = false;
    // No answer there either: the server is away, and nothing is known about sockets. One that opened meanwhile says the same.
    if (!answers || this.#failures < FAILURES) return;
    this.#road = 'http';
    for (const listener of this.#changed) listener('http');
    this.#tellClosed(false);
  }

  #tellClosed(signedOut: boolean): void {
    for (const listener of [...this.#closed]) listener(signedOut);
  }
}

const isSignedOut = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'code' in event && event.code === SIGNED_OUT;

/** GraphQL over HTTP alone: subscriptions as Server-Sent Events, everything else as POST. */
export function httpWire(origin: string, fetching: typeof fetch = fetch): Wire {
  const streamsWith = (retryAttempts: number): StreamClient =>
    createStream({ url: `${origin}/graphql/stream`, retryAttempts, fetchFn: fetching, credentials: 'same-origin' });
  const once = streamsWith(0);
  const again = streamsWith(Number.POSITIVE_INFINITY);
  const underWay = new Set<AbortController>();
  const closed = new Set<Closed>();

  async function ask<Data>(operation: Operation, answers: Answers<Data>, signal: AbortSignal): Promise<void> {
    const response = await fetching(`${origin}/graphql`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(operation),
      signal,
    });
    const answer = (await response.json()) as Parameters<Answers<Data>['next']>[0];
    if (signal.aborted) return;
    answers.next(answer);
    answers.complete();
  }

  return {
    subscribe(operation, answers) {
      if (/^\s*subscription\b/.test(operation.query))
        return (operation.again ? again : once).subscribe(
          { query: operation.query, variables: operation.variables ?? {} },
          answers as Parameters<StreamClient['subscribe']>[1],
        );
      const abort = new AbortController();
      underWay.add(abort);
      ask(operation, answers, abort.signal)
        .catch((failure: unknown) => answers.error(failure))
        .finally(() => underWay.delete(abort));
      return () => abort.abort();
    },
    on(_event, listener) {
      closed.add(listener);
      return () => closed.delete(listener);
    },
    terminate() {
      for (const abort of underWay) abort.abort();
      for (const listener of [...closed]) listener(false);
    },
  };
}
