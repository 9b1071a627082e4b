import { Column, Entity, Index, PrimaryColumn, type ValueTransformer } from 'typeorm';
import type { ExecutionStatus, PlanState, Track, Verification } from './plan.model.js';

// Past 300 lines, because it is the feature's tables, one after the other, and nothing else.

/** mysql2 hands 64-bit columns over as strings, SQLite as numbers; ours stay within 53 bits. */
const seqNumber: ValueTransformer = {
  to: (value: number | null) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** Begäran: what a huvudman asks of a provider in one contract area, under one deadline. */
@Entity('demand')
@Index('ix_demand_huvudman_year', ['huvudmanId', 'year'])
@Index('ix_demand_provider', ['providerId'])
export class DemandRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'varchar', length: 32 })
  contractAreaId: string;
  @Column({ type: 'varchar', length: 32 })
  providerId: string;
  @Column({ type: 'int' })
  year: number;
  /** As first set. Each track's own may move; see PlanTrackRow. */
  @Column({ type: 'varchar', length: 10 })
  deadline: string;
  @Column({ type: 'mediumtext', nullable: true })
  grounds: string | null;
  @Column({ type: 'datetime', precision: 3 })
  issuedAt: Date;
  /** ActorSnapshot as JSON. */
  @Column({ type: 'mediumtext' })
  issuedBy: string;
}

/** A handlingsplan's formal side. Its text is the collaboration document of the same id. */
@Entity('plan')
@Index('ux_plan_live_finding', ['liveFindingId'], { unique: true })
@Index('ix_plan_demand', ['demandId'])
@Index('ix_plan_huvudman', ['huvudmanId', 'deadline', 'id'])
@Index('ix_plan_provider', ['providerId', 'deadline', 'id'])
export class PlanRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  demandId: string;
  @Column({ type: 'varchar', length: 32 })
  findingId: string;
  /** The finding while the plan lives, null once withdrawn: one living plan per finding, and a withdrawn one doesn't stand in its way. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  liveFindingId: string | null;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'varchar', length: 32 })
  contractAreaId: string;
  @Column({ type: 'varchar', length: 80 })
  contractAreaKey: string;
  @Column({ type: 'varchar', length: 32 })
  providerId: string;
  @Column({ type: 'int' })
  year: number;
  @Column({ type: 'varchar', length: 20 })
  state: PlanState;
  /** Grows with every formal act. An act that read an older one changes nothing: of two deciders one wins, on any database. */
  @Column({ type: 'int' })
  version: number;
  @Column({ type: 'datetime', precision: 3, nullable: true })
  openedAt: Date | null;
  /** When the förvaltning's sight of the text began: the share, or the first submission. null: a private draft. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  sharedAt: Date | null;
  /** Rows of the document's log below this seq never reach the förvaltning. null until shared. */
  @Column({ type: 'bigint', nullable: true, transformer: seqNumber })
  visibleFromSeq: number | null;
  @Column({ type: 'int' })
  revision: number;
  /** The earliest of the tracks' deadlines: what lists sort and are overdue by. */
  @Column({ type: 'varchar', length: 10 })
  deadline: string;
  /** Time of the last formal act. Typing doesn't move it: it would tell the förvaltning of work in a private draft. */
  @Column({ type: 'datetime', precision: 3 })
  lastActAt: Date;
  /** Omgång: 1, and one more each time a finding that stands is taken up again. */
  @Column({ type: 'int', default: 1 })
  round: number;
  /** The last revision of the rounds before: judgements, decisions and reports of a later one are this round's. */
  @Column({ type: 'int', default: 0 })
  roundAfterRevision: number;
  /** When the round's execution was last reported, and verified. null: not (any more). */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  reportedAt: Date | null;
  @Column({ type: 'datetime', precision: 3, nullable: true })
  verifiedAt: Date | null;
  /** From this day it can be looked at whether the measures have held. null until verified. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  durabilityDue: string | null;
  /** Diarienummer of the matter. null: demanded before the diary was kept here, and nothing registered since. */
  @Column({ type: 'varchar', length: 40, nullable: true })
  diaryNumber: string | null;
  /** How many documents the matter has in the diary. */
  @Column({ type: 'int', default: 0 })
  diaryDocuments: number;
  /** Words the list's search looks in, lower case, as of the demand. */
  @Column({ type: 'mediumtext' })
  searchText: string;
}

