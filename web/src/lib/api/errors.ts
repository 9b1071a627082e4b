/** Codes a GraphQL answer may carry in `extensions.code`. */
export type ErrorCode =
  'UNAUTHENTICATED' | 'NOT_FOUND' | 'BAD_INPUT' | 'RATE_LIMITED' | 'TOO_LARGE' | 'UNAVAILABLE' | 'INTERNAL' | 'OFFLINE';

const statuses: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  NOT_FOUND: 404,
  BAD_INPUT: 400,
  RATE_LIMITED: 429,
  TOO_LARGE: 413,
  UNAVAILABLE: 503,
  INTERNAL: 500,
  OFFLINE: 503,
};

/** A denial or a fault from the API: never something the person filled in wrongly (that is a Refusal, and is returned). */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Set for INTERNAL: the id in the server's log. */
    readonly errorId?: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  get status(): number {
    return statuses[this.code];
  }
}

interface GraphqlFault {
  readonly message: string;
  readonly extensions?: Record<string, unknown> | undefined;
}

/** The first fault decides; an unknown code counts as INTERNAL. */
export function apiErrorOf(faults: readonly GraphqlFault[]): ApiError {
  const first = faults[0];
  const code = first?.extensions?.['code'];
  const errorId = first?.extensions?.['errorId'];
  return new ApiError(
    typeof code === 'string' && Object.hasOwn(statuses, code) ? (code as ErrorCode) : 'INTERNAL',
    first?.message ?? '',
    typeof errorId === 'string' ? errorId : undefined,
  );
}
