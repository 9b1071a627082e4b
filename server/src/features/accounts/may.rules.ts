import type { Actor, ActorSnapshot, Capability, Membership, Role } from './accounts.model.js';

export type Act =
  | 'assessment.read'
  | 'assessment.decide'
  | 'assessment.fix'
  | 'import'
  | 'users.manage'
  | 'audit.read'
  | 'demand.issue'
  | 'plan.see'
  | 'plan.read'
  | 'plan.readLog'
  | 'plan.write'
  | 'plan.open'
  | 'plan.share'
  | 'plan.submit'
  | 'plan.takeBack'
  | 'plan.comment'
  | 'plan.review'
  | 'plan.withdraw'
  | 'plan.setDeadline'
  | 'plan.reportMeasure'
  | 'plan.report'
  | 'plan.verify'
  | 'plan.followUp'
  | 'plan.escalate';

/** What the act is about. Leave out what the subject doesn't have; a grant that depends on it then says no. */
export interface Subject {
  /** null: a matter inside a provider that concerns no huvudman (its own staff). */
  readonly huvudmanId: string | null;
  readonly providerId?: string;
  /** The units the subject names. Absent or empty: the whole provider. */
  readonly unitIds?: readonly string[];
  readonly track?: 'AVTAL' | 'HSL';
  /** True when the plan has been shared, or submitted once: from then on the förvaltning may read it. */
  readonly shared?: boolean;
}

interface Grant {
  readonly roles: readonly Role[];
  readonly when?: (subject: Subject) => boolean;
}

const PROVIDER: readonly Role[] = ['VERKSAMHETSCHEF', 'ENHETSCHEF', 'MEDARBETARE'];
const CHIEF: readonly Role[] = ['VERKSAMHETSCHEF'];
/** Those at the förvaltning who work with plans. ADMINISTRATOR runs the service and reads no plan text. */
const PLAN_READERS: readonly Role[] = ['AVTALSANSVARIG', 'UPPFOLJARE', 'MAS', 'MAR', 'SAS', 'KLG', 'DIREKTOR'];
const PLAN_WRITERS: readonly Role[] = ['AVTALSANSVARIG', 'UPPFOLJARE', 'MAS', 'MAR'];
const HUVUDMAN: readonly Role[] = [...PLAN_READERS, 'ADMINISTRATOR', 'NAMND'];

const shared = (subject: Subject): boolean => subject.shared === true;
const hsl = (subject: Subject): boolean => subject.track === 'HSL';

/**
 * Who may what. States are not here: that a plan can be submitted now is the plan's state table; that this person may submit it is this.
 * Choices, beyond what the domain says outright:
 * - opening, sharing, submitting and taking back commit the provider, so they all take a verksamhetschef;
 * - the whole huvudman sees that a plan is demanded and its state (the board's figures count it), but reads text only once shared;
 * - what the board gets to read is the assessment and what follows from it, so NAMND reads no plan text here;
 * - the direktör registers the board's decision (`assessment.fix`): the person who signs, not the one who graded;
 * - deadlines and demands are the contract's, so the avtalsansvarig sets them; on the HSL track MAS and MAR set theirs too;
 * - whoever writes in the plan may report a measure; that all is reported commits the provider, so it takes a verksamhetschef;
 * - what follows a verification or a finding that stands (durability check, new round) is the avtalsansvarig's, and on the HSL track MAS's
 *   and MAR's too; who may take which rung of the escalation ladder is the huvudman's own data, within these roles.
 */
const GRANTS: Readonly<Record<Act, readonly Grant[]>> = {
  'assessment.read': [{ roles: HUVUDMAN }],
  'assessment.decide': [{ roles: ['AVTALSANSVARIG'] }],
  'assessment.fix': [{ roles: ['DIREKTOR'] }],
  import: [{ roles: ['ADMINISTRATOR', 'AVTALSANSVARIG'] }],
  'users.manage': [{ roles: ['ADMINISTRATOR', 'VERKSAMHETSCHEF'] }],
  'audit.read': [{ roles: ['ADMINISTRATOR', 'DIREKTOR', 'AVTALSANSVARIG'] }],
  'demand.issue': [{ roles: ['AVTALSANSVARIG'] }],
  'plan.see': [{ roles: [...PROVIDER, ...HUVUDMAN] }],
  'plan.read': [{ roles: PROVIDER }, { roles: PLAN_READERS, when: shared }],
  'plan.readLog': [{ roles: CHIEF }, { roles: ['DIREKTOR', 'ADMINISTRATOR'] }],
  'plan.write': [{ roles: PROVIDER }, { roles: PLAN_WRITERS, when: shared }],
  'plan.open': [{ roles: CHIEF }],
  'plan.share': [{ roles: CHIEF }],
  'plan.submit': [{ roles: CHIEF }],
  'plan.takeBack': [{ roles: CHIEF }],
  'plan.comment': [{ roles: PROVIDER }, { roles: PLAN_READERS, when: shared }],
  'plan.review': [
    { roles: ['AVTALSANSVARIG'], when: (subject) => subject.track === 'AVTAL' },
    { roles: ['MAS', 'MAR'], when: hsl },
  ],
  'plan.withdraw': [{ roles: ['AVTALSANSVARIG'] }],
  'plan.setDeadline': [{ roles: ['AVTALSANSVARIG'] }, { roles: ['MAS', 'MAR'], when: hsl }],
  'plan.reportMeasure': [{ roles: PROVIDER }],
  'plan.report': [{ roles: CHIEF }],
  'plan.verify': [
    { roles: ['AVTALSANSVARIG'], when: (subject) => subject.track === 'AVTAL' },
    { roles: ['MAS', 'MAR'], when: hsl },
  ],
  'plan.followUp': [{ roles: ['AVTALSANSVARIG'] }, { roles: ['MAS', 'MAR'], when: hsl }],
  'plan.escalate': [{ roles: ['AVTALSANSVARIG', 'MAS', 'MAR', 'KLG', 'DIREKTOR'], when: shared }],
};

