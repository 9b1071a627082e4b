import { Redis } from 'ioredis';
import type { Logger } from './log.js';

type Deliver = (payload: string) => void;

/**
 * Publish and subscribe by topic name, on this node and, where Redis is configured, on the others.
 * Messages are hints: they can be lost or doubled, so nothing may depend on them for being right. Payloads are JSON.
 */
export interface Topics {
  publish(topic: string, payload: unknown): void;
  /** Calls back for each message until the returned function is called. */
  listen<T>(topic: string, deliver: (payload: T) => void): () => void;
  /** The same as an async iterator, for GraphQL subscriptions. At most `limit` messages wait; the oldest are dropped beyond it. */
  iterate<T>(topic: string, limit?: number): AsyncIterableIterator<T>;
  close(): Promise<void>;
}

export class LocalTopics implements Topics {
  private readonly listeners = new Map<string, Set<Deliver>>();

  publish(topic: string, payload: unknown): void {
    this.deliver(topic, JSON.stringify(payload));
  }

  listen<T>(topic: string, deliver: (payload: T) => void): () => void {
    const wrapped: Deliver = (payload) => deliver(JSON.parse(payload) as T);
    const set = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, set.add(wrapped));
    return () => {
      set.delete(wrapped);
      if (set.size === 0) this.listeners.delete(topic);
    };
  }

  iterate<T>(topic: string, limit = 256): AsyncIterableIterator<T> {
    const waiting: T[] = [];
    let wake: ((result: IteratorResult<T>) => void) | undefined;
    let done = false;
    const stop = this.listen<T>(topic, (payload) => {
      if (wake) {
        wake({ value: payload, done: false });
        wake = undefined;
        return;
      }
      waiting.push(payload);
      if (waiting.length > limit) waiting.shift();
    });
    const end = (): Promise<IteratorResult<T>> => {
      done = true;
      stop();
      wake?.({ value: undefined, done: true });
      wake = undefined;
      return Promise.resolve({ value: undefined, done: true });
    };
    return {
      next: () => {
        if (waiting.length > 0) return Promise.resolve({ value: waiting.shift() as T, done: false });
        if (done) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve) => (wake = resolve));
      },
      return: end,
      throw: end,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  close(): Promise<void> {
    this.listeners.clear();
    return Promise.resolve();
  }

  protected deliver(topic: string, payload: string): void {
    for (const deliver of this.listeners.get(topic) ?? []) deliver(payload);
  }
}

const CHANNEL = 'samsyn:topics';

/** Local delivery at once, and one Redis channel that carries the rest. Our own messages coming back are dropped. */
export class RedisTopics extends LocalTopics {
  private readonly sender: Redis;
  private readonly receiver: Redis;

  constructor(
    url: string,
    private readonly node: string,
    log: Logger,
  ) {
    super();
    const options = { lazyConnect: false, maxRetriesPerRequest: null, enableOfflineQueue: false };
    this.sender = new Redis(url, options);
    this.receiver = new Redis(url, { ...options, enableOfflineQueue: true });
    for (const client of [this.sender, this.receiver]) client.on('error', (error: Error) => log.warn({ error: error.message }, 'redis'));
    this.receiver.on('message', (_channel: string, text: string) => this.receive(text));
    this.receiver.subscribe(CHANNEL).catch((error: Error) => log.warn({ error: error.message }, 'redis subscribe'));
  }

  override publish(topic: string, payload: unknown): void {
    const text = JSON.stringify(payload);
    this.deliver(topic, text);
    // A message that can't be sent is a lost hint: others find the gap by themselves.
    this.sender.publish(CHANNEL, JSON.stringify({ node: this.node, topic, text })).catch(() => undefined);
  }

  override async close(): Promise<void> {
    await super.close();
    this.sender.disconnect();
    this.receiver.disconnect();
  }

  private receive(message: string): void {
    const { node, topic, text } = JSON.parse(message) as { node: string; topic: string; text: string };
    if (node !== this.node) this.deliver(topic, text);
  }
}
