import type { ActorSnapshot } from '../accounts/index.js';

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
  'RETURN',
  'APPROVE',
  'WITHDRAW',
  'SET_DEADLINE',
  'REPORT_ALL',
  'VERIFY_ALL',
  'REFUSE_VERIFICATION',
  'FIND_NOT_REMEDIED',
  'DURABILITY_HELD',
  'DURABILITY_FAILED',
  'NEW_ROUND',
] as const;
export type FormalAct = (typeof FORMAL_ACTS)[number];

/** What an act was about, kept with its event. A return's grounds are its decision's, not here. */
export interface PlanEventDetails {
  readonly track?: Track;
  readonly revision?: number;
  readonly deadline?: string;
  readonly receiptNumber?: string;
  /** A withdrawal's. */
  readonly grounds?: string;
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
