import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Which addresses are ours. With PUBLIC_URL exactly that one; without it any loopback name on our own port. */
export interface OwnOrigins {
  isOwnHost(host: string | undefined): boolean;
  isOwnOrigin(origin: string | undefined): boolean;
  /** `http` or `https`, as people see it. */
  readonly protocol: 'http' | 'https';
}

export function ownOrigins(publicUrl: string, port: () => number): OwnOrigins {
  if (publicUrl !== '') {
    const url = new URL(publicUrl);
    return {
      isOwnHost: (host) => host === url.host,
      isOwnOrigin: (origin) => origin === url.origin,
      protocol: url.protocol === 'https:' ? 'https' : 'http',
    };
  }
  const hosts = (): string[] => LOOPBACK_NAMES.map((name) => `${name}:${port()}`);
  return {
    isOwnHost: (host) => host !== undefined && hosts().includes(host),
    isOwnOrigin: (origin) => origin !== undefined && hosts().some((host) => origin === `http://${host}`),
    protocol: 'http',
  };
}

/**
 * A request that carries a session must come from our own pages: a browser always tells the Origin of a POST and of a socket.
 * Without a cookie there is nothing for a foreign page to borrow; a foreign Origin is refused all the same.
 */
export function originAllowed(headers: IncomingHttpHeaders, origins: OwnOrigins, hasSession: boolean): boolean {
  if (headers.origin === undefined) return !hasSession;
  return origins.isOwnOrigin(headers.origin);
}
