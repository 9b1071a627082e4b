import type { Actor, ActorSnapshot } from '../accounts/index.js';
import type { Refused } from '../../platform/outcome.js';

/** Whose affair a change of evidence is, and in which capacity the actor makes it. */
export interface EvidenceGrant {
  readonly huvudmanId: string;
  readonly by: ActorSnapshot;
}

/** What evidence needs to know of plans. Handlingsplaner implements it and imports us; so we don't import it. */
export interface EvidencePlans {
  /**
   * Whether the actor may hand in or remove evidence for the measure now: the provider's side, while the plan is APPROVED, the measure is
   * one of the approved revision's and open for reporting. Inside a transaction it keeps the plan locked until that ends, so that no file
   * slips in beside a report.
   * @throws DomainError NOT_FOUND when the plan or measure isn't, or isn't the actor's to see
   */
  evidenceAllowed(actor: Actor, planId: string, measureId: string): Promise<EvidenceGrant | Refused>;
  /** Whether the actor may read the plan's text, and so what was handed in for it. false too when there is no such plan. */
  evidenceReadable(actor: Actor, planId: string): Promise<boolean>;
  /** Tells those who watch the plan to read it again. Called after the commit. */
  evidenceChanged(planId: string): Promise<void>;
}
