import type { IncomingHttpHeaders } from 'node:http';

/** `__Host-` binds the cookie to this host over https. Plain http exists on loopback only, where browsers refuse the prefix. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-samsyn' : 'samsyn');

/** The session's secret from the Cookie header, or null. */
export function readSessionCookie(headers: IncomingHttpHeaders, secure: boolean): string | null {
  const wanted = `${cookieName(secure)}=`;
  const found = headers.cookie?.split(/; */).find((part) => part.startsWith(wanted));
  const token = found?.slice(wanted.length) ?? '';
  return /^[\w-]{20,200}$/.test(token) ? token : null;
}

/** A Set-Cookie value that sets the session (a token) or removes it (null). It ends with the browser; the server ends it when idle. */
export function sessionCookie(token: string | null, secure: boolean): string {
  const tail = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return token === null ? `${cookieName(secure)}=; Max-Age=0; ${tail}` : `${cookieName(secure)}=${token}; ${tail}`;
}
