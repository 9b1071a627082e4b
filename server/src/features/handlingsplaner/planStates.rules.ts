import type { Side } from '../accounts/index.js';
import type { FormalAct, PlanState, Track } from './plan.model.js';

interface TrackStanding {
  readonly track: Track;
  /** Somebody has begun to review the present revision on this track. */
  readonly begun: boolean;
  /** The last revision this track approved; counts only while it is the plan's present one. */
  readonly approvedRevision: number | null;
}

/** All that the state table needs to know of a plan. */
export interface PlanStanding {
  readonly state: PlanState;
  /** The förvaltning may see the text. Goes one way only. */
  readonly shared: boolean;
  /** Number of the latest submission; 0 before the first. */
  readonly revision: number;
  readonly tracks: readonly TrackStanding[];
}

/** Facts beside the state that a transition may hang on. `track…` and `others…` speak of the track the act names. */
interface Conditions {
  readonly shared: boolean;
  readonly anyTrackBegun: boolean;
  readonly trackBegun: boolean;
  readonly trackApproved: boolean;
  readonly othersApproved: boolean;
}

/** One line of the table: in `from`, `by` may do `act`, and the plan is then `to`. */
interface Transition {
  readonly from: PlanState;
  readonly act: FormalAct;
  readonly by: Exclude<Side, 'BOARD'>;
  readonly to: PlanState;
  readonly when?: Partial<Conditions>;
}

const provider = (from: PlanState, act: FormalAct, to: PlanState, when?: Partial<Conditions>): Transition => ({
  from,
  act,
  by: 'PROVIDER',
  to,
  when,
});
const administration = (from: PlanState, act: FormalAct, to: PlanState, when?: Partial<Conditions>): Transition => ({
  from,
  act,
  by: 'ADMINISTRATION',
  to,
  when,
});

/**
 * The state table of a handlingsplan, whole. What is not a line here can't happen.
 * A deadline may be moved as long as the plan waits for the provider: a returned plan whose day has passed needs a new one.
 */
export const TRANSITIONS: readonly Transition[] = [
  provider('REQUESTED', 'OPEN', 'DRAFT'),
  administration('REQUESTED', 'SET_DEADLINE', 'REQUESTED'),
  administration('REQUESTED', 'WITHDRAW', 'WITHDRAWN'),

  provider('DRAFT', 'SHARE', 'DRAFT', { shared: false }),
  provider('DRAFT', 'SUBMIT', 'SUBMITTED'),
  administration('DRAFT', 'SET_DEADLINE', 'DRAFT'),
  administration('DRAFT', 'WITHDRAW', 'WITHDRAWN'),

  provider('SUBMITTED', 'TAKE_BACK', 'DRAFT', { anyTrackBegun: false }),
  administration('SUBMITTED', 'BEGIN_REVIEW', 'SUBMITTED', { trackBegun: false }),
  administration('SUBMITTED', 'JUDGE', 'SUBMITTED', { trackApproved: false }),
  administration('SUBMITTED', 'RETURN', 'RETURNED', { trackApproved: false }),
  administration('SUBMITTED', 'APPROVE', 'SUBMITTED', { trackApproved: false, othersApproved: false }),
  administration('SUBMITTED', 'APPROVE', 'APPROVED', { trackApproved: false, othersApproved: true }),

  provider('RETURNED', 'SUBMIT', 'SUBMITTED'),
  administration('RETURNED', 'SET_DEADLINE', 'RETURNED'),
  administration('RETURNED', 'WITHDRAW', 'WITHDRAWN'),

  provider('APPROVED', 'REPORT_MEASURE', 'APPROVED'),
  provider('APPROVED', 'REPORT_ALL', 'REPORTED'),
  administration('APPROVED', 'ESCALATE', 'APPROVED'),
  administration('REPORTED', 'VERIFY_MEASURE', 'REPORTED'),
  administration('REPORTED', 'VERIFY_ALL', 'VERIFIED'),
  administration('REPORTED', 'REFUSE_VERIFICATION', 'APPROVED'),
  administration('REPORTED', 'FIND_NOT_REMEDIED', 'NOT_REMEDIED'),
  administration('VERIFIED', 'DURABILITY_HELD', 'CLOSED'),
  administration('VERIFIED', 'DURABILITY_FAILED', 'NOT_REMEDIED'),
  administration('NOT_REMEDIED', 'NEW_ROUND', 'DRAFT'),
  administration('NOT_REMEDIED', 'ESCALATE', 'NOT_REMEDIED'),
];

/** Acts that are one track's: they name it. */
const TRACK_ACTS: ReadonlySet<FormalAct> = new Set<FormalAct>(['BEGIN_REVIEW', 'JUDGE', 'RETURN', 'APPROVE', 'SET_DEADLINE']);

function conditions(plan: PlanStanding, track: Track | undefined): Conditions {
  const approved = (standing: TrackStanding): boolean => plan.revision > 0 && standing.approvedRevision === plan.revision;
  const own = plan.tracks.find((standing) => standing.track === track);
  return {
    shared: plan.shared,
    anyTrackBegun: plan.tracks.some((standing) => standing.begun),
    trackBegun: own?.begun ?? false,
    trackApproved: own !== undefined && approved(own),
    othersApproved: plan.tracks.every((standing) => standing.track === track || approved(standing)),
  };
}

function transition(plan: PlanStanding, act: FormalAct, by: Side, track: Track | undefined): Transition | undefined {
  if (TRACK_ACTS.has(act) && !plan.tracks.some((standing) => standing.track === track)) return undefined;
  const facts = conditions(plan, track);
  const holds = (when: Partial<Conditions> = {}): boolean =>
    (Object.keys(when) as (keyof Conditions)[]).every((fact) => facts[fact] === when[fact]);
  return TRANSITIONS.find((line) => line.from === plan.state && line.act === act && line.by === by && holds(line.when));
}

function changeTrack(plan: PlanStanding, track: Track | undefined, change: Partial<TrackStanding>): readonly TrackStanding[] {
  return plan.tracks.map((standing) => (standing.track === track ? { ...standing, ...change } : standing));
}

/**
 * The plan after the act, or null when the table doesn't allow it.
 * Who of a side may act is accounts' `may`; this is only what the state allows that side.
 * @param track the track the act names; needed by BEGIN_REVIEW, JUDGE, RETURN, APPROVE and SET_DEADLINE
 */
export function afterAct(plan: PlanStanding, act: FormalAct, by: Side, track?: Track): PlanStanding | null {
  const line = transition(plan, act, by, track);
  if (!line) return null;
  const moved: PlanStanding = { ...plan, state: line.to };
  switch (act) {
    case 'SHARE':
      return { ...moved, shared: true };
    case 'SUBMIT':
      // A submission shows the text to the förvaltning even if it was never shared, and each revision is reviewed from the start.
      return {
        ...moved,
        shared: true,
        revision: plan.revision + 1,
        tracks: plan.tracks.map((standing) => ({ ...standing, begun: false })),
      };
    case 'BEGIN_REVIEW':
    case 'JUDGE':
    case 'RETURN':
      return { ...moved, tracks: changeTrack(plan, track, { begun: true }) };
    case 'APPROVE':
      return { ...moved, tracks: changeTrack(plan, track, { begun: true, approvedRevision: plan.revision }) };
    default:
      return moved;
  }
}

/** States in which the provider owes something under the deadline. Only then can a plan be overdue. */
export const AWAITS_PROVIDER: readonly PlanState[] = ['REQUESTED', 'DRAFT', 'RETURNED'];
