/** Who people are to the service. Plain types: rules, services and other features share them. */

/** PROVIDER: utförare. ADMINISTRATION: förvaltning. BOARD: nämnd. */
export type Side = 'PROVIDER' | 'ADMINISTRATION' | 'BOARD';

/** Every role with the side it belongs to. The one list: GraphQL's enum, the rules and the tests are made from it. */
export const SIDE_OF_ROLE = {
  VERKSAMHETSCHEF: 'PROVIDER',
  ENHETSCHEF: 'PROVIDER',
  MEDARBETARE: 'PROVIDER',
  AVTALSANSVARIG: 'ADMINISTRATION',
  UPPFOLJARE: 'ADMINISTRATION',
  MAS: 'ADMINISTRATION',
  MAR: 'ADMINISTRATION',
  SAS: 'ADMINISTRATION',
  KLG: 'ADMINISTRATION',
  DIREKTOR: 'ADMINISTRATION',
  ADMINISTRATOR: 'ADMINISTRATION',
  NAMND: 'BOARD',
} as const satisfies Record<string, Side>;

export type Role = keyof typeof SIDE_OF_ROLE;

/**
 * One role of one person in one organisation. Provider roles carry `providerId` (and may carry `unitId`), the others `huvudmanId`;
 * the rest is null. `organisation` is the organisation's name when the membership was made.
 */
export interface Membership {
  readonly id: string;
  readonly role: Role;
  readonly side: Side;
  readonly organisation: string;
  readonly huvudmanId: string | null;
  readonly providerId: string | null;
  readonly unitId: string | null;
}

/** The signed-in person, as of this request. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  /** Empty when nobody signed in: seeding and the admin command. */
  readonly sessionId: string;
  readonly memberships: readonly Membership[];
}

/** A person as known at the time of a formal act; stored with the act and never updated. */
export interface ActorSnapshot {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string;
  readonly side: Side;
}

/** What the menus show. Decided by `capabilities`. */
export type Capability = 'SEE_ASSESSMENT' | 'SEE_PLANS' | 'REVIEW_PLANS' | 'IMPORT' | 'MANAGE_USERS' | 'SEE_AUDIT';
