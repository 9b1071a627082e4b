import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ActorSnapshotType, RoleEnum, type ActorSnapshot, type Role } from '../accounts/index.js';
import { EvidenceType } from '../evidence/index.js';
import { DateScalar, DateTimeScalar } from '../../platform/scalars.js';
import type { Axis, MeasureOutcome, Verdict } from './judgement.rules.js';
import type { ExecutionStatus, Track, Verification } from './plan.model.js';
import { AxisEnum, ExecutionStatusEnum, MeasureOutcomeEnum, ReasonableEnum, TrackEnum, VerificationEnum } from './planEnums.types.js';
import type { EscalationStep } from './planRecord.model.js';
import type { ExecutionView } from './planView.model.js';

@ObjectType('AxisJudgement')
export class AxisJudgementType {
  @Field(() => AxisEnum)
  axis: Axis;
  @Field(() => ReasonableEnum)
  verdict: Verdict;
  @Field(() => String, { description: 'Finns alltid när axeln inte är rimlig; kan annars vara tom.' })
  grounds: string;
}

@ObjectType('MeasureJudgement', { description: 'Ett spårs bedömning av en åtgärd i en revision.' })
export class MeasureJudgementType {
  @Field(() => ID)
  id: string;
  @Field(() => ID)
  measureId: string;
  @Field(() => TrackEnum)
  track: Track;
  @Field(() => Int)
  revision: number;
  @Field(() => String, { description: 'Hash av åtgärden som den var när den bedömdes.' })
  measureHash: string;
  @Field(() => [AxisJudgementType])
  axes: readonly AxisJudgementType[];
  @Field(() => MeasureOutcomeEnum)
  outcome: MeasureOutcome;
  @Field(() => Boolean, { description: 'Gäller: åtgärden är oförändrad sedan dess och ingen senare bedömning har ersatt den.' })
  current: boolean;
  @Field(() => ActorSnapshotType)
  decidedBy: ActorSnapshot;
  @Field(() => DateTimeScalar)
  decidedAt: Date;
}

@ObjectType('MeasureLock', { description: 'Vad av en åtgärd som är låst för att det är godkänt.' })
export class MeasureLockType {
  @Field(() => ID)
  measureId: string;
  @Field(() => Boolean)
  atgardLocked: boolean;
  @Field(() => Boolean)
  tidplanLocked: boolean;
}

@ObjectType('MeasureExecution', { description: 'En godkänd åtgärds genomförande: vad utföraren rapporterat och vad förvaltningen funnit.' })
export class MeasureExecutionType {
  readonly view: ExecutionView;
  @Field(() => ID)
  measureId: string;
  @Field(() => String)
  what: string;
  @Field(() => ExecutionStatusEnum)
  status: ExecutionStatus;
  @Field(() => DateScalar, { nullable: true })
  doneOn: string | null;
  @Field(() => String)
  words: string;
  @Field(() => Boolean, { description: 'Rapporterad som klar, och inte nekad sedan dess.' })
  reported: boolean;
  @Field(() => Boolean, { description: 'Utföraren kan rapportera den nu.' })
  open: boolean;
  @Field(() => ActorSnapshotType, { nullable: true })
  reportedBy: ActorSnapshot | null;
  @Field(() => DateTimeScalar, { nullable: true })
  reportedAt: Date | null;
  @Field(() => VerificationEnum, { nullable: true, description: 'Vad förvaltningen fann av den senaste rapporten; null: inget än.' })
  verification: Verification | null;
  @Field(() => String, { nullable: true })
  verificationGrounds: string | null;
  @Field(() => ActorSnapshotType, { nullable: true })
  verifiedBy: ActorSnapshot | null;
  @Field(() => DateTimeScalar, { nullable: true })
  verifiedAt: Date | null;
  @Field(() => [EvidenceType], { description: 'Underlag till åtgärden.' })
  evidence: EvidenceType[];
}

@ObjectType('LadderRung', { description: 'Ett steg på avtalets trappa.' })
export class LadderRungType {
  @Field(() => ID)
  id: string;
  @Field(() => Int)
  order: number;
  @Field(() => String)
  name: string;
  @Field(() => String)
  clause: string;
  @Field(() => Int)
  deadlineDays: number;
  @Field(() => [RoleEnum], { description: 'Vem som helst av dessa tar beslutet.' })
  decidedBy: readonly Role[];
}

@ObjectType('EscalationStep', { description: 'Ett steg som togs. Steget står som det var då.' })
export class EscalationStepType {
  @Field(() => ID)
  id: string;
  @Field(() => LadderRungType)
  rung: EscalationStep['rung'];
  @Field(() => DateTimeScalar)
  at: Date;
  @Field(() => ActorSnapshotType)
  by: ActorSnapshot;
  @Field(() => DateScalar)
  deadline: string;
  @Field(() => String)
  grounds: string;
  @Field(() => String, { nullable: true, description: 'Varför steg före hoppades över; null: inget gjorde det.' })
  skippedGrounds: string | null;
  @Field(() => String, { nullable: true })
  diaryNumber: string | null;
}

/** A measure's execution as the API shows it. */
export function toExecutionType(view: ExecutionView): MeasureExecutionType {
  const { measureId, what, report, reported, open } = view;
  return Object.assign(new MeasureExecutionType(), {
    ...{ view, measureId, what, reported, open },
    status: report?.status ?? 'NOT_BEGUN',
    words: report?.words ?? '',
    doneOn: report?.doneOn ?? null,
    reportedBy: report?.reportedBy ?? null,
    reportedAt: report?.reportedAt ?? null,
    verification: report?.verification ?? null,
    verificationGrounds: report?.verificationGrounds ?? null,
    verifiedBy: report?.verifiedBy ?? null,
    verifiedAt: report?.verifiedAt ?? null,
  });
}
