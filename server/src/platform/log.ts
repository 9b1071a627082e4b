import { pino, type Logger } from 'pino';

export type { Logger };

/** The process's log, JSON lines on standard output. Never log document text, cookies or addresses of persons. */
export function createLog(level: string, node: string): Logger {
  return pino({ level, base: { node }, redact: { paths: ['req.headers.cookie', '*.password', '*.token'], remove: true } });
}
