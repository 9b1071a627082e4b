import { apiFor } from '#lib/api/server.js';
import { MeDocument } from '#lib/api/generated/graphql.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';

const noServer = `<!doctype html><html lang="sv"><meta charset="utf-8"><title>Samsyn svarar inte</title>
<h1>Samsyn svarar inte just nu</h1><p>Försök igen om en stund. Det du har skrivit finns kvar.</p></html>`;

/** Language first, then who is asking: every page knows both before it loads. */
export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, async ({ locale }) => {
    const bridge = event.platform?.req.samsyn;
    if (!bridge)
      return new Response(noServer, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '5' } });
    const cookies: string[] = [];
    event.locals.demo = bridge.demo;
    event.locals.api = apiFor(bridge, event.url, (cookie) => cookies.push(cookie));
    event.locals.me = (await event.locals.api(MeDocument)).me ?? null;
    const response = await resolve(event, { transformPageChunk: ({ html }) => html.replace('%samsyn.lang%', locale) });
    for (const cookie of cookies) response.headers.append('set-cookie', cookie);
    if (event.locals.me) response.headers.set('cache-control', 'private, no-store');
    return response;
  });

/** Unknown faults get an id that a person can read out over the phone; the text of the fault stays in the log. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return;
  const errorId = crypto.randomUUID().slice(0, 8);
  const line = { level: 'error', errorId, route: event.route.id, error: error instanceof Error ? error.stack : String(error) };
  process.stderr.write(`${JSON.stringify(line)}\n`);
  return { status: 500, message: 'INTERNAL', code: 'INTERNAL', errorId };
};