/** Spår: one review of a plan, with its own deadline. */
@Entity('plan_track')
export class PlanTrackRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  planId: string;
  @PrimaryColumn({ type: 'varchar', length: 10 })
  track: Track;
  @Column({ type: 'varchar', length: 10 })
  deadline: string;
  /** When the review of the present revision began; null before. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  reviewBegunAt: Date | null;
  @Column({ type: 'int', nullable: true })
  approvedRevision: number | null;
  @Column({ type: 'datetime', precision: 3, nullable: true })
  approvedAt: Date | null;
}

/** What was handed in, frozen. Only `takenBackAt` is ever set afterwards. */
@Entity('plan_revision')
@Index('ux_plan_revision_number', ['planId', 'number'], { unique: true })
@Index('ux_plan_revision_receipt', ['huvudmanId', 'receiptNumber'], { unique: true })
export class PlanRevisionRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  planId: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'int' })
  number: number;
  /** Head of the document's log when it was frozen. */
  @Column({ type: 'bigint', transformer: seqNumber })
  seq: number;
  @Column({ type: 'mediumtext' })
  canonicalJson: string;
  @Column({ type: 'varchar', length: 64 })
  contentHash: string;
  /** The evidence list that `manifestHash` is over, canonical JSON. */
  @Column({ type: 'mediumtext' })
  manifestJson: string;
  @Column({ type: 'varchar', length: 64 })
  manifestHash: string;
  /** The content as a person reads it, plain text. */
  @Column({ type: 'mediumtext' })
  renderedText: string;
  @Column({ type: 'datetime', precision: 3 })
  submittedAt: Date;
  /** ActorSnapshot as JSON. */
  @Column({ type: 'mediumtext' })
  submittedBy: string;
  @Column({ type: 'varchar', length: 300 })
  receiver: string;
  @Column({ type: 'varchar', length: 40 })
  receiptNumber: string;
  @Column({ type: 'datetime', precision: 3, nullable: true })
  takenBackAt: Date | null;
}

/** Beslut of one track on one revision, pinned to its hashes. */
@Entity('plan_decision')
@Index('ix_plan_decision_plan', ['planId', 'at'])
export class PlanDecisionRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  planId: string;
  @Column({ type: 'varchar', length: 10 })
  track: Track;
  @Column({ type: 'int' })
  revision: number;
  @Column({ type: 'varchar', length: 10 })
  outcome: 'APPROVED' | 'RETURNED';
  @Column({ type: 'mediumtext', nullable: true })
  grounds: string | null;
  @Column({ type: 'varchar', length: 64 })
  contentHash: string;
  @Column({ type: 'varchar', length: 64 })
  manifestHash: string;
  @Column({ type: 'datetime', precision: 3 })
  at: Date;
  /** ActorSnapshot as JSON. */
  @Column({ type: 'mediumtext' })
  by: string;
}

/** One track's judgement of one measure in one revision. Append-only: a later one replaces it, and it stays. */
@Entity('plan_judgement')
@Index('ux_plan_judgement_number', ['planId', 'number'], { unique: true })
export class PlanJudgementRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  planId: string;
  /** 1, 2, 3 … in each plan. */
  @Column({ type: 'int' })
  number: number;
  @Column({ type: 'varchar', length: 10 })
  track: Track;
  @Column({ type: 'int' })
  revision: number;
  @Column({ type: 'varchar', length: 64 })
  measureId: string;
  @Column({ type: 'varchar', length: 64 })
  measureHash: string;
  /** AxisJudgement[] as JSON. */
  @Column({ type: 'mediumtext' })
  axes: string;
  @Column({ type: 'datetime', precision: 3 })
  decidedAt: Date;
  /** ActorSnapshot as JSON. */
  @Column({ type: 'mediumtext' })
  decidedBy: string;
}

