import type { ActorSnapshot } from '../accounts/index.js';
import type { LadderRung } from '../contracts/index.js';
import type { Judged } from './judgement.rules.js';
import type { ExecutionStatus, PlanState, Track, Verification } from './plan.model.js';

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
  readonly round: number;
  readonly roundAfterRevision: number;
  readonly reportedAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly durabilityDue: string | null;
  readonly diaryNumber: string | null;
  readonly diaryDocuments: number;
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

/** A judgement as it was made. */
export interface PlanJudgement extends Judged {
  readonly id: string;
  readonly planId: string;
  readonly revision: number;
  readonly decidedAt: Date;
  readonly decidedBy: ActorSnapshot;
}

/** One report of one measure, with what was found of it. */
export interface PlanReport {
  readonly id: string;
  readonly planId: string;
  readonly number: number;
  readonly revision: number;
  readonly measureId: string;
  readonly status: ExecutionStatus;
  readonly doneOn: string | null;
  readonly words: string;
  readonly reportedAt: Date;
  readonly reportedBy: ActorSnapshot;
  readonly handedInAt: Date | null;
  readonly verification: Verification | null;
  readonly verificationGrounds: string | null;
  readonly manifestHash: string | null;
  readonly verifiedAt: Date | null;
  readonly verifiedBy: ActorSnapshot | null;
}

/** A step up the ladder, as taken. */
export interface EscalationStep {
  readonly id: string;
  readonly planId: string;
  readonly rung: LadderRung;
  readonly deadline: string;
  readonly grounds: string;
  readonly skippedGrounds: string | null;
  readonly diaryNumber: string | null;
  readonly at: Date;
  readonly by: ActorSnapshot;
}
