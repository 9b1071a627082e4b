import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Executed } from './graphql.js';

/** What a page rendered on this server finds on its request (web/src/app.d.ts declares the same). */
export interface PageBridge {
  readonly demo: boolean;
  execute(query: string, variables: Record<string, unknown>): Promise<Executed & { setCookie: string | null }>;
}

export type WebRequest = IncomingMessage & { samsyn?: PageBridge };
export type WebHandler = (request: WebRequest, response: ServerResponse) => void;

const BUILD = fileURLToPath(new URL('../../../web/build/handler.js', import.meta.url));

/** Headers by which we tell the pages how people reached us. Ours alone: what a client sent under these names is thrown away first. */
export const PROTOCOL_HEADER = 'x-samsyn-protocol';
export const HOST_HEADER = 'x-samsyn-host';

/** The built web, or null where it hasn't been built (API-only tests). */
export async function loadWeb(): Promise<WebHandler | null> {
  if (!existsSync(BUILD)) return null;
  // The adapter takes its options from the environment, at import.
  process.env['PROTOCOL_HEADER'] = PROTOCOL_HEADER;
  process.env['HOST_HEADER'] = HOST_HEADER;
  process.env['BODY_SIZE_LIMIT'] = '2M';
  const { handler } = (await import(pathToFileURL(BUILD).href)) as { handler: WebHandler };
  return handler;
}
