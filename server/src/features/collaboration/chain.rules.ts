import { createHash } from 'node:crypto';
import type { LogRow } from './collaboration.model.js';

/** What the first row of a document's log is chained to. */
export const CHAIN_START = '0'.repeat(64);

export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/**
 * The hash of a row: over the hash before it and the row's header, with the bytes by their hash. So the chain still proves itself when
 * bytes have been erased by rule.
 */
export function rowHash(previousHash: string, documentId: string, row: Omit<LogRow, 'bytes' | 'hash'>): string {
  const { seq, epoch, userId, sessionId, lease, n, at, bytesHash, clock, clocks, acceptedBy } = row;
  const header = [previousHash, documentId, seq, epoch, userId, sessionId, lease, n, at.toISOString(), bytesHash, clock, clocks];
  return sha256Hex(JSON.stringify(acceptedBy === null ? header : [...header, acceptedBy]));
}
