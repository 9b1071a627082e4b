/**
 * How things go wrong (docs/adr/0003):
 * - a refusal: a person can mend it. It is a value, returned through the API's union types.
 * - a denial: the caller may not, or the thing doesn't exist for the caller. Thrown as DomainError.
 * - a fault: anything else thrown. Logged with an id, shown as INTERNAL with that id.
 */
export type DenialCode = 'UNAUTHENTICATED' | 'NOT_FOUND' | 'FORBIDDEN_ORIGIN' | 'BAD_INPUT' | 'RATE_LIMITED' | 'TOO_LARGE' | 'UNAVAILABLE';

export class DomainError extends Error {
  constructor(
    readonly code: DenialCode,
    message: string,
    readonly details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }
}

/** What may not be seen answers exactly as what doesn't exist (I7). */
export const notFound = (): DomainError => new DomainError('NOT_FOUND', 'Det finns inte, eller så har du inte tillgång till det.');

/** One thing to mend: where (`measures/<id>/doneBy`, `email`), what (a stable code), and words for it. */
export interface Fault {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** A refusal's shape inside the server. `code` is stable and part of the contract; `message` is for a person, in Swedish. */
export class Refused {
  constructor(
    readonly code: string,
    readonly message: string,
    readonly faults: readonly Fault[] = [],
  ) {}
}
