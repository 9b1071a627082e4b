import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type Client as UrqlClient, createClient, type CombinedError, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient as createSocket } from 'graphql-ws';
import { ApiError, apiErrorOf } from './errors.js';
import { type Answers, httpWire, type Road, Roads } from './roads.js';

let roads: Roads | undefined;
let urql: UrqlClient | undefined;

/** Subscriptions beside the text's own that a page may hold open over HTTP: a browser has six connections to a host. */
const HINT_STREAMS = 2;
let hintStreams = 0;

/** The page's one way for what is live: a socket, opened by the first subscription and reopened for ever with growing waits; or HTTP. */
export function wire(): Roads {
  roads ??= new Roads(
    createSocket({
      url: () => `${location.origin.replace(/^http/, 'ws')}/graphql`,
      lazy: true,
      lazyCloseTimeout: 2_000,
      keepAlive: 15_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      // Never after 4401, signed out: the wire's own rule, before this one is asked.
      shouldRetry: () => true,
    }),
    httpWire(location.origin),
    async () => (await fetch('/readyz', { cache: 'no-store' })).ok,
  );
  return roads;
}

/** Listens on whichever road there is, and again when it changes. Over HTTP only the first few: the rest show at the next visit. */
function listenOn(query: string, variables: Record<string, unknown>, answers: Answers<never>): () => void {
  let stop: (() => void) | undefined;
  let holds = false;
  const release = (): void => {
    stop?.();
    stop = undefined;
    if (holds) hintStreams -= 1;
    holds = false;
  };
  const open = (road: Road): void => {
    release();
    if (road === 'http') {
      if (hintStreams >= HINT_STREAMS) return;
      hintStreams += 1;
      holds = true;
    }
    stop = wire().subscribe(road === 'http' ? { query, variables, again: true } : { query, variables }, answers);
  };
  const unlisten = wire().onRoad(open);
  return () => {
    unlisten();
    release();
  };
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
            unsubscribe: listenOn(operation.query ?? '', operation.variables ?? {}, sink),
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
