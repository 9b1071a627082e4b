import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import helmet from 'helmet';
import type { Config } from '../config.js';
import type { Actor } from '../features/accounts/index.js';
import { newId } from '../platform/ids.js';
import type { Logger } from '../platform/log.js';
import type { RequestContext } from './context.js';
import { readSessionCookie, sessionCookie } from './cookies.js';
import type { FilesEndpoint } from './files.js';
import type { CalendarEndpoint } from './calendar.js';
import { sendDenial, type GraphqlEndpoint } from './graphql.js';
import type { GraphqlSocket } from './graphqlSocket.js';
import type { GraphqlSse } from './graphqlSse.js';
import { answerMetrics } from './metricsEndpoint.js';
import { originAllowed, ownOrigins, type OwnOrigins } from './origin.js';
import { HOST_HEADER, PROTOCOL_HEADER, type WebHandler, type WebRequest } from './web.js';

export interface HttpDeps {
  readonly config: Config;
  readonly log: Logger;
  readonly graphql: GraphqlEndpoint;
  readonly files: FilesEndpoint;
  readonly calendar: CalendarEndpoint;
  readonly web: WebHandler | null;
  actorOf(token: string | null): Promise<Actor | null>;
  /** Throws when the process can't serve: the database is away. */
  ready(): Promise<void>;
}

/** How long a request's body may take: a file of evidence, and anything else. */
const FILE_LIMIT_MS = 600_000;
const BODY_LIMIT_MS = 30_000;

/** The pages bring their own Content-Security-Policy with nonces; everything else is the same for all answers. */
const securityHeaders = helmet({
  contentSecurityPolicy: false,
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'same-origin' },
});

/** One port: health, GraphQL over HTTP and WebSocket, and the web. */
export class HttpServer {
  readonly origins: OwnOrigins;
  private readonly server: Server;
  private socket: GraphqlSocket | null = null;
  private sse: GraphqlSse | null = null;
  private draining = false;

  constructor(private readonly deps: HttpDeps) {
    this.origins = ownOrigins(deps.config.publicUrl, () => this.port);
    this.server = createServer((request, response) => {
      this.route(request, response).catch((error: unknown) => this.fault(response, error));
    });
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.server.headersTimeout = 30_000;
    // Long enough for a file over a slow line; everything else is held to BODY_LIMIT_MS below.
    this.server.requestTimeout = FILE_LIMIT_MS;
  }

  get port(): number {
    return (this.server.address() as AddressInfo | null)?.port ?? this.deps.config.port;
  }

  get secure(): boolean {
    return this.origins.protocol === 'https';
  }

  /** The two roads for what is live. */
  attach(socket: GraphqlSocket, sse: GraphqlSse): void {
    this.socket = socket;
    this.sse = sse;
  }

  /** @throws the system's error, e.g. EADDRINUSE */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.deps.config.port, this.deps.config.host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  /** Takes no more work, lets what is under way end, then closes. `/readyz` says no from the first moment. */
  async drain(): Promise<void> {
    this.draining = true;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    await this.socket?.close();
    this.sse?.close();
    this.server.closeIdleConnections();
    const late = setTimeout(() => this.server.closeAllConnections(), this.deps.config.drainMs);
    await closed;
    clearTimeout(late);
  }

  /** Who a socket's upgrade request comes from. */
  async identify(request: IncomingMessage): Promise<{ actor: Actor; token: string } | null> {
    const token = readSessionCookie(request.headers, this.secure);
    const actor = token === null ? null : await this.deps.actorOf(token);
    return actor && token !== null ? { actor, token } : null;
  }

