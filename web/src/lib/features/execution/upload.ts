import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** A file on its way, with how much of it has gone. */
export interface Sending {
  readonly done: Promise<UploadResult>;
  readonly stop: () => void;
}

export type UploadResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

// Where we have words of our own, so in English too; the rest are the server's.
const causes: Readonly<Record<string, () => string>> = {
  FILE_TOO_LARGE: m.upload_too_large,
  TOO_MANY_FILES: m.upload_too_many,
  FILE_KIND: m.upload_kind,
  FILE_DISGUISED: m.upload_disguised,
  FILE_BROKEN: m.upload_broken,
  FILE_NOT_UTF8: m.upload_not_utf8,
  FILE_EMPTY: m.upload_empty,
  FILE_EXISTS: m.upload_exists,
  UNAUTHENTICATED: m.failed_UNAUTHENTICATED,
  NOT_FOUND: m.failed_NOT_FOUND,
  RATE_LIMITED: m.failed_RATE_LIMITED,
};
const byStatus: Readonly<Record<number, string>> = { 401: 'UNAUTHENTICATED', 404: 'NOT_FOUND', 413: 'FILE_TOO_LARGE', 429: 'RATE_LIMITED' };

/** Why a file was not taken, by the server's own code; its words where we have none. */
export function uploadFailure(status: number, body: string): string {
  let said: { code?: unknown; message?: unknown } = {};
  try {
    said = JSON.parse(body) as typeof said;
  } catch {
    // A proxy's page, or nothing: the status has to do.
  }
  const code = typeof said.code === 'string' ? said.code : byStatus[status];
  const told = typeof said.message === 'string' && said.message !== '' ? said.message : null;
  const own = code === undefined ? undefined : causes[code]?.();
  // The server's Swedish knows the limit and the format; ours stands in for it in other languages.
  if (told !== null && getLocale() === 'sv') return told;
  return own ?? told ?? m.upload_failed();
}

/** Sends one file as evidence for a measure. @param progress 0–1, as the browser tells it */
export function sendEvidence(planId: string, measureId: string, file: File, progress: (part: number) => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<UploadResult>((resolve) => {
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () =>
      resolve(
        request.status >= 200 && request.status < 300
          ? { ok: true }
          : { ok: false, message: uploadFailure(request.status, request.responseText) },
      );
    request.onerror = () => resolve({ ok: false, message: m.offline() });
    request.onabort = () => resolve({ ok: false, message: m.upload_stopped() });
    const body = new FormData();
    body.set('file', file);
    request.open('POST', `/files?planId=${encodeURIComponent(planId)}&measureId=${encodeURIComponent(measureId)}`);
    request.setRequestHeader('x-samsyn', 'web');
    request.send(body);
  });
  return { done, stop: () => request.abort() };
}
