import type {
  Axis,
  ExecutionStatus,
  FindingKind,
  Grade,
  MeasureOutcome,
  NextAct,
  PlanPart,
  PlanState,
  Reasonable,
  Role,
  Side,
  Step,
  Track,
} from '#lib/api/generated/graphql.js';
import * as m from '#lib/paraglide/messages.js';

/** The domain's words on screen. Each table is total: a new value in the contract is a type error here. */
type Word = () => string;

const roles: Record<Role, Word> = {
  VERKSAMHETSCHEF: m.role_verksamhetschef,
  ENHETSCHEF: m.role_enhetschef,
  MEDARBETARE: m.role_medarbetare,
  AVTALSANSVARIG: m.role_avtalsansvarig,
  UPPFOLJARE: m.role_uppfoljare,
  MAS: m.role_mas,
  MAR: m.role_mar,
  SAS: m.role_sas,
  KLG: m.role_klg,
  DIREKTOR: m.role_direktor,
  ADMINISTRATOR: m.role_administrator,
  NAMND: m.role_namnd,
};

const initials: Record<Role, string> = {
  VERKSAMHETSCHEF: 'VC',
  ENHETSCHEF: 'EC',
  MEDARBETARE: 'ME',
  AVTALSANSVARIG: 'AA',
  UPPFOLJARE: 'UF',
  MAS: 'MAS',
  MAR: 'MAR',
  SAS: 'SAS',
  KLG: 'KLG',
  DIREKTOR: 'DI',
  ADMINISTRATOR: 'AD',
  NAMND: 'ND',
};

const doings: Record<Role, Word> = {
  VERKSAMHETSCHEF: m.does_verksamhetschef,
  ENHETSCHEF: m.does_enhetschef,
  MEDARBETARE: m.does_medarbetare,
  AVTALSANSVARIG: m.does_avtalsansvarig,
  UPPFOLJARE: m.does_uppfoljare,
  MAS: m.does_mas,
  MAR: m.does_mar,
  SAS: m.does_sas,
  KLG: m.does_klg,
  DIREKTOR: m.does_direktor,
  ADMINISTRATOR: m.does_administrator,
  NAMND: m.does_namnd,
};

const sides: Record<Side, Word> = { PROVIDER: m.side_provider, ADMINISTRATION: m.side_administration, BOARD: m.side_board };

const states: Record<PlanState, Word> = {
  REQUESTED: m.state_requested,
  DRAFT: m.state_draft,
  SUBMITTED: m.state_submitted,
  RETURNED: m.state_returned,
  APPROVED: m.state_approved,
  REPORTED: m.state_reported,
  VERIFIED: m.state_verified,
  NOT_REMEDIED: m.state_not_remedied,
  CLOSED: m.state_closed,
  WITHDRAWN: m.state_withdrawn,
};

const stateCounts: Record<PlanState, (inputs: { count: number }) => string> = {
  REQUESTED: m.states_requested,
  DRAFT: m.states_draft,
  SUBMITTED: m.states_submitted,
  RETURNED: m.states_returned,
  APPROVED: m.states_approved,
  REPORTED: m.states_reported,
  VERIFIED: m.states_verified,
  NOT_REMEDIED: m.states_not_remedied,
  CLOSED: m.states_closed,
  WITHDRAWN: m.states_withdrawn,
};

const grades: Record<Grade, Word> = { GREEN: m.grade_green, YELLOW: m.grade_yellow, RED: m.grade_red };
const tracks: Record<Track, Word> = { AVTAL: m.track_avtal, HSL: m.track_hsl };
const parts: Record<PlanPart, Word> = {
  MEASURES: m.part_measures,
  RESPONSIBLE: m.part_responsible,
  TIMETABLE: m.part_timetable,
  FOLLOW_UP: m.part_follow_up,
};
const kinds: Record<FindingKind, Word> = {
  BRIST: m.kind_brist,
  AVVIKELSE: m.kind_avvikelse,
  FORTYDLIGANDE: m.kind_fortydligande,
  UTVECKLINGSOMRADE: m.kind_utvecklingsomrade,
};
const acts: Record<NextAct, Word> = {
  OPEN: m.act_open,
  WRITE: m.act_write,
  SHARE: m.act_share,
  SUBMIT: m.act_submit,
  MEND: m.act_mend,
  WAIT: m.act_wait,
  BEGIN_REVIEW: m.act_begin_review,
  REVIEW: m.act_review,
  READ: m.act_read,
  REPORT: m.act_report,
  VERIFY: m.act_verify,
  CHECK_DURABILITY: m.act_check_durability,
  DECIDE_NEXT: m.act_decide_next,
};
const axes: Record<Axis, Word> = { ATGARD: m.axis_atgard, TIDPLAN: m.axis_tidplan };
const verdicts: Record<Reasonable, Word> = { RIMLIG: m.verdict_rimlig, INTE_RIMLIG: m.verdict_inte_rimlig };
const outcomes: Record<MeasureOutcome, Word> = { GODKAND: m.outcome_godkand, DELVIS: m.outcome_delvis, ATERSAND: m.outcome_atersand };
const executions: Record<ExecutionStatus, Word> = {
  NOT_BEGUN: m.execution_not_begun,
  UNDER_WAY: m.execution_under_way,
  DONE: m.execution_done,
};

export const allParts: readonly PlanPart[] = ['MEASURES', 'RESPONSIBLE', 'TIMETABLE', 'FOLLOW_UP'];
export const allRoles = Object.keys(roles) as Role[];
export const isRole = (text: string): text is Role => Object.hasOwn(roles, text);
export const allStates = Object.keys(states) as PlanState[];
export const allSteps: readonly Step[] = ['REQUESTED', 'SUBMITTED', 'APPROVED', 'REPORTED', 'VERIFIED', 'NOT_REMEDIED'];

export const roleWord = (role: Role): string => roles[role]();
/** Two or three letters for an avatar or a caret. */
export const roleInitials = (role: Role): string => initials[role];
/** What the role mostly comes here for, in a few words. */
export const roleDoes = (role: Role): string => doings[role]();
export const sideWord = (side: Side): string => sides[side]();
export const stateWord = (state: PlanState): string => states[state]();
/** A step of läge efter åtgärd is named like the plan state it comes from. */
export const stepWord = (step: Step): string => states[step]();
/** "2 inlämnade" */
export const stepCount = (step: Step, count: number): string => stateCounts[step]({ count });
/** null: nobody has graded it. */
export const gradeWord = (grade: Grade | null | undefined): string => (grade ? grades[grade]() : m.grade_none());
export const trackWord = (track: Track): string => tracks[track]();
/** A track with the law beside it, where the track's own name doesn't say the law already. */
export const trackLawWord = (track: Track, law: string | null | undefined): string =>
  law && law !== track ? `${trackWord(track)}, ${law}` : trackWord(track);
export const partWord = (part: PlanPart): string => parts[part]();
export const kindWord = (kind: FindingKind): string => kinds[kind]();
export const nextActWord = (act: NextAct): string => acts[act]();
export const axisWord = (axis: Axis): string => axes[axis]();
export const verdictWord = (verdict: Reasonable): string => verdicts[verdict]();
export const outcomeWord = (outcome: MeasureOutcome): string => outcomes[outcome]();
export const executionWord = (status: ExecutionStatus): string => executions[status]();
