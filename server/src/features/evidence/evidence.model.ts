import type { ActorSnapshot } from '../accounts/index.js';

/** One file handed in as underlag for a measure. Never changed; `removedAt` is set once. */
export interface Evidence {
  readonly id: string;
  readonly planId: string;
  readonly measureId: string;
  /** As the uploader named it, NFC, without control characters. */
  readonly fileName: string;
  /** By content, never the uploader's word. */
  readonly mediaType: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly uploadedBy: ActorSnapshot;
  readonly uploadedAt: Date;
  readonly removedAt: Date | null;
}

/** One line of the list that formal acts pin by its hash. */
export interface ManifestItem {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Where a file goes. */
export interface EvidencePlace {
  readonly planId: string;
  readonly measureId: string;
}
