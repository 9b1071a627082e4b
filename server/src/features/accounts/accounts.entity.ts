import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from './accounts.model.js';

/** A person's account. Never deleted: formal acts point at it. */
@Entity('user_account')
@Index('uq_user_account_email', ['email'], { unique: true })
@Index('uq_user_account_demo_key', ['demoKey'], { unique: true })
export class UserRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;

  /** As `normaliseEmail` writes it. */
  @Column({ type: 'varchar', length: 254 })
  email: string;

  @Column({ type: 'varchar', length: 200 })
  name: string;

  /** PHC string; null: nobody can sign in by password. */
  @Column({ name: 'password_hash', type: 'varchar', length: 255, nullable: true })
  passwordHash: string | null;

  @Column({ type: 'boolean' })
  active: boolean;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ name: 'last_sign_in_at', type: 'datetime', precision: 3, nullable: true })
  lastSignInAt: Date | null;

  @Column({ name: 'invited_at', type: 'datetime', precision: 3, nullable: true })
  invitedAt: Date | null;

  /** The demo's sign-in button; null outside demo data. */
  @Column({ name: 'demo_key', type: 'varchar', length: 64, nullable: true })
  demoKey: string | null;
}

/** One role in one organisation. Ended, never deleted. */
@Entity('membership')
@Index('ix_membership_user', ['userId'])
@Index('ix_membership_huvudman', ['huvudmanId'])
@Index('ix_membership_provider', ['providerId'])
@Index('ix_membership_by_huvudman', ['byHuvudmanId'])
export class MembershipRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;

  @Column({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;

  @Column({ type: 'varchar', length: 32 })
  role: Role;

  /** The organisation's name, kept here so that reading who someone is takes no other feature. */
  @Column({ type: 'varchar', length: 200 })
  organisation: string;

  @Column({ name: 'huvudman_id', type: 'varchar', length: 32, nullable: true })
  huvudmanId: string | null;

  @Column({ name: 'provider_id', type: 'varchar', length: 32, nullable: true })
  providerId: string | null;

  @Column({ name: 'unit_id', type: 'varchar', length: 32, nullable: true })
  unitId: string | null;

  /** The huvudman whose administrator invited a provider's verksamhetschef, and so sees and manages this membership. */
  @Column({ name: 'by_huvudman_id', type: 'varchar', length: 32, nullable: true })
  byHuvudmanId: string | null;

  /** The only huvudman whose matters the membership reaches; null: every one that the provider serves. */
  @Column({ name: 'within_huvudman_id', type: 'varchar', length: 32, nullable: true })
  withinHuvudmanId: string | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ name: 'ended_at', type: 'datetime', precision: 3, nullable: true })
  endedAt: Date | null;
}

/** A signed-in browser. The row goes when the session ends. */
@Entity('session')
@Index('uq_session_token_hash', ['tokenHash'], { unique: true })
@Index('ix_session_user', ['userId'])
@Index('ix_session_last_seen', ['lastSeenAt'])
export class SessionRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;

  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  @Column({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;

  /** At most a minute behind. */
  @Column({ name: 'last_seen_at', type: 'datetime', precision: 3 })
  lastSeenAt: Date;
}

/** A link that gives its holder one membership, once. */
@Entity('invitation')
@Index('uq_invitation_token_hash', ['tokenHash'], { unique: true })
@Index('ix_invitation_email', ['email'])
@Index('ix_invitation_by_huvudman', ['byHuvudmanId'])
@Index('ix_invitation_by_provider', ['byProviderId'])
export class InvitationRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;

  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  @Column({ type: 'varchar', length: 254 })
  email: string;

  @Column({ type: 'varchar', length: 200 })
  name: string;

  @Column({ type: 'varchar', length: 32 })
  role: Role;

  @Column({ type: 'varchar', length: 200 })
  organisation: string;

  @Column({ name: 'huvudman_id', type: 'varchar', length: 32, nullable: true })
  huvudmanId: string | null;

  @Column({ name: 'provider_id', type: 'varchar', length: 32, nullable: true })
  providerId: string | null;

  @Column({ name: 'unit_id', type: 'varchar', length: 32, nullable: true })
  unitId: string | null;

  /** The only huvudman whose matters the membership reaches; null: every one that the provider serves. */
  @Column({ name: 'within_huvudman_id', type: 'varchar', length: 32, nullable: true })
  withinHuvudmanId: string | null;

  /** On whose behalf: this huvudman … */
  @Column({ name: 'by_huvudman_id', type: 'varchar', length: 32, nullable: true })
  byHuvudmanId: string | null;

  /** … or this provider. Exactly one of the two is set. */
  @Column({ name: 'by_provider_id', type: 'varchar', length: 32, nullable: true })
  byProviderId: string | null;

  /** null: the admin command. */
  @Column({ name: 'invited_by', type: 'varchar', length: 32, nullable: true })
  invitedBy: string | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt: Date;

  /** Used or revoked; null: still open. */
  @Column({ name: 'closed_at', type: 'datetime', precision: 3, nullable: true })
  closedAt: Date | null;
}

/** A link that lets its holder choose a new password, once. */
@Entity('password_reset')
@Index('uq_password_reset_token_hash', ['tokenHash'], { unique: true })
@Index('ix_password_reset_user', ['userId'])
export class PasswordResetRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;

  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  @Column({ name: 'user_id', type: 'varchar', length: 32 })
  userId: string;

  /** Whose affair it was: the use of the link is recorded in the same chain. Exactly one of the two is set. */
  @Column({ name: 'by_huvudman_id', type: 'varchar', length: 32, nullable: true })
  byHuvudmanId: string | null;

  @Column({ name: 'by_provider_id', type: 'varchar', length: 32, nullable: true })
  byProviderId: string | null;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt: Date;

  /** Used or revoked; null: still open. */
  @Column({ name: 'closed_at', type: 'datetime', precision: 3, nullable: true })
  closedAt: Date | null;
}
