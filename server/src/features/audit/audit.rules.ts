import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ActorSnapshot } from '../accounts/index.js';
import type { ChainBreak } from './audit.model.js';

/** What the first entry of a chain points back at. */
export const CHAIN_START = '0'.repeat(64);

/** The hashed part of an entry. `at` is RFC 3339 in UTC with milliseconds. */
export interface AuditHeader {
  readonly v: 1;
  readonly ownerId: string;
  readonly seq: number;
  readonly at: string;
  readonly actor: ActorSnapshot;
  readonly act: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly summary: string;
  readonly detailsHash: string;
  readonly previousHash: string;
}

/** An entry as stored. `details` is the canonical JSON, null once erased. */
export interface StoredEntry extends AuditHeader {
  readonly details: string | null;
  readonly hash: string;
}

/** RFC 8785: the same value gives the same bytes everywhere. @throws TypeError when `value` has no JSON form */
export function canonicalJson(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('The value has no JSON form');
  return text;
}

export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The entry's hash: SHA-256 over the canonical JSON of its header. The details take part through `detailsHash`. */
export function entryHash(header: AuditHeader): string {
  const { v, ownerId, seq, at, actor, act, subjectType, subjectId, summary, detailsHash, previousHash } = header;
  return hashOf(canonicalJson({ v, ownerId, seq, at, actor, act, subjectType, subjectId, summary, detailsHash, previousHash }));
}

/** Where a chain has come to: what the next entry must continue from. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** Checks one entry against the one before it. null: it holds. */
export function breakAt(entry: StoredEntry, before: ChainHead): ChainBreak | null {
  const fault = (code: ChainBreak['code']): ChainBreak => ({ seq: before.seq + 1, code });
  if (entry.seq !== before.seq + 1) return fault('ENTRY_MISSING');
  if (entry.previousHash !== before.hash) return fault('PREVIOUS_HASH');
  if (entryHash(entry) !== entry.hash) return fault('ENTRY_CHANGED');
  if (entry.details !== null && hashOf(entry.details) !== entry.detailsHash) return fault('DETAILS_CHANGED');
  return null;
}
