import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Actor } from '../features/accounts/index.js';
import type { Logger } from '../platform/log.js';
import { DomainError } from '../platform/outcome.js';
import type { Topics } from '../platform/topics.js';
import type { RequestContext } from './context.js';
import { formatError } from './errors.js';
import { MAX_QUERY_TOKENS } from './graphql.js';
import { queryLimits } from './queryLimits.js';

/** Close codes beyond graphql-ws's own: the client signs in again on 4401 and comes back by itself on 1001. */
const UNAUTHENTICATED = 4401;
const GOING_AWAY = 1001;
/** How often an open socket's session is looked at again. A revocation is told at once by Topics; this catches a lost message. */
const SESSION_CHECK_MS = 30_000;
const CONNECTION_INIT_MS = 5_000;
const KEEP_ALIVE_MS = 12_000;
/** How long a socket whose session has ended may take to close before it is cut. */
const GOODBYE_MS = 1_000;
/** Parsed and validated operations kept: the web has some forty. */
const MAX_KEPT_OPERATIONS = 500;

interface SocketSession {
  actor: Actor;
  token: string;
  stop: () => void;
}

export interface SocketDeps {
  readonly schema: GraphQLSchema;
  readonly topics: Topics;
  readonly log: Logger;
  readonly maxMessageBytes: number;
  /** Who the cookie says it is; null when it says nobody. */
  identify(request: IncomingMessage): Promise<{ actor: Actor; token: string } | null>;
  actorOf(token: string): Promise<Actor | null>;
  contextFor(actor: Actor, token: string, request: IncomingMessage): RequestContext;
}

/** GraphQL over WebSocket (graphql-transport-ws): subscriptions, and the mutations of co-editing. */
export class GraphqlSocket {
  private readonly server: WebSocketServer;
  private readonly sessions = new WeakMap<WebSocket, SocketSession>();
  private readonly operations = new Map<string, DocumentNode | readonly GraphQLError[]>();
  private readonly disposable: { dispose: () => void | Promise<void> };

  constructor(private readonly deps: SocketDeps) {
    // Compression off: it costs two to three times the CPU for messages of a few hundred bytes.
    this.server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: deps.maxMessageBytes });
    this.disposable = useServer(
      {
        schema: deps.schema,
        connectionInitWaitTimeout: CONNECTION_INIT_MS,
        onConnect: ({ extra }) => this.connect(extra.socket, extra.request),
        onDisconnect: ({ extra }) => this.sessions.get(extra.socket)?.stop(),
        onSubscribe: ({ extra }, _id, payload) => this.prepare(extra.socket, extra.request, payload),
        onNext: (_context, _id, _payload, _args, result) => this.format(result),
        onError: (_context, _id, _payload, errors) => errors.map((error) => formatError(error.toJSON(), error, deps.log)),
      },
      this.server,
      KEEP_ALIVE_MS,
    );
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.server.handleUpgrade(request, socket, head, (opened) => {
      // An oversize or broken frame closes the socket (1009, 1002); it is the sender's fault and no reason to die.
      opened.on('error', (error) => this.deps.log.debug({ error: error.message }, 'socket'));
      this.server.emit('connection', opened, request);
    });
  }

  /** Tells every client to come back elsewhere. */
  async close(): Promise<void> {
    for (const socket of this.server.clients) socket.close(GOING_AWAY, 'restarting');
    await this.disposable.dispose();
    for (const socket of this.server.clients) socket.terminate();
  }

  private async connect(socket: WebSocket, request: IncomingMessage): Promise<boolean> {
    const known = await this.deps.identify(request);
    if (!known) {
      socket.close(UNAUTHENTICATED, 'sign in first');
      return false;
    }
    const timer = setInterval(() => void this.checkSession(socket), SESSION_CHECK_MS);
    const unlisten = this.deps.topics.listen(`session:${known.actor.sessionId}`, () => this.endSession(socket));
    const stop = (): void => {
      clearInterval(timer);
      unlisten();
    };
    this.sessions.set(socket, { ...known, stop });
    if (socket.readyState !== socket.OPEN) stop();
    return true;
  }

  private async checkSession(socket: WebSocket): Promise<void> {
    const session = this.sessions.get(socket);
    if (!session) return;
    try {
      const actor = await this.deps.actorOf(session.token);
      if (actor) session.actor = actor;
      else this.endSession(socket);
    } catch (error) {
      // The database is away: nothing is written meanwhile either, so keep the socket and look again.
      this.deps.log.warn({ error: (error as Error).message }, 'session check');
    }
  }

  /** A client may leave our goodbye unanswered and go on sending: from here on nothing it sends has a session. */
  private endSession(socket: WebSocket): void {
    this.sessions.get(socket)?.stop();
    this.sessions.delete(socket);
    socket.close(UNAUTHENTICATED, 'session ended');
    setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
  }

  private prepare(
    socket: WebSocket,
    request: IncomingMessage,
    payload: { query?: string; variables?: Record<string, unknown> | null; operationName?: string | null },
  ): ExecutionArgs | readonly GraphQLError[] {
    const session = this.sessions.get(socket);
    if (!session) return [new GraphQLError('no session', { originalError: new DomainError('UNAUTHENTICATED', 'Du behöver logga in.') })];
    const document = this.operation(payload.query ?? '');
    if (!('kind' in document)) return document;
    return {
      schema: this.deps.schema,
      document,
      operationName: payload.operationName ?? undefined,
      variableValues: payload.variables ?? undefined,
      contextValue: this.deps.contextFor(session.actor, session.token, request),
    };
  }

  /** Parsed and validated once per text: every keystroke comes with the same one. */
  private operation(query: string): DocumentNode | readonly GraphQLError[] {
    const kept = this.operations.get(query);
    if (kept) return kept;
    let result: DocumentNode | readonly GraphQLError[];
    try {
      const document = parse(query, { maxTokens: MAX_QUERY_TOKENS });
      const errors = validate(this.deps.schema, document, [...specifiedRules, queryLimits]);
      result = errors.length > 0 ? errors : document;
    } catch (error) {
      result = [error as GraphQLError];
    }
    if ('kind' in result && this.operations.size < MAX_KEPT_OPERATIONS) this.operations.set(query, result);
    return result;
  }

  private format(result: ExecutionResult): ExecutionResult | undefined {
    if (!result.errors) return undefined;
    const errors = result.errors.map((error) => formatError(error.toJSON(), error, this.deps.log));
    return { ...result, errors: errors as unknown as readonly GraphQLError[] };
  }
}
