import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError, getOperationAST, type ExecutionResult } from 'graphql';
import type { RequestParams } from 'graphql-sse';
import type { Actor } from '../features/accounts/index.js';
import type { Logger } from '../platform/log.js';
import { DomainError } from '../platform/outcome.js';
import type { Topics } from '../platform/topics.js';
import type { RequestContext } from './context.js';
import { formatErrors } from './errors.js';
import { SharedResult, type FanOut } from './fanOut.js';
import { readBody, sendDenial } from './graphql.js';
import type { Operations } from './operations.js';

const SESSION_CHECK_MS = 30_000;
const KEEP_ALIVE_MS = 12_000;
/** Open streams of one session on this node: a browser has six connections to a host over HTTP/1.1, and people have several tabs and windows. */
const MAX_STREAMS = 24;

export interface SseDeps {
  readonly operations: Operations;
  readonly fanOut: FanOut;
  readonly schema: Parameters<FanOut['subscribe']>[0]['schema'];
  readonly topics: Topics;
  readonly log: Logger;
  readonly maxBodyBytes: number;
  actorOf(token: string): Promise<Actor | null>;
}

const denied = (code: ConstructorParameters<typeof DomainError>[0], message: string): ExecutionResult => ({
  errors: [new GraphQLError(message, { originalError: new DomainError(code, message) })],
});

/**
 * Subscriptions over Server-Sent Events, one stream each (graphql-sse's "distinct connections mode"), for those whose network lets no
 * WebSocket through. Mutations go as HTTP POST. Written here because that library's own handler queues without bound for a slow reader:
 * ours reads on only when the last event has left, so that the subscription's own bounded queue decides.
 */
export class GraphqlSse {
  private readonly streams = new Map<string, Set<ServerResponse>>();

  constructor(private readonly deps: SseDeps) {}

  async handle(request: IncomingMessage, response: ServerResponse, context: RequestContext): Promise<void> {
    if (request.method !== 'POST') return sendDenial(response, 'BAD_INPUT', 'Only POST with application/json.', 405);
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
      return sendDenial(response, 'BAD_INPUT', 'Only application/json.', 415);
    if (!request.headers.accept?.includes('text/event-stream'))
      return sendDenial(response, 'BAD_INPUT', 'Only text/event-stream is answered here.', 406);
    let params: RequestParams;
    try {
      params = JSON.parse((await readBody(request, this.deps.maxBodyBytes)).toString('utf8')) as RequestParams;
    } catch (error) {
      if (error instanceof DomainError) return sendDenial(response, error.code, error.message);
      return sendDenial(response, 'BAD_INPUT', 'The body is not JSON.');
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    const leave = this.enter(context.actor, response);
    try {
      const source = leave ? await this.open(params, context) : denied('RATE_LIMITED', 'För många öppna fönster.');
      await this.stream(response, source, context);
    } finally {
      leave?.();
    }
  }

  /** Ends every stream: the clients come back elsewhere. */
  close(): void {
    for (const open of this.streams.values()) for (const response of open) response.end();
  }

  /** Counts a stream in from its first moment. @returns how to count it out; null when there are too many */
  private enter(actor: Actor | null, response: ServerResponse): (() => void) | null {
    const key = actor?.sessionId ?? '';
    const open = this.streams.get(key) ?? new Set<ServerResponse>();
    if (open.size >= MAX_STREAMS) return null;
    this.streams.set(key, open.add(response));
    return () => {
      open.delete(response);
      if (open.size === 0) this.streams.delete(key);
    };
  }

  private async open(
    params: RequestParams,
    contextValue: RequestContext,
  ): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const { actor } = contextValue;
    if (!actor) return denied('UNAUTHENTICATED', 'Du behöver logga in.');
    const document = this.deps.operations.of(typeof params.query === 'string' ? params.query : '');
    if (!('kind' in document)) return { errors: document };
    const operation = getOperationAST(document, params.operationName);
    if (operation?.operation !== 'subscription') return denied('BAD_INPUT', 'Only subscriptions are answered here.');
    const { schema, fanOut } = this.deps;
    return fanOut.subscribe({
      schema,
      document,
      operationName: params.operationName,
      variableValues: params.variables as Record<string, unknown> | null,
      contextValue,
    });
  }

  private async stream(
    response: ServerResponse,
    source: AsyncIterableIterator<ExecutionResult> | ExecutionResult,
    { actor, sessionToken }: RequestContext,
  ): Promise<void> {
    if (!(Symbol.asyncIterator in source) || !actor || sessionToken === null) {
      await this.write(response, source as ExecutionResult);
      response.end('event: complete\ndata:\n\n');
      return;
    }
    const letGo = this.keep(response, actor.sessionId, sessionToken, source);
    try {
      // A first line, so that the client's fetch resolves before there is anything to tell.
      response.write(':\n\n');
      for await (const result of source) await this.write(response, result);
      response.end('event: complete\ndata:\n\n');
    } catch (error) {
      await this.write(response, { errors: [new GraphQLError('fault', { originalError: error as Error, path: [] })] });
      response.end('event: complete\ndata:\n\n');
    } finally {
      letGo();
    }
  }

  /** Ends a stream with its reader or its session. */
  private keep(response: ServerResponse, sessionId: string, token: string, source: AsyncIterableIterator<ExecutionResult>): () => void {
    const end = (): void => void source.return?.();
    const signedOut = (): void => {
      void this.write(response, denied('UNAUTHENTICATED', 'Du behöver logga in.')).then(end);
    };
    const look = async (): Promise<void> => {
      try {
        if (!(await this.deps.actorOf(token))) signedOut();
      } catch (error) {
        // The database is away: nothing is written meanwhile either, so keep the stream and look again.
        this.deps.log.warn({ error: (error as Error).message }, 'session check');
      }
    };
    const timers = [setInterval(() => void look(), SESSION_CHECK_MS), setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MS)];
    const unlisten = this.deps.topics.listen(`session:${sessionId}`, signedOut);
    response.on('close', end);
    response.on('error', end);
    return () => {
      for (const timer of timers) clearInterval(timer);
      unlisten();
    };
  }

  private async write(response: ServerResponse, result: ExecutionResult): Promise<void> {
    if (response.destroyed || response.writableEnded) return;
    const json = result instanceof SharedResult ? result.json : JSON.stringify(formatErrors(result, this.deps.log) ?? result);
    if (response.write(`event: next\ndata: ${json}\n\n`)) return;
    const over = new AbortController();
    const closed = once(response, 'close', { signal: over.signal });
    await Promise.race([once(response, 'drain', { signal: over.signal }), closed]).finally(() => over.abort());
  }
}
