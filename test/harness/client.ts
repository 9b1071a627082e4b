import { createClient, type Client as SocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { Received } from './received.js';

export interface Answer<T> {
  readonly data: T | null;
  readonly errors?: readonly { message: string; extensions: { code: string; errorId?: string } }[];
}

/** A person at a browser, as far as the API can tell: a cookie, an Origin, and one socket. */
export class Client {
  private socketClient: SocketClient | undefined;

  constructor(
    readonly url: string,
    public cookie = '',
  ) {}

  static async signedIn(url: string, demoKey: string): Promise<Client> {
    const client = new Client(url);
    const { data } = await client.try<{ signInDemo: { __typename: string } }>(
      `mutation($key: String!) { signInDemo(input: { key: $key }) { __typename } }`,
      { key: demoKey },
    );
    if (data?.signInDemo.__typename !== 'SignInPayload') throw new Error(`no demo account ${demoKey}`);
    return client;
  }

  get headers(): Record<string, string> {
    return { 'content-type': 'application/json', origin: this.url, ...(this.cookie ? { cookie: this.cookie } : {}) };
  }

  /** The answer as it is, errors and all. Keeps the session that a sign-in sets. */
  async try<T>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: this.headers,
      body: JSON.stringify({ query, variables }),
    });
    const set = response.headers.getSetCookie()[0];
    if (set) this.cookie = set.split(';', 1)[0] ?? '';
    return (await response.json()) as Answer<T>;
  }

  /** The data; throws when there are errors. */
  async ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { data, errors } = await this.try<T>(query, variables);
    if (errors || data === null) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** The code of the first error, for things that must not work; undefined when it did work. */
  async denied(query: string, variables: Record<string, unknown> = {}): Promise<string | undefined> {
    return (await this.try(query, variables)).errors?.[0]?.extensions.code;
  }

  /** This person's one socket, opened at first use; it comes back by itself after a restart. */
  get socket(): SocketClient {
    const headers = this.headers;
    const origin = this.url;
    this.socketClient ??= createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { headers: { cookie: headers['cookie'] ?? '', origin } });
        }
      },
      retryAttempts: 1_000,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
      shouldRetry: () => true,
    });
    return this.socketClient;
  }

  /** Subscribes, and keeps what comes. */
  subscribe<T>(query: string, variables: Record<string, unknown> = {}): Received<T> {
    const received = new Received<T>();
    received.stop = this.socket.subscribe<T>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (errors)
            received.fail(
              errors.map((error) => (error as unknown as { extensions?: { code?: string } }).extensions?.code ?? error.message).join(),
            );
          else if (data) received.push(data);
        },
        error: (error) =>
          received.fail(Array.isArray(error) ? JSON.stringify(error) : `closed ${(error as { code?: number }).code ?? String(error)}`),
        complete: () => received.end(),
      },
    );
    return received;
  }

  /** One operation over the socket. */
  overSocket<T>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<T>> {
    return new Promise((resolve, reject) => {
      let answer: Answer<T> = { data: null };
      this.socket.subscribe<T>(
        { query, variables },
        { next: (value) => (answer = value as unknown as Answer<T>), error: reject, complete: () => resolve(answer) },
      );
    });
  }

  async close(): Promise<void> {
    await this.socketClient?.dispose();
  }
}
