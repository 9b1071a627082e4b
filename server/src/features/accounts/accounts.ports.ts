import type { ActorSnapshot } from './accounts.model.js';

/** What accounts needs to know of organisations. The feature that keeps contracts provides it; main hands it in. */
export interface Organisations {
  /** The name people know it by; null: there is no such huvudman. */
  huvudmanName(huvudmanId: string): Promise<string | null>;
  /** null: there is no such provider. */
  providerName(providerId: string): Promise<string | null>;
  /** Whether the provider has a contract with the huvudman. */
  providerServes(providerId: string, huvudmanId: string): Promise<boolean>;
}

/** The record of formal acts, as accounts uses it. Main hands in the audit feature's service; that one imports us, so we don't import it. */
export interface FormalRecord {
  record(
    entry: { by: ActorSnapshot; act: string; subjectType: string; subjectId: string; summary: string; details: object } & (
      { huvudmanId: string } | { providerId: string }
    ),
  ): Promise<unknown>;
}
