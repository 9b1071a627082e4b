import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, WebSocket } from 'ws';
import type { Actor } from '../features/accounts/index.js';
import type { Logger } from '../platform/log.js';
import { newId } from '../platform/ids.js';
import { DomainError } from '../platform/outcome.js';
import type { Topics } from '../platform/topics.js';
import type { RequestContext } from './context.js';
import { formatError, formatErrors } from './errors.js';
import { SharedResult, type FanOut } from './fanOut.js';
import type { Operations } from './operations.js';

/** Close codes beyond graphql-ws's own: the client signs in again on 4401 and comes back by itself on 1001. */
const UNAUTHENTICATED = 4401;
const GOING_AWAY = 1001;
/** How often an open socket's session is looked at again. A revocation is told at once by Topics; this catches a lost message. */
const SESSION_CHECK_MS = 30_000;
const CONNECTION_INIT_MS = 5_000;
const KEEP_ALIVE_MS = 12_000;
/** How long a socket whose session has ended may take to close before it is cut. */
const GOODBYE_MS = 1_000;

interface SocketSession {
  actor: Actor;
  token: string;
  stop: () => void;
}

export interface SocketDeps {
  readonly schema: GraphQLSchema;
  readonly operations: Operations;
  readonly fanOut: FanOut;
  readonly topics: Topics;
  readonly log: Logger;
  readonly maxMessageBytes: number;
  /** Who the cookie says it is; null when it says nobody. */
  identify(request: IncomingMessage): Promise<{ actor: Actor; token: string } | null>;
  actorOf(token: string): Promise<Actor | null>;
  contextFor(actor: Actor, token: string, request: IncomingMessage): RequestContext;
}

/** Stands in a message for a payload that is JSON already, while the message around it is made. */
class RawPayload implements ExecutionResult {
  private static readonly secret = newId();
  private static made = { mark: '', json: '' };
  private static count = 0;
  readonly data = null;

  constructor(private readonly shared: SharedResult) {}

  /** Nobody else can write this mark, and each is used for one message: a message that was made and not sent leaves nothing behind. */
  toJSON(): string {
    RawPayload.made = { mark: `${RawPayload.secret}-${++RawPayload.count}`, json: this.shared.json };
    return RawPayload.made.mark;
  }

  /** The message with the payload in its place. A message is sent in the same turn as it is made. */
  static into(message: string): string {
    const { mark, json } = RawPayload.made;
    const end = `"${mark}"}`;
    return mark !== '' && message.endsWith(end) ? `${message.slice(0, -end.length)}${json}}` : message;
  }
}

/** A socket that puts shared payloads in the messages that stand for them. */
class EnvelopeSocket extends WebSocket {
  override send(data: Parameters<WebSocket['send']>[0], ...rest: unknown[]): void {
    const send = super.send.bind(this) as (...parts: unknown[]) => void;
    send(typeof data === 'string' ? RawPayload.into(data) : data, ...rest);
  }
}

/** GraphQL over WebSocket (graphql-transport-ws): subscriptions, and the mutations of co-editing. */
export class GraphqlSocket {
  private readonly server: WebSocketServer;
  private readonly sessions = new WeakMap<WebSocket, SocketSession>();
  private readonly disposable: { dispose: () => void | Promise<void> };

  constructor(private readonly deps: SocketDeps) {
    // Compression off: it costs two to three times the CPU for messages of a few hundred bytes.
    this.server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: deps.maxMessageBytes,
      WebSocket: EnvelopeSocket,
    });
    this.disposable = useServer(
      {
        schema: deps.schema,
        subscribe: deps.fanOut.subscribe,
        connectionInitWaitTimeout: CONNECTION_INIT_MS,
        onConnect: ({ extra }) => this.connect(extra.socket, extra.request),
        onDisconnect: ({ extra }) => this.sessions.get(extra.socket)?.stop(),
        onSubscribe: ({ extra }, _id, payload) => this.prepare(extra.socket, extra.request, payload),
        onNext: (_context, _id, _payload, _args, result) =>
          result instanceof SharedResult ? new RawPayload(result) : formatErrors(result, deps.log),
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
    const document = this.deps.operations.of(payload.query ?? '');
    if (!('kind' in document)) return document;
    return {
      schema: this.deps.schema,
      document,
      operationName: payload.operationName ?? undefined,
      variableValues: payload.variables ?? undefined,
      contextValue: this.deps.contextFor(session.actor, session.token, request),
    };
  }
}
