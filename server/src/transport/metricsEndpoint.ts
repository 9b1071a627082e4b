import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { metricsText } from '../platform/metrics.js';
import { sha256 } from '../platform/ids.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
/** A proxy on this machine also comes from loopback; what it carries comes from elsewhere, and says so. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Whether a request may read the metrics: it brings the token, or it was made on this machine and by nobody's proxy. */
export function mayReadMetrics({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, token: string): boolean {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (given !== undefined) return token !== '' && timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(token)));
  const direct = !FORWARDED.some((name) => headers[name] !== undefined);
  return direct && LOOPBACK.has(socket.remoteAddress ?? '') && LOOPBACK_NAME.test(headers.host ?? '');
}

/** Answers with the metrics; to others as if there were no such page. */
export async function answerMetrics(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
  if (request.method !== 'GET' || !mayReadMetrics(request, token)) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end('not found');
    return;
  }
  const { type, text } = await metricsText();
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(text);
}