  contextFor(actor: Actor | null, token: string | null, request: IncomingMessage, cookies: string[] | null): RequestContext {
    return {
      actor,
      sessionToken: token,
      clientAddress: this.clientAddress(request),
      requestId: newId().slice(0, 12),
      setCookie: (value) => {
        if (!cookies) throw new Error('a socket cannot set a cookie');
        cookies.push(sessionCookie(value, this.secure));
      },
    };
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (path === '/healthz') return answer(response, 200, 'ok');
    if (path === '/readyz') return this.readiness(response);
    if (path === '/metrics') return answerMetrics(request, response, this.deps.config.metricsToken);
    securityHeaders(request, response, () => undefined);
    // A foreign Host is a rebinding page or a wrong proxy: neither gets an answer with our cookies in play.
    if (!this.origins.isOwnHost(request.headers.host)) return answer(response, 421, 'unknown host');
    const token = readSessionCookie(request.headers, this.secure);
    if (path === '/files' || path.startsWith('/files/')) return this.files(request, response, token);
    hurry(request, response);
    if (path.startsWith('/kalender/')) return this.deps.calendar.handle(request, response, path);
    if (path === '/graphql' || path === '/graphql/stream') {
      if (!originAllowed(request.headers, this.origins, token !== null))
        return sendDenial(response, 'FORBIDDEN_ORIGIN', 'Anropet kommer från en annan webbplats.');
      const cookies: string[] = [];
      const context = this.contextFor(await this.deps.actorOf(token), token, request, cookies);
      const writeHead = response.writeHead.bind(response);
      response.writeHead = ((...parts: Parameters<typeof writeHead>) => {
        if (cookies.length > 0) response.setHeader('set-cookie', cookies);
        return writeHead(...parts);
      }) as typeof response.writeHead;
      if (path === '/graphql/stream' && this.sse) return this.sse.handle(request, response, context);
      return this.deps.graphql.handle(request, response, context);
    }
    return this.page(request, response, token);
  }

  private async files(request: IncomingMessage, response: ServerResponse, token: string | null): Promise<void> {
    // A browser tells no Origin when it fetches a file from its own page, and reading changes nothing; writing is as for /graphql.
    if (request.method !== 'GET' && !originAllowed(request.headers, this.origins, token !== null))
      return sendDenial(response, 'FORBIDDEN_ORIGIN', 'Anropet kommer från en annan webbplats.');
    return this.deps.files.handle(request, response, token === null ? null : await this.deps.actorOf(token));
  }

  private async page(request: WebRequest, response: ServerResponse, token: string | null): Promise<void> {
    if (!this.deps.web) return answer(response, 404, 'the web is not built');
    request.headers[PROTOCOL_HEADER] = this.origins.protocol;
    request.headers[HOST_HEADER] = request.headers.host;
    let current = token;
    request.samsyn = {
      demo: this.deps.config.demo,
      execute: async (query, variables) => {
        const cookies: string[] = [];
        const context = this.contextFor(await this.deps.actorOf(current), current, request, cookies);
        const notingToken: RequestContext = {
          ...context,
          setCookie: (value) => {
            current = value;
            context.setCookie(value);
          },
        };
        return { ...(await this.deps.graphql.execute(query, variables, notingToken)), setCookie: cookies.at(-1) ?? null };
      },
    };
    this.deps.web(request, response);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node takes its own listener away before this event: without one, a peer that resets the connection would end the process.
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?', 1)[0];
    const token = readSessionCookie(request.headers, this.secure);
    const ours = this.origins.isOwnHost(request.headers.host) && originAllowed(request.headers, this.origins, token !== null);
    if (path !== '/graphql' || !ours || this.draining || !this.socket) {
      socket.end(
        `HTTP/1.1 ${path !== '/graphql' ? '404 Not Found' : ours ? '503 Service Unavailable' : '403 Forbidden'}\r\nConnection: close\r\n\r\n`,
      );
      return;
    }
    this.socket.upgrade(request, socket, head);
  }

  private async readiness(response: ServerResponse): Promise<void> {
    if (this.draining) return answer(response, 503, 'draining');
    try {
      await this.deps.ready();
      return answer(response, 200, 'ready');
    } catch {
      return answer(response, 503, 'database away');
    }
  }

  private clientAddress(request: IncomingMessage): string {
    const header = this.deps.config.clientAddressHeader;
    const told = header === '' ? undefined : request.headers[header];
    // Of a list, the last is the one our own proxy added; the others are the client's word.
    return (Array.isArray(told) ? told.at(-1) : told?.split(',').at(-1)?.trim()) ?? request.socket.remoteAddress ?? '';
  }

  private fault(response: ServerResponse, error: unknown): void {
    const errorId = newId().slice(0, 12);
    this.deps.log.error({ errorId, err: error }, 'fault');
    sendDenial(response, 'INTERNAL', `Något gick fel hos oss. Ange felkod ${errorId} om du hör av dig.`);
  }
}

/** Ends a request whose body doesn't come in time. */
function hurry(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) return;
  const late = setTimeout(() => request.complete || request.destroy(), BODY_LIMIT_MS);
  late.unref();
  response.once('close', () => clearTimeout(late));
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(text);
}
