import { may, RoleEnum, type Act, type Actor, type Membership, type Role, type Side } from '../accounts/index.js';
import type { FormalAct, PlanState, Track } from './plan.model.js';
import { afterAct } from './planStates.rules.js';
import { sight, subjectOf, type PlanSubject } from './viewer.rules.js';
import { writable } from './writable.rules.js';

/** Things a viewer may do now. */
export const PLAN_ACTS = [
  'OPEN',
  'SHARE',
  'WRITE',
  'SUBMIT',
  'TAKE_BACK',
  'BEGIN_REVIEW',
  'JUDGE',
  'CONCLUDE',
  'RETURN',
  'APPROVE',
  'WITHDRAW',
  'SET_DEADLINE',
  'REPORT_MEASURE',
  'REPORT',
  'VERIFY',
  'CHECK_DURABILITY',
  'FIND_NOT_REMEDIED',
  'NEW_ROUND',
  'ESCALATE',
  'COMMENT',
] as const;
export type PlanAct = (typeof PLAN_ACTS)[number];
/** The formal acts that a person carries out on a plan. REQUEST is the demand's. */
export type PersonalAct = Exclude<FormalAct, 'REQUEST'>;

/**
 * Which track a right is asked for. NONE: the act is the plan's. NAMED: the act is one track's and names it. ANY: it is the plan's, and
 * takes somebody who has the right on one of its tracks.
 */
type ByTrack = 'NONE' | 'NAMED' | 'ANY';

/** The right that accounts' `may` is asked for before a formal act, and for which track. */
const RIGHTS: Readonly<Record<PersonalAct, readonly [Act, ByTrack]>> = {
  OPEN: ['plan.open', 'NONE'],
  SHARE: ['plan.share', 'NONE'],
  SUBMIT: ['plan.submit', 'NONE'],
  TAKE_BACK: ['plan.takeBack', 'NONE'],
  BEGIN_REVIEW: ['plan.review', 'NAMED'],
  JUDGE: ['plan.review', 'NAMED'],
  RETURN: ['plan.review', 'NAMED'],
  APPROVE: ['plan.review', 'NAMED'],
  WITHDRAW: ['plan.withdraw', 'NONE'],
  SET_DEADLINE: ['plan.setDeadline', 'NAMED'],
  REPORT_MEASURE: ['plan.reportMeasure', 'NONE'],
  REPORT_ALL: ['plan.report', 'NONE'],
  VERIFY_MEASURE: ['plan.verify', 'ANY'],
  VERIFY_ALL: ['plan.verify', 'ANY'],
  REFUSE_VERIFICATION: ['plan.verify', 'ANY'],
  FIND_NOT_REMEDIED: ['plan.followUp', 'ANY'],
  DURABILITY_HELD: ['plan.followUp', 'ANY'],
  DURABILITY_FAILED: ['plan.followUp', 'ANY'],
  NEW_ROUND: ['plan.followUp', 'ANY'],
  ESCALATE: ['plan.escalate', 'NONE'],
};

/** What a viewer's act may turn out to be, formally. WRITE and COMMENT are no formal acts. */
const FORMALLY: readonly (readonly [PlanAct, ...PersonalAct[]])[] = [
  ['OPEN', 'OPEN'],
  ['SHARE', 'SHARE'],
  ['SUBMIT', 'SUBMIT'],
  ['TAKE_BACK', 'TAKE_BACK'],
  ['BEGIN_REVIEW', 'BEGIN_REVIEW'],
  ['JUDGE', 'JUDGE'],
  ['CONCLUDE', 'RETURN', 'APPROVE'],
  ['RETURN', 'RETURN'],
  ['APPROVE', 'APPROVE'],
  ['WITHDRAW', 'WITHDRAW'],
  ['SET_DEADLINE', 'SET_DEADLINE'],
  ['REPORT_MEASURE', 'REPORT_MEASURE'],
  ['REPORT', 'REPORT_ALL'],
  ['VERIFY', 'VERIFY_MEASURE', 'REFUSE_VERIFICATION'],
  ['CHECK_DURABILITY', 'DURABILITY_HELD', 'DURABILITY_FAILED'],
  ['FIND_NOT_REMEDIED', 'FIND_NOT_REMEDIED'],
  ['NEW_ROUND', 'NEW_ROUND'],
  ['ESCALATE', 'ESCALATE'],
];

/** While these last, the plan is talked about beside its text. */
const COMMENTED: readonly PlanState[] = ['DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'REPORTED'];

/** In which capacity the actor may do the act, or null. That the plan's state allows it too is `afterAct`'s to say. */
export function capacity(actor: Actor, plan: PlanSubject, act: PersonalAct, track?: Track): Membership | null {
  const [right, byTrack] = RIGHTS[act];
  if (byTrack !== 'ANY') return may(actor, right, subjectOf(plan, byTrack === 'NAMED' ? track : undefined));
  return (
    plan.tracks.map((standing) => may(actor, right, subjectOf(plan, standing.track))).find((membership) => membership !== null) ?? null
  );
}

/** The roles that review on a track, as accounts' rights have it. */
export function reviewerRoles(track: Track): Role[] {
  return (Object.keys(RoleEnum) as Role[]).filter((role) => {
    const huvudmanId = 'any';
    const membership: Membership = {
      id: '',
      role,
      side: 'ADMINISTRATION',
      organisation: '',
      huvudmanId,
      providerId: null,
      unitId: null,
      withinHuvudmanId: null,
    };
    return may({ userId: '', name: '', sessionId: '', memberships: [membership] }, 'plan.review', { huvudmanId, track }) !== null;
  });
}

/** True when a durability check may be made: not before its day. @param today `YYYY-MM-DD` */
export const isDurabilityDue = (plan: Pick<PlanSubject, 'durabilityDue'>, today: string): boolean =>
  plan.durabilityDue !== null && plan.durabilityDue <= today;

function mayWrite(actor: Actor, plan: PlanSubject): boolean {
  const membership = may(actor, 'plan.write', subjectOf(plan));
  return membership !== null && writable(plan, membership.side).size > 0;
}

function mayComment(actor: Actor, plan: PlanSubject): boolean {
  return COMMENTED.includes(plan.state) && sight(actor, plan)?.canRead === true && may(actor, 'plan.comment', subjectOf(plan)) !== null;
}

/** Whether the act is open to the actor on some track, or on the plan where it belongs to no track. */
function isOpen(actor: Actor, plan: PlanSubject, act: PersonalAct): boolean {
  const tracks = RIGHTS[act][1] === 'NAMED' ? plan.tracks.map((standing) => standing.track) : [undefined];
  const allowed = (side: Side, track: Track | undefined): boolean => afterAct(plan, act, side, track) !== null;
  return tracks.some((track) => {
    const membership = capacity(actor, plan, act, track);
    return membership !== null && allowed(membership.side, track);
  });
}

/** All that the actor may do to the plan now: the state table and the person's rights together. @param today `YYYY-MM-DD` */
export function actsOf(actor: Actor, plan: PlanSubject, today: string): PlanAct[] {
  const formal = FORMALLY.filter(([, ...acts]) => acts.some((act) => isOpen(actor, plan, act))).map(([act]) => act);
  const timely = isDurabilityDue(plan, today) ? formal : formal.filter((act) => act !== 'CHECK_DURABILITY');
  return [...(mayWrite(actor, plan) ? ['WRITE' as const] : []), ...timely, ...(mayComment(actor, plan) ? ['COMMENT' as const] : [])];
}
