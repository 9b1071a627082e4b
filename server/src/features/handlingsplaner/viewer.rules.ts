import { huvudmenWhere, may, providersOf, RoleEnum, type Act, type Actor, type Membership, type Role, type Subject } from '../accounts/index.js';
import { TRACKS, type PlanState, type Track } from './plan.model.js';
import type { Plan } from './planRecord.model.js';
import { afterAct, AWAITS_PROVIDER, type PlanStanding } from './planStates.rules.js';
import { writable } from './writable.rules.js';

/** The ONE next action for a viewer. */
export const NEXT_ACTS = ['OPEN', 'WRITE', 'SHARE', 'SUBMIT', 'MEND', 'WAIT', 'BEGIN_REVIEW', 'REVIEW', 'READ'] as const;
export type NextAct = (typeof NEXT_ACTS)[number];
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

/** A plan as far as rights go: whose it is and how it stands. */
export interface PlanSubject extends PlanStanding {
  readonly huvudmanId: string;
  readonly providerId: string;
  /** The provider has opened it once: the text exists. */
  readonly opened: boolean;
}

/** A plan's row as the rules look at it. */
export function standingOf(plan: Plan): PlanSubject {
  const { huvudmanId, providerId, state, revision } = plan;
  const tracks = plan.tracks.map(({ track, reviewBegunAt, approvedRevision }) => ({ track, begun: reviewBegunAt !== null, approvedRevision }));
  return { huvudmanId, providerId, state, revision, tracks, opened: plan.openedAt !== null, shared: plan.sharedAt !== null };
}

/** What one person may know of one plan. */
export interface Sight {
  /** In which capacity the person looks. */
  readonly membership: Membership;
  /** May read the text and all that would tell of it: parts, revisions, decisions, history. */
  readonly canRead: boolean;
}

/** What accounts' `may` is told of a plan. */
export function subjectOf(plan: PlanSubject, track?: Track): Subject {
  return { huvudmanId: plan.huvudmanId, providerId: plan.providerId, shared: plan.shared, track };
}

/**
 * What the actor may know of the plan; null: as if it didn't exist.
 * The förvaltning sees a private draft's state and nothing of its text. Nobody reads the text before the plan is opened: there is none.
 */
export function sight(actor: Actor, plan: PlanSubject): Sight | null {
  const seeing = may(actor, 'plan.see', subjectOf(plan));
  if (!seeing) return null;
  const reading = may(actor, 'plan.read', subjectOf(plan));
  return { membership: reading ?? seeing, canRead: reading !== null && plan.opened };
}

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
export const RIGHT_OF: Readonly<Record<FormalPlanAct, Act>> = Object.fromEntries(
  ACT_RULES.map((rule) => [rule.act, rule.right]),
) as Record<FormalPlanAct, Act>;

/** The roles that review on a track, as accounts' rights have it. */
export function reviewerRoles(track: Track): Role[] {
  return (Object.keys(RoleEnum) as Role[]).filter((role) => {
    const huvudmanId = 'any';
    const membership: Membership = { id: '', role, side: 'ADMINISTRATION', organisation: '', huvudmanId, providerId: null, unitId: null };
    return may({ userId: '', name: '', sessionId: '', memberships: [membership] }, 'plan.review', { huvudmanId, track }) !== null;
  });
}

/** In which capacity the actor writes in the plan's text, or null when the text isn't the actor's to change now. */
export function writer(actor: Actor, plan: PlanSubject): Membership | null {
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

/** What is known of the text, for the next act. Only of texts the viewer may read. */
export interface TextStanding {
  readonly partsMissing: boolean;
  /** The text differs from the latest revision. */
  readonly changedSinceRevision: boolean;
}

/** The one next action for the actor. @param text null where the viewer may not read it */
export function nextActOf(actor: Actor, plan: PlanSubject, text: TextStanding | null): NextAct {
  const seen = sight(actor, plan);
  if (!seen) return 'READ';
  return seen.membership.side === 'PROVIDER' ? providersNext(actor, plan, text) : reviewersNext(actor, plan, seen);
}

function providersNext(actor: Actor, plan: PlanSubject, text: TextStanding | null): NextAct {
  const acts = new Set(actsOf(actor, plan));
  const ready = text !== null && !text.partsMissing;
  switch (plan.state) {
    case 'REQUESTED':
      return acts.has('OPEN') ? 'OPEN' : 'WAIT';
    case 'DRAFT':
      if (!ready) return 'WRITE';
      if (acts.has('SUBMIT')) return 'SUBMIT';
      return acts.has('SHARE') ? 'SHARE' : 'WRITE';
    case 'RETURNED':
      return ready && text.changedSinceRevision && acts.has('SUBMIT') ? 'SUBMIT' : 'MEND';
    case 'SUBMITTED':
    case 'REPORTED':
      return 'WAIT';
    default:
      return 'READ';
  }
}

function reviewersNext(actor: Actor, plan: PlanSubject, seen: Sight): NextAct {
  if (seen.membership.side === 'BOARD') return 'READ';
  if (AWAITS_PROVIDER.includes(plan.state)) return 'WAIT';
  const acts = new Set(actsOf(actor, plan));
  if (acts.has('BEGIN_REVIEW')) return 'BEGIN_REVIEW';
  if (acts.has('APPROVE')) return 'REVIEW';
  return 'READ';
}

/** Plans that wait for the actor: whose they are, in which states, and on the förvaltning's side which track is still to be decided. */
export interface Waiting {
  readonly of: { readonly providerIds: readonly string[] } | { readonly huvudmanIds: readonly string[] };
  readonly states: readonly PlanState[];
  readonly undecidedTrack: Track | null;
}

/**
 * Where something waits for the actor, to narrow lists by. The plans it names are those whose next act is neither WAIT nor READ.
 */
export function waitingFor(actor: Actor): Waiting[] {
  const providers = providersOf(actor);
  const openers = providers.filter((providerId) => may(actor, 'plan.open', { huvudmanId: null, providerId }) !== null);
  const waiting: Waiting[] = [
    { of: { providerIds: providers }, states: ['DRAFT', 'RETURNED'], undecidedTrack: null },
    { of: { providerIds: openers }, states: ['REQUESTED'], undecidedTrack: null },
  ];
  for (const track of TRACKS) {
    const huvudmanIds = huvudmenWhere(actor, 'plan.review').filter((huvudmanId) => may(actor, 'plan.review', { huvudmanId, track }) !== null);
    waiting.push({ of: { huvudmanIds }, states: ['SUBMITTED'], undecidedTrack: track });
  }
  return waiting.filter(({ of }) => ('providerIds' in of ? of.providerIds : of.huvudmanIds).length > 0);
}

/** Whose plans the actor sees at all, in some capacity. */
export function seenBy(actor: Actor): { huvudmanIds: string[]; providerIds: string[] } {
  return { huvudmanIds: huvudmenWhere(actor, 'plan.see').filter((id) => may(actor, 'plan.see', { huvudmanId: id }) !== null), providerIds: providersOf(actor) };
}
