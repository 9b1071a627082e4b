import type { Api } from '#lib/api/server.js';
import type { MeQuery } from '#lib/api/generated/graphql.js';

/** What our own Node server hands every page request: GraphQL in the same process, with the caller's session. */
export interface SamsynBridge {
  execute(query: string, variables: Record<string, unknown>): Promise<BridgeResult>;
  /** Demo mode: roles instead of passwords, examples instead of facts. */
  readonly demo: boolean;
}

export interface BridgeResult {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
  /** A whole Set-Cookie header value to pass on to the browser. */
  readonly setCookie?: string | null;
}

declare module 'node:http' {
  interface IncomingMessage {
    samsyn?: SamsynBridge;
  }
}

declare global {
  namespace App {
    interface Error {
      /** The GraphQL code behind it, when there is one. */
      code?: string;
      /** Where to find it in the server's log. */
      errorId?: string;
    }
    interface PageData {
      me?: MeQuery['me'] | null;
    }
    interface Locals {
      api: Api;
      me: MeQuery['me'] | null;
      demo: boolean;
    }
  }
}
