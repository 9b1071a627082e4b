import * as m from '#lib/paraglide/messages.js';

interface Refused {
  readonly code: string;
  readonly message: string;
}

interface Failed {
  readonly code?: string | undefined;
  readonly errorId?: string | undefined;
}

const refusals: Record<string, () => string> = {
  WRONG_CREDENTIALS: m.refusal_WRONG_CREDENTIALS,
  RATE_LIMITED: m.refusal_RATE_LIMITED,
};

/** A refusal in our own words where we have them (and so in English too), else the server's Swedish. */
export const refusalText = (refusal: Refused): string => refusals[refusal.code]?.() ?? refusal.message;

const failures: Record<string, () => string> = {
  UNAUTHENTICATED: m.failed_UNAUTHENTICATED,
  NOT_FOUND: m.failed_NOT_FOUND,
  BAD_INPUT: m.failed_BAD_INPUT,
  RATE_LIMITED: m.failed_RATE_LIMITED,
  TOO_LARGE: m.failed_TOO_LARGE,
  UNAVAILABLE: m.failed_UNAVAILABLE,
  OFFLINE: m.offline,
};

/** Why something could not be done, and what to do. No code at all: nothing answered. */
export function failureText(failure: Failed): string {
  if (failure.code === undefined) return m.offline();
  const known = failures[failure.code];
  if (known) return known();
  return failure.errorId ? m.failed_INTERNAL_id({ id: failure.errorId }) : m.failed_INTERNAL();
}
