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
  /**
   * For a provider's people: the only huvudman whose matters they reach here, the one that vouched for the verksamhetschef they came by.
   * null (only by seeding and operation): all that the provider serves. A huvudman can't let anybody into another's plans (I7).
   */
  readonly withinHuvudmanId: string | null;
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

/** Where a new membership is, and in what role. Exactly one of huvudmanId and providerId is set, by the role's side. */
export interface NewMembership {
  readonly role: Role;
  readonly organisation: string;
  readonly huvudmanId?: string | null;
  readonly providerId?: string | null;
  readonly unitId?: string | null;
  /** For a verksamhetschef: the huvudman that invited, and so manages, this membership. */
  readonly byHuvudmanId?: string | null;
  readonly withinHuvudmanId?: string | null;
}

/** A membership as those who manage users need it. */
export interface ManagedMembership extends Membership {
  readonly byHuvudmanId: string | null;
}

/** Whose affair an act on a user is; its record goes in that organisation's chain. */
export type Owner = { readonly huvudmanId: string } | { readonly providerId: string };

/** An account as someone who manages (part of) it sees it: only memberships that are theirs to see. */
export interface ManagedUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** May use at least one of the memberships shown. */
  readonly active: boolean;
  readonly memberships: readonly Membership[];
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
  readonly invitedAt: Date | null;
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly organisation: string;
  readonly expiresAt: Date;
}
