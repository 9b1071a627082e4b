import { SIDE_OF_ROLE, type Actor, type ManagedMembership, type Membership, type Owner, type Role } from './accounts.model.js';
import { may } from './may.rules.js';

/**
 * The membership by which the actor manages `target` (ends it, makes a password link for its holder), or null.
 * - förvaltning and nämnd: the own huvudman's administrator;
 * - a verksamhetschef: an administrator of the huvudman that invited this membership, and no other huvudman's;
 * - enhetschef and medarbetare: the own provider's verksamhetschef.
 */
export function manages(actor: Actor, target: ManagedMembership): Membership | null {
  if (target.side !== 'PROVIDER') return may(actor, 'users.manage', { huvudmanId: target.huvudmanId });
  if (target.role === 'VERKSAMHETSCHEF') return may(actor, 'users.manage', { huvudmanId: target.byHuvudmanId });
  return may(asFarAs(actor, target), 'users.manage', { huvudmanId: null, providerId: target.providerId ?? undefined });
}

/** The actor in those capacities that reach all that `target` reaches: who is vouched for by one huvudman doesn't look after others' people. */
function asFarAs(actor: Actor, target: ManagedMembership): Actor {
  const memberships = actor.memberships.filter(
    ({ withinHuvudmanId = null }) => withinHuvudmanId === null || withinHuvudmanId === (target.withinHuvudmanId ?? null),
  );
  return { ...actor, memberships };
}

/** Beyond what they manage, a verksamhetschef sees all of the own provider's people; nobody else sees a provider's staff (I7). */
export function sees(actor: Actor, target: ManagedMembership): boolean {
  if (manages(actor, target)) return true;
  return (
    target.providerId !== null && may(asFarAs(actor, target), 'users.manage', { huvudmanId: null, providerId: target.providerId }) !== null
  );
}

/** Whether a membership of that role is the huvudman's to hand out, or the provider's own. */
export function inviterOf(role: Role): 'HUVUDMAN' | 'PROVIDER' {
  return SIDE_OF_ROLE[role] !== 'PROVIDER' || role === 'VERKSAMHETSCHEF' ? 'HUVUDMAN' : 'PROVIDER';
}

/** In whose record an act by this membership belongs: a huvudman's administrator acts for it, a verksamhetschef for the provider alone. */
export function ownerOf(membership: Membership): Owner {
  const { side, huvudmanId, providerId } = membership;
  if (side === 'PROVIDER' && providerId !== null) return { providerId };
  if (side !== 'PROVIDER' && huvudmanId !== null) return { huvudmanId };
  throw new Error('A membership belongs to a huvudman or to a provider');
}
