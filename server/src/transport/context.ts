import type { Actor } from '../features/accounts/index.js';
import { DomainError } from '../platform/outcome.js';

/** What every operation knows of its caller, whichever road it came by. */
export interface RequestContext {
  /** null: not signed in. */
  readonly actor: Actor | null;
  /** The session's secret as the cookie carried it. */
  readonly sessionToken: string | null;
  readonly clientAddress: string;
  /** Sets (a token) or clears (null) the session cookie. Over a socket it can't, and throws. */
  setCookie(token: string | null): void;
  readonly requestId: string;
}

/** @throws DomainError UNAUTHENTICATED when nobody is signed in */
export function requireActor(context: RequestContext): Actor {
  if (!context.actor) throw new DomainError('UNAUTHENTICATED', 'Du behöver logga in.');
  return context.actor;
}
