import type { Evidence } from '../evidence/index.js';
import type { EvidenceManifest } from './manifest.rules.js';

/** What plans ask of the keeper of evidence (underlag). */
export interface EvidenceSource {
  /** The list that submissions, reports and verifications are pinned to beside the text. */
  readonly evidenceManifest: EvidenceManifest;
  /** The evidence of these plans, oldest first; not what was removed. */
  ofPlans(planIds: readonly string[]): Promise<Evidence[]>;
}
