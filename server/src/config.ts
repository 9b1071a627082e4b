import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';

/** Everything the process reads from its surroundings, checked once at start. Units are in the names. */
export interface Config {
  /** TCP port; 0 lets the system choose (tests). */
  readonly port: number;
  /** Address to listen on. Demo mode only ever listens on loopback. */
  readonly host: string;
  /** Folder for the embedded database and for files. */
  readonly dataDir: string;
  /** `mysql://user:password@host:port/database`; empty means the embedded SQLite database in `dataDir`. */
  readonly databaseUrl: string;
  /** `redis://…`; wakes other nodes. Empty means one node. */
  readonly redisUrl: string;
  /** The address people type. Decides Secure cookies and which Origin is ours. Empty: taken from the port, loopback only. */
  readonly publicUrl: string;
  readonly demo: boolean;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Header that our own reverse proxy sets with the client's address; empty: the socket's address. */
  readonly clientAddressHeader: string;
  /** Largest HTTP body, bytes. */
  readonly maxBodyBytes: number;
  /** Largest WebSocket message, bytes. */
  readonly maxSocketMessageBytes: number;
  /** Sign-in attempts per account and quarter of an hour. */
  readonly signInAttemptsPerQuarter: number;
  /** How long a session lives without use, hours. */
  readonly sessionIdleHours: number;
  /** `smtp://user:password@host:port` or `smtps://…`; empty: notices in the app only. */
  readonly smtpUrl: string;
  /** The sender of our mail. */
  readonly mailFrom: string;
  /** Largest file of evidence, bytes. */
  readonly maxFileBytes: number;
  /** Most files of evidence one measure may have. */
  readonly maxFilesPerMeasure: number;
  /** How long the process waits for open requests when told to stop, ms. */
  readonly drainMs: number;
  /** Bearer token with which `/metrics` may be read from another machine; empty: from this one only. */
  readonly metricsToken: string;
  /** Name of this process among its siblings; random at each start. */
  readonly nodeName: string;
}

const flag = v.pipe(
  v.optional(v.picklist(['0', '1', 'true', 'false', '']), ''),
  v.transform((text) => text === '1' || text === 'true'),
);
const whole = (fallback: number, least: number, most: number) =>
  v.pipe(
    v.optional(v.string(), String(fallback)),
    v.regex(/^\d+$/, 'must be a whole number'),
    v.transform(Number),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );
const urlOf = (...schemes: string[]) =>
  v.pipe(
    v.optional(v.string(), ''),
    v.check(
      (text) => {
        if (text === '') return true;
        try {
          return schemes.includes(new URL(text).protocol);
        } catch {
          return false;
        }
      },
      `must be a URL that starts with ${schemes.join(' or ')}`,
    ),
  );

const environment = v.object({
  PORT: whole(3000, 0, 65_535),
  HOST: v.optional(v.string(), '127.0.0.1'),
  DATA_DIR: v.optional(v.string(), 'data'),
  DATABASE_URL: urlOf('mysql:', 'mariadb:'),
  DATABASE_PASSWORD_FILE: v.optional(v.string(), ''),
  REDIS_URL: urlOf('redis:', 'rediss:'),
  PUBLIC_URL: urlOf('http:', 'https:'),
  DEMO: flag,
  LOG_LEVEL: v.optional(v.picklist(['silent', 'error', 'warn', 'info', 'debug']), 'info'),
  CLIENT_ADDRESS_HEADER: v.optional(v.string(), ''),
  MAX_BODY_BYTES: whole(2_097_152, 1_024, 104_857_600),
  MAX_SOCKET_MESSAGE_BYTES: whole(1_048_576, 1_024, 16_777_216),
  SIGN_IN_ATTEMPTS_PER_QUARTER: whole(10, 1, 10_000),
  SESSION_IDLE_HOURS: whole(12, 1, 720),
  SMTP_URL: urlOf('smtp:', 'smtps:'),
  MAIL_FROM: v.optional(v.string(), ''),
  MAX_FILE_BYTES: whole(26_214_400, 1_024, 1_073_741_824),
  MAX_FILES_PER_MEASURE: whole(20, 1, 1_000),
  METRICS_TOKEN: v.optional(v.string(), ''),
  DRAIN_MS: whole(10_000, 0, 120_000),
});

/** Thrown with every fault at once, so that nobody mends them one start at a time. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');

/**
 * Reads and checks the configuration.
 * @param env usually `process.env`
 * @throws ConfigError naming every fault
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = v.safeParse(environment, env);
  const faults = parsed.success ? [] : parsed.issues.map((issue) => `${issue.path?.[0]?.key as string}: ${issue.message}`);
  if (!parsed.success) throw new ConfigError(faults);
  const read = parsed.output;
  if (read.DEMO && !LOOPBACK.has(read.HOST))
    faults.push('DEMO: demo mode has no passwords and listens on loopback only; set HOST=127.0.0.1');
  if (read.DEMO && read.PUBLIC_URL !== '' && !LOOPBACK.has(hostOf(read.PUBLIC_URL)))
    faults.push('DEMO: demo mode has no passwords and is never served under a public address; unset PUBLIC_URL or DEMO');
  if (read.PUBLIC_URL.startsWith('http:') && !LOOPBACK.has(hostOf(read.PUBLIC_URL)))
    faults.push('PUBLIC_URL: must be https, except on loopback');
  if (read.PUBLIC_URL === '' && !LOOPBACK.has(read.HOST)) faults.push('PUBLIC_URL: must be set when HOST is not loopback');
  if (read.SMTP_URL !== '' && !/^[^@\s<>]+@[^@\s<>]+$/.test(read.MAIL_FROM))
    faults.push('MAIL_FROM: must be the address that mail is sent from when SMTP_URL is set');
  const databaseUrl = withPassword(read.DATABASE_URL, read.DATABASE_PASSWORD_FILE, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    port: read.PORT,
    host: read.HOST,
    dataDir: resolve(read.DATA_DIR),
    databaseUrl,
    redisUrl: read.REDIS_URL,
    publicUrl: read.PUBLIC_URL.replace(/\/$/, ''),
    demo: read.DEMO,
    logLevel: read.LOG_LEVEL,
    clientAddressHeader: read.CLIENT_ADDRESS_HEADER.toLowerCase(),
    maxBodyBytes: read.MAX_BODY_BYTES,
    maxSocketMessageBytes: read.MAX_SOCKET_MESSAGE_BYTES,
    signInAttemptsPerQuarter: read.SIGN_IN_ATTEMPTS_PER_QUARTER,
    sessionIdleHours: read.SESSION_IDLE_HOURS,
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM,
    maxFileBytes: read.MAX_FILE_BYTES,
    maxFilesPerMeasure: read.MAX_FILES_PER_MEASURE,
    drainMs: read.DRAIN_MS,
    metricsToken: read.METRICS_TOKEN,
    nodeName: randomBytes(4).toString('hex'),
  };
}

/** The URL with the password that a secret file holds, so that no password stands in an environment or a compose file. */
function withPassword(databaseUrl: string, file: string, faults: string[]): string {
  if (databaseUrl === '' || file === '') return databaseUrl;
  try {
    const url = new URL(databaseUrl);
    url.password = encodeURIComponent(readFileSync(file, 'utf8').trim());
    return url.href;
  } catch (error) {
    faults.push(`DATABASE_PASSWORD_FILE: ${(error as Error).message}`);
    return databaseUrl;
  }
}

/** Where the embedded database lies. */
export const sqlitePath = (config: Config): string => join(config.dataDir, 'samsyn.sqlite');
