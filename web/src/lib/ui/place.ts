import type { MeQuery } from '#lib/api/generated/graphql.js';
import { roleWord, sideWord } from '#lib/i18n/words.js';

type Membership = NonNullable<MeQuery['me']>['memberships'][number];

/** Where a person works, short enough for the frame: "Kundvalet, utförare 1", "Förvaltningen, KSON". */
export function placeOf(membership: Membership, huvudmen: readonly { readonly id: string; readonly shortName: string }[]): string {
  const huvudman = huvudmen.find(({ id }) => id === membership.huvudmanId);
  return membership.side === 'PROVIDER' || !huvudman ? membership.organisation : `${sideWord(membership.side)}, ${huvudman.shortName}`;
}

/** "Avtalsansvarig, Förvaltningen, KSON"; the role is left out where the account is named by it. */
export function roleAndPlace(name: string, membership: Membership, place: string): string {
  const role = roleWord(membership.role);
  return name === role ? place : `${role}, ${place}`;
}
