import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CalendarService } from '../features/notifications/index.js';

/** `GET /kalender/<secret>.ics`: a person's deadlines for a calendar program, which has no session. The secret is the key. */
export class CalendarEndpoint {
  constructor(private readonly calendar: CalendarService) {}

  async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const secret = /^\/kalender\/([\w-]{20,200})\.ics$/.exec(path)?.[1];
    const text = secret && (request.method === 'GET' || request.method === 'HEAD') ? await this.calendar.feed(secret) : null;
    const found = text !== null;
    response.writeHead(found ? 200 : 404, {
      'content-type': found ? 'text/calendar; charset=utf-8' : 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    });
    response.end(request.method === 'HEAD' ? undefined : (text ?? 'Kalendern finns inte, eller så har adressen bytts.'));
  }
}
