import type { ActorSnapshot } from '../accounts/index.js';
import type { PlanState, Track } from './plan.model.js';

/** Begäran, as issued. */
export interface Demand {
  readonly id: string;
  readonly huvudmanId: string;
  readonly contractAreaId: string;
  readonly providerId: string;
  readonly year: number;
  readonly deadline: string;
  readonly grounds: string | null;
  readonly issuedAt: Date;
  readonly issuedBy: ActorSnapshot;
}

export interface PlanTrack {
  readonly planId: string;
  readonly track: Track;
  readonly deadline: string;
  readonly reviewBegunAt: Date | null;
  readonly approvedRevision: number | null;
  readonly approvedAt: Date | null;
}

/** A plan's formal side with its tracks. */
export interface Plan {
  readonly id: string;
  readonly demandId: string;
  readonly findingId: string;
  readonly huvudmanId: string;
  readonly contractAreaId: string;
  readonly contractAreaKey: string;
  readonly providerId: string;
  readonly year: number;
  readonly state: PlanState;
  readonly version: number;
  readonly openedAt: Date | null;
  readonly sharedAt: Date | null;
  readonly visibleFromSeq: number | null;
  readonly revision: number;
  readonly deadline: string;
  readonly lastActAt: Date;
  readonly tracks: readonly PlanTrack[];
}

/** What was handed in. */
export interface PlanRevision {
  readonly id: string;
  readonly planId: string;
  readonly number: number;
  readonly seq: number;
  readonly canonicalJson: string;
  readonly contentHash: string;
  readonly manifestHash: string;
  readonly submittedAt: Date;
  readonly submittedBy: ActorSnapshot;
  readonly receiver: string;
  readonly receiptNumber: string;
  readonly takenBackAt: Date | null;
}

export interface PlanDecision {
  readonly id: string;
  readonly planId: string;
  readonly track: Track;
  readonly revision: number;
  readonly outcome: 'APPROVED' | 'RETURNED';
  readonly grounds: string | null;
  readonly contentHash: string;
  readonly manifestHash: string;
  readonly at: Date;
  readonly by: ActorSnapshot;
}
