import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Actor } from '../features/accounts/index.js';
import type { Evidence, EvidencePlace, EvidenceService } from '../features/evidence/index.js';
import { DomainError, notFound, Refused } from '../platform/outcome.js';
import { HTTP_STATUS } from './errors.js';

const ID = /^[\w-]{1,64}$/;
/** What a multipart form may take beside the file itself, bytes. */
const FORM_OVERHEAD_BYTES = 65_536;
/** Statuses of refusals that have one of their own; the rest are 422. */
const REFUSAL_STATUS: Readonly<Record<string, number>> = { FILE_TOO_LARGE: 413, FILE_EXISTS: 409 };

/**
 * Evidence beside GraphQL, since files are streams: `POST /files?planId=&measureId=` (multipart, one file) and `GET /files/<id>`.
 * Whoever calls has checked Host, Origin and session as for /graphql. Every answer that isn't a file is JSON; a no is `{code, message}`.
 */
export class FilesEndpoint {
  constructor(private readonly evidence: EvidenceService) {}

  /** @throws what isn't a person's to mend: it is the server's fault to log and number */
  async handle(request: IncomingMessage, response: ServerResponse, actor: Actor | null): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://files');
    const id = /^\/files\/(\w+)$/.exec(url.pathname)?.[1];
    try {
      if (!actor) throw new DomainError('UNAUTHENTICATED', 'Du behöver logga in.');
      if (request.method === 'POST' && url.pathname === '/files') return await this.upload(request, response, actor, url.searchParams);
      if (request.method === 'GET' && id) return await this.download(response, actor, id);
      throw notFound();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.say(request, response, HTTP_STATUS[error.code], { code: error.code, message: error.message });
    }
  }

  private async upload(request: IncomingMessage, response: ServerResponse, actor: Actor, query: URLSearchParams): Promise<void> {
    const place = readPlace(query);
    const unwanted = await this.evidence.wouldReceive(actor, place);
    const outcome = unwanted ?? (await this.received(request, actor, place));
    if (outcome instanceof Refused) {
      const { code, message } = outcome;
      return this.say(request, response, REFUSAL_STATUS[code] ?? 422, { code, message });
    }
    await this.say(request, response, 201, toJson(outcome));
  }

  /** Reads the form's one file. @throws DomainError BAD_INPUT for a form that isn't one, or was cut */
  private async received(request: IncomingMessage, actor: Actor, place: EvidencePlace): Promise<Evidence | Refused> {
    let outcome: Promise<Evidence | Refused> | undefined;
    const form = openForm(request);
    form.on('file', (_field, content, { filename }) => {
      // A form that is cut fails its file too, maybe before anybody reads it: whoever reads hears of it, and nobody else needs to.
      content.on('error', () => undefined);
      if (outcome) return void content.resume();
      outcome = this.evidence.receive(actor, place, { fileName: filename ?? '', content });
      // Awaited below; until then it must not count as a failure that nobody hears of.
      outcome.catch(() => undefined);
    });
    try {
      await pipeline(request, form);
    } catch {
      await outcome?.catch(() => undefined);
      throw new DomainError('BAD_INPUT', 'Filen kom inte fram hel. Försök igen.');
    }
    if (!outcome) throw new DomainError('BAD_INPUT', 'Formuläret har ingen fil.');
    return outcome;
  }

  private async download(response: ServerResponse, actor: Actor, id: string): Promise<void> {
    const { evidence, content } = await this.evidence.download(actor, id);
    response.writeHead(200, {
      'content-type': evidence.mediaType,
      'content-length': evidence.bytes,
      'content-disposition': attachment(evidence.fileName),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    });
    // A reader that goes away midway is no fault of ours.
    await pipeline(content, response).catch(() => response.destroy());
  }

  /** An answer sent over an unread body is lost in a connection reset: the rest is read first, as far as an honest file goes. */
  private async say(request: IncomingMessage, response: ServerResponse, status: number, body: object): Promise<void> {
    let left = this.evidence.maxFileBytes + FORM_OVERHEAD_BYTES;
    if (!request.readableEnded && !request.destroyed) {
      request.unpipe();
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)
        if ((left -= chunk.length) < 0) break;
    }
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(left < 0 ? { connection: 'close' } : {}),
    });
    response.end(JSON.stringify(body));
  }
}

/** @throws DomainError BAD_INPUT when the body is no multipart form */
function openForm(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 10, fieldSize: 1_024, parts: 12, headerPairs: 20 },
    });
  } catch {
    throw new DomainError('BAD_INPUT', 'Skicka filen som multipart/form-data.');
  }
}

function readPlace(query: URLSearchParams): EvidencePlace {
  const planId = query.get('planId') ?? '';
  const measureId = query.get('measureId') ?? '';
  if (!ID.test(planId) || !ID.test(measureId)) throw notFound();
  return { planId, measureId };
}

/** RFC 6266: a plain name for old clients, the real one in UTF-8. */
function attachment(fileName: string): string {
  const plain = fileName.normalize('NFKD').replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function toJson({ id, measureId, fileName, mediaType, bytes, sha256, uploadedAt }: Evidence): object {
  return { id, measureId, fileName, mediaType, bytes, sha256, uploadedAt: uploadedAt.toISOString(), href: `/files/${id}` };
}
