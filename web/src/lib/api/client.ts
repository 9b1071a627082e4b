import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type Client as UrqlClient, createClient, type CombinedError, fetchExchange, subscriptionExchange } from '@urql/core';
import { type Client as SocketClient, createClient as createSocket } from 'graphql-ws';
import { ApiError, apiErrorOf } from './errors.js';

let socket: SocketClient | undefined;
let urql: UrqlClient | undefined;

/** The page's one socket; opened by the first subscription, closed a little after the last, reopened for ever with growing waits. */
export function socketClient(): SocketClient {
  socket ??= createSocket({
    url: () => `${location.origin.replace(/^http/, 'ws')}/graphql`,
    lazy: true,
    lazyCloseTimeout: 2_000,
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
  });
  return socket;
}

function client(): UrqlClient {
  urql ??= createClient({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'network-only',
    fetchOptions: { credentials: 'same-origin', headers: { 'x-samsyn': 'web' } },
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (operation) => ({
          subscribe: (sink) => ({
            unsubscribe: socketClient().subscribe({ query: operation.query ?? '', variables: operation.variables ?? {} }, sink),
          }),
        }),
      }),
    ],
  });
  return urql;
}

function toApiError(failure: CombinedError): ApiError {
  if (failure.networkError && failure.graphQLErrors.length === 0) return new ApiError('OFFLINE', failure.networkError.message);
  return apiErrorOf(failure.graphQLErrors);
}

type VariablesArgument<Variables> = Record<string, never> extends Variables ? [Variables?] : [Variables];

/** One query or mutation from the browser. @throws ApiError; OFFLINE when nothing answered */
export async function run<Result, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Result, Variables>,
  ...[variables]: VariablesArgument<Variables>
): Promise<Result> {
  const definition = document.definitions.find((part) => part.kind === 'OperationDefinition');
  const given = (variables ?? {}) as Variables;
  const answer = await (
    definition?.operation === 'mutation' ? client().mutation(document, given) : client().query(document, given)
  ).toPromise();
  if (answer.error) throw toApiError(answer.error);
  if (!answer.data) throw new ApiError('INTERNAL', '');
  return answer.data;
}

/** Listens until the returned function is called. Faults are skipped: the socket reconnects by itself and the page loads anew on demand. */
export function listen<Result, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
  onData: (data: Result) => void,
): () => void {
  const { unsubscribe } = client()
    .subscription(document, variables)
    .subscribe((answer) => {
      if (answer.data) onData(answer.data);
    });
  return unsubscribe;
}