/**
 * Says which of the actor's memberships allows the act, so that a formal act can name it; null means no.
 * Provider roles act only inside their own provider, the others only inside their own huvudman.
 */
export function may(actor: Actor, act: Act, subject: Subject): Membership | null {
  const grants = GRANTS[act];
  return (
    actor.memberships.find((membership) =>
      grants.some((grant) => grant.roles.includes(membership.role) && (grant.when?.(subject) ?? true) && reaches(membership, subject)),
    ) ?? null
  );
}

/** A verksamhetschef answers for the whole provider. Others that belong to a unit, and every enhetschef, reach only the units named. */
function reaches(membership: Membership, subject: Subject): boolean {
  if (membership.side !== 'PROVIDER') return membership.huvudmanId !== null && membership.huvudmanId === subject.huvudmanId;
  if (membership.providerId === null || membership.providerId !== subject.providerId) return false;
  if (subject.huvudmanId !== null && !within(membership, subject.huvudmanId)) return false;
  const units = subject.unitIds ?? [];
  const bound = membership.role === 'ENHETSCHEF' || (membership.role === 'MEDARBETARE' && membership.unitId !== null);
  return units.length === 0 || !bound || (membership.unitId !== null && units.includes(membership.unitId));
}

/** Whether the membership was vouched for by that huvudman, or reaches everything of its provider. */
const within = ({ withinHuvudmanId = null }: Membership, huvudmanId: string): boolean =>
  withinHuvudmanId === null || withinHuvudmanId === huvudmanId;

/** The actor as a formal act names it, in the capacity of `membership`. */
export function snapshot(actor: Actor, membership: Membership): ActorSnapshot {
  const { role, organisation, side } = membership;
  return { userId: actor.userId, name: actor.name, role, organisation, side };
}

/**
 * The huvudmän where the actor, as a member of the förvaltning or the board, may do `act` to some subject. To narrow lists by: whether a
 * given plan is shared, or of the right track, is still `may`'s to say.
 */
export function huvudmenWhere(actor: Actor, act: Act): string[] {
  const ids = actor.memberships.filter((membership) => grantedTo(membership.role, act)).map((membership) => membership.huvudmanId);
  return [...new Set(ids.filter((id) => id !== null))];
}

/** The providers the actor belongs to. */
export function providersOf(actor: Actor): string[] {
  const ids = actor.memberships.filter((membership) => membership.side === 'PROVIDER').map((membership) => membership.providerId);
  return [...new Set(ids.filter((id) => id !== null))];
}

/** Where the actor's provider roles reach: a provider, in one huvudman's matters or (null) in all it serves. To narrow lists by. */
export function providerReach(actor: Actor): { providerId: string; huvudmanId: string | null }[] {
  return actor.memberships.flatMap(({ side, providerId, withinHuvudmanId = null }) =>
    side === 'PROVIDER' && providerId !== null ? [{ providerId, huvudmanId: withinHuvudmanId }] : [],
  );
}

const CAPABILITY_ACTS: Readonly<Record<Capability, Act>> = {
  SEE_ASSESSMENT: 'assessment.read',
  SEE_PLANS: 'plan.see',
  REVIEW_PLANS: 'plan.review',
  IMPORT: 'import',
  MANAGE_USERS: 'users.manage',
  SEE_AUDIT: 'audit.read',
};

/** What the actor's menus show: each thing some membership may do somewhere. */
export function capabilities(actor: Actor): Capability[] {
  return (Object.keys(CAPABILITY_ACTS) as Capability[]).filter((capability) =>
    actor.memberships.some((membership) => grantedTo(membership.role, CAPABILITY_ACTS[capability])),
  );
}

const grantedTo = (role: Role, act: Act): boolean => GRANTS[act].some((grant) => grant.roles.includes(role));
