import { may, RoleEnum, type Act, type Actor, type Membership, type Role } from '../accounts/index.js';
import type { Track } from './plan.model.js';
import { afterAct } from './planStates.rules.js';
import { subjectOf, type PlanSubject } from './viewer.rules.js';
import { writable } from './writable.rules.js';

/** Things a viewer may do now. */
export const PLAN_ACTS = [
  'OPEN',
  'SHARE',
  'WRITE',
  'SUBMIT',
  'TAKE_BACK',
  'BEGIN_REVIEW',
  'RETURN',
  'APPROVE',
  'WITHDRAW',
  'SET_DEADLINE',
] as const;
export type PlanAct = (typeof PLAN_ACTS)[number];
/** Those that are formal acts: they move the plan or are recorded about it. */
export type FormalPlanAct = Exclude<PlanAct, 'WRITE'>;

interface ActRule {
  readonly act: FormalPlanAct;
  readonly right: Act;
  readonly perTrack: boolean;
}

const ACT_RULES: readonly ActRule[] = [
  { act: 'OPEN', right: 'plan.open', perTrack: false },
  { act: 'SHARE', right: 'plan.share', perTrack: false },
  { act: 'SUBMIT', right: 'plan.submit', perTrack: false },
  { act: 'TAKE_BACK', right: 'plan.takeBack', perTrack: false },
  { act: 'BEGIN_REVIEW', right: 'plan.review', perTrack: true },
  { act: 'RETURN', right: 'plan.review', perTrack: true },
  { act: 'APPROVE', right: 'plan.review', perTrack: true },
  { act: 'WITHDRAW', right: 'plan.withdraw', perTrack: false },
  { act: 'SET_DEADLINE', right: 'plan.setDeadline', perTrack: true },
];

/** The right that accounts' `may` is asked for before a formal act. */
export const RIGHT_OF: Readonly<Record<FormalPlanAct, Act>> = Object.fromEntries(ACT_RULES.map((rule) => [rule.act, rule.right])) as Record<
  FormalPlanAct,
  Act
>;

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

/** In which capacity the actor writes in the plan's text, or null when the text isn't the actor's to change now. */
function writer(actor: Actor, plan: PlanSubject): Membership | null {
  const membership = may(actor, 'plan.write', subjectOf(plan));
  return membership && writable(plan, membership.side).size > 0 ? membership : null;
}

/** The tracks on which the actor may do the act now. An act that belongs to no track answers with one `undefined`. */
function openings(actor: Actor, plan: PlanSubject, rule: ActRule): (Track | undefined)[] {
  const tracks = rule.perTrack ? plan.tracks.map((standing) => standing.track) : [undefined];
  return tracks.filter((track) => {
    const membership = may(actor, rule.right, subjectOf(plan, track));
    return membership !== null && afterAct(plan, rule.act, membership.side, track) !== null;
  });
}

/** All that the actor may do to the plan now: the state table and the person's rights together. */
export function actsOf(actor: Actor, plan: PlanSubject): PlanAct[] {
  const acts: PlanAct[] = ACT_RULES.filter((rule) => openings(actor, plan, rule).length > 0).map((rule) => rule.act);
  return writer(actor, plan) ? ['WRITE', ...acts] : acts;
}
