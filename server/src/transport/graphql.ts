import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Logger } from '../platform/log.js';
import { DomainError, type DenialCode } from '../platform/outcome.js';
import type { RequestContext } from './context.js';
import { HTTP_STATUS, formatError } from './errors.js';
import { queryLimits } from './queryLimits.js';

/** Longest query text in tokens: bounds what a parse, a validation and the aliases in it can cost. */
export const MAX_QUERY_TOKENS = 3_000;

export interface Executed {
  readonly data: unknown;
  readonly errors: readonly GraphQLFormattedError[] | undefined;
}

/** GraphQL over HTTP POST, and in process for pages rendered on the server. */
export class GraphqlEndpoint {
  private readonly apollo: ApolloServer<RequestContext>;

  constructor(
    schema: GraphQLSchema,
    private readonly maxBodyBytes: number,
    introspection: boolean,
    log: Logger,
  ) {
    this.apollo = new ApolloServer<RequestContext>({
      schema,
      introspection,
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
      parseOptions: { maxTokens: MAX_QUERY_TOKENS },
      validationRules: [queryLimits],
      formatError: (formatted, error) => formatError(formatted, error, log),
      plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginUsageReportingDisabled()],
    });
  }

  start(): Promise<void> {
    return this.apollo.start();
  }

  stop(): Promise<void> {
    return this.apollo.stop();
  }

  /** Runs an operation for a page that is rendered on this server. */
  async execute(query: string, variables: Record<string, unknown>, contextValue: RequestContext): Promise<Executed> {
    const { body } = await this.apollo.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== 'single') throw new Error('incremental delivery is not in use');
    return { data: body.singleResult.data ?? null, errors: body.singleResult.errors };
  }

  async handle(request: IncomingMessage, response: ServerResponse, contextValue: RequestContext): Promise<void> {
    if (request.method !== 'POST') return sendDenial(response, 'BAD_INPUT', 'Only POST with application/json.', 405);
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
      return sendDenial(response, 'BAD_INPUT', 'Only application/json.', 415);
    let body: unknown;
    try {
      body = JSON.parse((await readBody(request, this.maxBodyBytes)).toString('utf8'));
    } catch (error) {
      if (error instanceof DomainError) return sendDenial(response, error.code, error.message);
      return sendDenial(response, 'BAD_INPUT', 'The body is not JSON.');
    }
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const answer = await this.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body },
      context: () => Promise.resolve(contextValue),
    });
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.setHeader('cache-control', 'no-store');
    response.statusCode = answer.status ?? 200;
    response.end(answer.body.kind === 'complete' ? answer.body.string : undefined);
  }
}

/** A denial before any operation could run, in the shape of a GraphQL answer. */
export function sendDenial(response: ServerResponse, code: DenialCode | 'INTERNAL', message: string, status = HTTP_STATUS[code]): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}

/** The whole body. @throws DomainError TOO_LARGE */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = new DomainError('TOO_LARGE', `Det som skickades är större än ${maxBytes} byte.`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    request.resume();
    throw tooLarge;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    // Read on without keeping it: an answer sent over an unread body is lost in a connection reset.
    else if (size > maxBytes * 4) request.destroy();
  }
  if (size > maxBytes) throw tooLarge;
  return Buffer.concat(chunks);
}
