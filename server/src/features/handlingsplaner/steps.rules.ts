import { PLAN_STATES, type PlanState } from './plan.model.js';

/** How far a finding's remedy has come: what läge efter åtgärd counts. */
export const STEPS = ['REQUESTED', 'SUBMITTED', 'APPROVED', 'REPORTED', 'VERIFIED', 'NOT_REMEDIED'] as const;
export type Step = (typeof STEPS)[number];

const STEP_OF: Readonly<Record<PlanState, Step | null>> = {
  REQUESTED: 'REQUESTED',
  DRAFT: 'REQUESTED',
  SUBMITTED: 'SUBMITTED',
  RETURNED: 'REQUESTED',
  APPROVED: 'APPROVED',
  REPORTED: 'REPORTED',
  VERIFIED: 'VERIFIED',
  CLOSED: 'VERIFIED',
  NOT_REMEDIED: 'NOT_REMEDIED',
  WITHDRAWN: null,
};

/** The step of a plan in that state. Återsänd counts as begärd; null: a withdrawn demand drops out. */
export const stepOf = (state: PlanState): Step | null => STEP_OF[state];

/** The states that count as that step. */
export const statesOf = (step: Step): PlanState[] => PLAN_STATES.filter((state) => STEP_OF[state] === step);
