import type { ActorSnapshot } from '../accounts/index.js';

/**
 * A formal act to be recorded. It goes into the chain of the organisation whose affair it is: the huvudman's, or for what concerns a
 * provider alone (its own staff) the provider's, so that no huvudman learns it (I7).
 */
export type NewAuditEntry = {
  readonly by: ActorSnapshot;
  /** Stable verb, `plan.submit`. */
  readonly act: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** For a person, Swedish. Can never be erased: no personal data beyond the actor. */
  readonly summary: string;
  /** JSON. Enters the chain only as its hash, so a rule may erase it later and the chain still holds. */
  readonly details: object;
} & ({ readonly huvudmanId: string } | { readonly providerId: string });

/** Where an entry lies in its chain, and the hash that proves it. */
export interface Recorded {
  readonly seq: number;
  readonly hash: string;
}

/** The first place where a chain doesn't hold. HEAD: entries are missing at the end, or there are more than the head knows. */
export interface ChainBreak {
  readonly seq: number;
  readonly code: 'ENTRY_MISSING' | 'PREVIOUS_HASH' | 'ENTRY_CHANGED' | 'DETAILS_CHANGED' | 'HEAD';
}

/** `broken` null: every entry is as it was recorded, and none is missing. */
export interface Verification {
  readonly entries: number;
  readonly headHash: string;
  readonly broken: ChainBreak | null;
}

/** An entry as the record shows it. */
export interface AuditEntry extends Recorded {
  readonly id: string;
  readonly at: Date;
  readonly actor: ActorSnapshot;
  readonly act: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly summary: string;
  readonly previousHash: string;
}

/** Which entries to list. */
export interface AuditFilter {
  readonly huvudmanId?: string | null;
  readonly subjectId?: string | null;
  readonly act?: string | null;
}

/** Newest first, `first` entries (1–200) after the cursor `after`. */
export interface AuditPageRequest {
  readonly first: number;
  readonly after?: string | null;
}

export interface AuditPage {
  readonly nodes: readonly AuditEntry[];
  /** All that match the filter, whatever the page. */
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  /** null: the page is empty. */
  readonly endCursor: string | null;
}

/** Somebody's reading, as the access log shows it. */
export interface AccessRecord {
  /** The first time in its hour. */
  readonly at: Date;
  readonly by: ActorSnapshot;
}
