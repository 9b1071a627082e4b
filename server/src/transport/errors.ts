import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import { newId } from '../platform/ids.js';
import type { Logger } from '../platform/log.js';
import { DomainError, type DenialCode } from '../platform/outcome.js';

type WireCode = DenialCode | 'INTERNAL';

/** The one total table from codes to what the wire says. HTTP status counts only where no GraphQL answer can be made. */
export const HTTP_STATUS: Readonly<Record<WireCode, number>> = {
  UNAUTHENTICATED: 401,
  NOT_FOUND: 404,
  FORBIDDEN_ORIGIN: 403,
  BAD_INPUT: 400,
  RATE_LIMITED: 429,
  TOO_LARGE: 413,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** Errors that say the database is away, not that we are wrong. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'SQLITE_FULL',
  'SQLITE_BUSY',
]);

function isDatabaseAway(error: unknown): boolean {
  const outer = error as { code?: string; driverError?: { code?: string; errstr?: string; message?: string }; message?: string };
  const code = outer.driverError?.code ?? outer.code ?? '';
  return (
    AWAY.has(code) ||
    /connection is closed|database or disk is full|Connection lost/i.test(outer.driverError?.message ?? outer.message ?? '')
  );
}

/**
 * Turns anything thrown into what the client may know: a denial with its code, a fault of the query as graphql words it,
 * or INTERNAL with an id that the log has too. Never a stack, never a driver's message.
 */
export function formatError(formatted: GraphQLFormattedError, thrown: unknown, log: Logger): GraphQLFormattedError {
  const denied = thrown instanceof GraphQLError && thrown.originalError instanceof DomainError ? thrown.originalError : null;
  const error = denied ?? (thrown instanceof GraphQLError ? unwrapResolverError(thrown) : thrown);
  const place = { ...(formatted.path ? { path: formatted.path } : {}), ...(formatted.locations ? { locations: formatted.locations } : {}) };
  if (error instanceof DomainError) return { message: error.message, ...place, extensions: { code: error.code, ...error.details } };
  // What a resolver throws has a path. Without one it is the query or its variables that can't be read.
  if (error instanceof GraphQLError && (!error.originalError || !error.path)) {
    const code = formatted.extensions?.['code'];
    const known = typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR' ? code : 'BAD_INPUT';
    return { message: formatted.message, ...place, extensions: { code: known } };
  }
  const errorId = newId().slice(0, 12);
  log.error({ errorId, err: error }, 'fault');
  if (isDatabaseAway(error))
    return { message: 'Databasen svarar inte just nu. Försök igen om en stund.', ...place, extensions: { code: 'UNAVAILABLE', errorId } };
  return {
    message: `Något gick fel hos oss. Ange felkod ${errorId} om du hör av dig.`,
    ...place,
    extensions: { code: 'INTERNAL', errorId },
  };
}

/** A result with its errors as `formatError` words them; undefined when it has none. */
export function formatErrors(result: ExecutionResult, log: Logger): ExecutionResult | undefined {
  if (!result.errors) return undefined;
  const errors = result.errors.map((error) => formatError(error.toJSON(), error, log));
  return { ...result, errors: errors as unknown as readonly GraphQLError[] };
}