/** What the provider reported of one measure's execution, and what was found of it. A new report is a new row; the earlier ones stay. */
@Entity('plan_report')
@Index('ux_plan_report_number', ['planId', 'number'], { unique: true })
export class PlanReportRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  planId: string;
  /** 1, 2, 3 … in each plan. */
  @Column({ type: 'int' })
  number: number;
  /** The approved revision that is carried out. */
  @Column({ type: 'int' })
  revision: number;
  @Column({ type: 'varchar', length: 64 })
  measureId: string;
  @Column({ type: 'varchar', length: 20 })
  status: ExecutionStatus;
  @Column({ type: 'varchar', length: 10, nullable: true })
  doneOn: string | null;
  @Column({ type: 'mediumtext' })
  words: string;
  @Column({ type: 'datetime', precision: 3 })
  reportedAt: Date;
  /** ActorSnapshot as JSON. */
  @Column({ type: 'mediumtext' })
  reportedBy: string;
  /** When the plan was reported with it; from then on it stands unless it is refused. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  handedInAt: Date | null;
  @Column({ type: 'varchar', length: 10, nullable: true })
  verification: Verification | null;
  @Column({ type: 'mediumtext', nullable: true })
  verificationGrounds: string | null;
  /** The evidence list the verifier had on the screen. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  manifestHash: string | null;
  @Column({ type: 'datetime', precision: 3, nullable: true })
  verifiedAt: Date | null;
  /** ActorSnapshot as JSON. */
  @Column({ type: 'mediumtext', nullable: true })
  verifiedBy: string | null;
}

/** A step up the ladder. The rung is kept as it was then. */
@Entity('plan_escalation')
@Index('ix_plan_escalation_plan', ['planId', 'at'])
export class PlanEscalationRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  planId: string;
  /** LadderRung as JSON. */
  @Column({ type: 'mediumtext' })
  rung: string;
  @Column({ type: 'varchar', length: 10 })
  deadline: string;
  @Column({ type: 'mediumtext' })
  grounds: string;
  /** Why rungs before it were passed over; null: none was. */
  @Column({ type: 'mediumtext', nullable: true })
  skippedGrounds: string | null;
  @Column({ type: 'varchar', length: 40, nullable: true })
  diaryNumber: string | null;
  @Column({ type: 'datetime', precision: 3 })
  at: Date;
  /** ActorSnapshot as JSON. */
  @Column({ type: 'mediumtext' })
  by: string;
}

/** Append-only: every formal act. The timeline and the assessment are made from it. */
@Entity('plan_event')
@Index('ux_plan_event_seq', ['huvudmanId', 'seq'], { unique: true })
@Index('ix_plan_event_plan', ['planId', 'seq'])
export class PlanEventRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'int' })
  seq: number;
  @Column({ type: 'varchar', length: 32 })
  planId: string;
  @Column({ type: 'varchar', length: 32 })
  findingId: string;
  @Column({ type: 'varchar', length: 32 })
  contractAreaId: string;
  @Column({ type: 'varchar', length: 32 })
  providerId: string;
  @Column({ type: 'int' })
  year: number;
  @Column({ type: 'varchar', length: 30 })
  act: string;
  @Column({ type: 'varchar', length: 20, nullable: true })
  fromState: PlanState | null;
  @Column({ type: 'varchar', length: 20 })
  toState: PlanState;
  @Column({ type: 'datetime', precision: 3 })
  at: Date;
  /** ActorSnapshot as JSON. */
  @Column({ type: 'mediumtext' })
  by: string;
  /** PlanEventDetails as JSON. */
  @Column({ type: 'mediumtext' })
  details: string;
}

/** Numbers that run per huvudman: plan events, receipts per year. Its row is the lock that keeps two nodes from one number. */
@Entity('plan_counter')
export class PlanCounterRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @PrimaryColumn({ type: 'varchar', length: 40 })
  name: string;
  @Column({ type: 'int' })
  value: number;
}

export const handlingsplanerEntities = [
  DemandRow,
  PlanRow,
  PlanTrackRow,
  PlanRevisionRow,
  PlanDecisionRow,
  PlanJudgementRow,
  PlanReportRow,
  PlanEscalationRow,
  PlanEventRow,
  PlanCounterRow,
] as const;
