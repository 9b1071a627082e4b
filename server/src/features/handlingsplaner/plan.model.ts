import type { ActorSnapshot } from '../accounts/index.js';
import type { MeasureOutcome } from './judgement.rules.js';

/** Where a handlingsplan stands. GLOSSARY has the Swedish words: begärd, utkast, inlämnad, återsänd, godkänd, rapporterad, verifierad … */
export const PLAN_STATES = [
  'REQUESTED',
  'DRAFT',
  'SUBMITTED',
  'RETURNED',
  'APPROVED',
  'REPORTED',
  'VERIFIED',
  'NOT_REMEDIED',
  'CLOSED',
  'WITHDRAWN',
] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** Spår: who reviews. One plan may have both. */
export const TRACKS = ['AVTAL', 'HSL'] as const;
export type Track = (typeof TRACKS)[number];

/** The formal acts that move a plan or are recorded about it. REQUEST starts it (the demand); the rest follow the state table. */
export const FORMAL_ACTS = [
  'REQUEST',
  'OPEN',
  'SHARE',
  'SUBMIT',
  'TAKE_BACK',
  'BEGIN_REVIEW',
  'JUDGE',
  'RETURN',
  'APPROVE',
  'WITHDRAW',
  'SET_DEADLINE',
  'REPORT_MEASURE',
  'REPORT_ALL',
  'VERIFY_MEASURE',
  'VERIFY_ALL',
  'REFUSE_VERIFICATION',
  'FIND_NOT_REMEDIED',
  'DURABILITY_HELD',
  'DURABILITY_FAILED',
  'NEW_ROUND',
  'ESCALATE',
] as const;
export type FormalAct = (typeof FORMAL_ACTS)[number];

/** How far a measure's execution has come, as the provider reports it. */
export const EXECUTION_STATUSES = ['NOT_BEGUN', 'UNDER_WAY', 'DONE'] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** What the förvaltning found of a reported measure, set against its evidence. */
export const VERIFICATIONS = ['VERIFIED', 'REFUSED'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

/** What an act was about, kept with its event. The grounds of returns, judgements and verifications are their own rows', not here. */
export interface PlanEventDetails {
  readonly track?: Track;
  readonly revision?: number;
  readonly deadline?: string;
  readonly receiptNumber?: string;
  /** A withdrawal's, a durability check's, a finding's that stands, an escalation's. */
  readonly grounds?: string;
  /** The act's number in the huvudman's diary, where the act makes a document of its own. */
  readonly diaryNumber?: string;
  /** The measure, and its number in the text as it was then. */
  readonly measureId?: string;
  readonly measureNumber?: number;
  readonly outcome?: MeasureOutcome;
  readonly status?: ExecutionStatus;
  /** The rung of the ladder, by name. */
  readonly rung?: string;
}

/** One formal act on a plan, as it happened. Append-only; `seq` counts per huvudman without gaps. */
export interface PlanEvent {
  readonly id: string;
  readonly seq: number;
  readonly planId: string;
  readonly findingId: string;
  readonly huvudmanId: string;
  readonly contractAreaId: string;
  readonly providerId: string;
  readonly year: number;
  readonly act: FormalAct;
  readonly from: PlanState | null;
  readonly to: PlanState;
  readonly at: Date;
  readonly by: ActorSnapshot;
  readonly details: PlanEventDetails;
}
