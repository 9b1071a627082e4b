import type { PlanPart } from '@samsyn/schema';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ActorSnapshotType, RoleEnum, type ActorSnapshot, type Role } from '../accounts/index.js';
import { ContractAreaType, HuvudmanType, ProviderType } from '../contracts/index.js';
import { FindingType } from '../findings/index.js';
import { FaultType } from '../../platform/refusal.types.js';
import { PageInfoType } from '../../platform/pageInfo.types.js';
import { DateScalar, DateTimeScalar } from '../../platform/scalars.js';
import type { FormalAct, PlanState, Track } from './plan.model.js';
import { DecisionOutcomeEnum, NextActEnum, PlanActEnum, PlanPartEnum, PlanStateEnum, TrackEnum } from './planEnums.types.js';
import { EscalationStepType, LadderRungType, MeasureExecutionType, MeasureJudgementType, MeasureLockType } from './planLife.types.js';
import type { DemandView, PlanView } from './planView.model.js';
import type { NextAct } from './nextAct.rules.js';
import type { PlanAct } from './acts.rules.js';

@ObjectType('PlanTrack', { description: 'Ett spår: en granskning av planen, med egen tid.' })
export class PlanTrackType {
  @Field(() => TrackEnum)
  track: Track;
  @Field(() => DateScalar)
  deadline: string;
  @Field(() => Int, { nullable: true, description: 'Den revision spåret senast godkände.' })
  approvedRevision: number | null;
  @Field(() => DateTimeScalar, { nullable: true })
  approvedAt: Date | null;
  @Field(() => [RoleEnum])
  reviewerRoles: readonly Role[];
}

@ObjectType('PlanReturn', { description: 'När planen senast återsändes, och varför.' })
export class PlanReturnType {
  @Field(() => Int)
  revision: number;
  @Field(() => TrackEnum)
  track: Track;
  @Field(() => String)
  grounds: string;
  @Field(() => DateTimeScalar)
  at: Date;
  @Field(() => ActorSnapshotType)
  by: ActorSnapshot;
}

@ObjectType('PlanDecision', { description: 'Ett beslut på ett spår, bundet till innehållet det gällde.' })
export class PlanDecisionType {
  @Field(() => ID)
  id: string;
  @Field(() => Int)
  revision: number;
  @Field(() => TrackEnum)
  track: Track;
  @Field(() => DecisionOutcomeEnum)
  outcome: 'APPROVED' | 'RETURNED';
  @Field(() => String, { nullable: true, description: 'Finns alltid när planen återsändes.' })
  grounds: string | null;
  @Field(() => String)
  contentHash: string;
  @Field(() => String)
  manifestHash: string;
  @Field(() => DateTimeScalar)
  at: Date;
  @Field(() => ActorSnapshotType)
  by: ActorSnapshot;
}

@ObjectType('PlanContent', { description: 'Planens text som servern har den nu.' })
export class PlanContentType {
  @Field(() => String, { description: 'Kanonisk JSON (RFC 8785).' })
  canonicalJson: string;
  @Field(() => String, { description: 'SHA-256 av canonicalJson.' })
  contentHash: string;
  @Field(() => String, { description: 'SHA-256 av listan över underlag.' })
  manifestHash: string;
  @Field(() => Int, { description: 'Läget i dokumentets logg.' })
  seq: number;
  @Field(() => [FaultType], { description: 'Vad som saknas innan planen kan lämnas in.' })
  missing: readonly FaultType[];
}

@ObjectType('PlanRevision', { description: 'Det som lämnades in, fryst.' })
export class PlanRevisionType {
  @Field(() => ID)
  id: string;
  @Field(() => Int)
  number: number;
  @Field(() => String)
  canonicalJson: string;
  @Field(() => String)
  contentHash: string;
  @Field(() => String)
  manifestHash: string;
  @Field(() => DateTimeScalar)
  submittedAt: Date;
  @Field(() => ActorSnapshotType)
  submittedBy: ActorSnapshot;
  @Field(() => String)
  receiver: string;
  @Field(() => String, { description: 'Kvittensnummer.' })
  receiptNumber: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'När den togs tillbaka; null: den togs inte tillbaka.' })
  takenBackAt: Date | null;
}

@ObjectType('TimelineEntry', { description: 'En formell handling.' })
export class TimelineEntryType {
  @Field(() => DateTimeScalar)
  at: Date;
  @Field(() => ActorSnapshotType)
  by: ActorSnapshot;
  @Field(() => String, { description: 'Stabil kod: REQUEST, OPEN, SHARE, SUBMIT …' })
  act: FormalAct;
  @Field(() => String, { nullable: true, description: 'Handlingens diarienummer; null: den diarieförs inte.' })
  diaryNumber: string | null;
  @Field(() => String)
  text: string;
}

@ObjectType('Demand', { description: 'Begäran: en utförares brister i ett avtalsområde, under en tid.' })
export class DemandType {
  readonly view: DemandView;
  @Field(() => ID)
  id: string;
  @Field(() => ContractAreaType)
  contractArea: ContractAreaType;
  @Field(() => ProviderType)
  provider: ProviderType;
  @Field(() => Int)
  year: number;
  @Field(() => DateScalar, { description: 'Tiden som den först sattes. Varje spår kan sedan få en egen.' })
  deadline: string;
  @Field(() => String, { nullable: true })
  grounds: string | null;
  @Field(() => DateTimeScalar)
  issuedAt: Date;
  @Field(() => ActorSnapshotType)
  issuedBy: ActorSnapshot;
  @Field(() => [PlanType])
  plans: PlanType[];
}

@ObjectType('Plan', { description: 'En handlingsplan, som den som frågar ser den. Före delningen ser förvaltningen bara läget.' })
export class PlanType {
  readonly view: PlanView;
  @Field(() => ID)
  id: string;
  @Field(() => PlanStateEnum)
  state: PlanState;
  @Field(() => Boolean, { description: 'Förvaltningen får se texten.' })
  shared: boolean;
  @Field(() => DateTimeScalar, { nullable: true })
  sharedAt: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'null: inte öppnad, eller okänt för den som frågar.' })
  openedAt: Date | null;
  @Field(() => FindingType)
  finding: FindingType;
  @Field(() => DemandType)
  demand: DemandType;
  @Field(() => HuvudmanType)
  huvudman: HuvudmanType;
  @Field(() => [PlanTrackType])
  tracks: readonly PlanTrackType[];
  @Field(() => DateScalar, { description: 'Spårens tidigaste tid.' })
  deadline: string;
  @Field(() => Boolean, { description: 'Tiden har gått och planen väntar på utföraren. Räknas ut, lagras aldrig.' })
  overdue: boolean;
  @Field(() => [PlanPartEnum], { description: 'Delar som är klara, enligt texten. Tom där den som frågar inte får läsa.' })
  partsDone: readonly PlanPart[];
  @Field(() => Int, { description: '0 före den första inlämningen.' })
  revision: number;
  @Field(() => [PlanRevisionType], { description: 'Nyast först.' })
  revisions: readonly PlanRevisionType[];
  @Field(() => PlanReturnType, { nullable: true })
  latestReturn: PlanReturnType | null;
  @Field(() => [PlanDecisionType], { description: 'Äldst först.' })
  decisions: readonly PlanDecisionType[];
  @Field(() => [TimelineEntryType], { description: 'Formella handlingar, äldst först.' })
  timeline: readonly TimelineEntryType[];
  @Field(() => NextActEnum)
  nextAct: NextAct;
  @Field(() => [PlanActEnum])
  acts: readonly PlanAct[];
  @Field(() => PlanContentType, { nullable: true, description: 'null där den som frågar inte får läsa.' })
  content: PlanContentType | null;
  @Field(() => [MeasureJudgementType], { description: 'Nyast först; de tidigare står kvar.' })
  judgements: readonly MeasureJudgementType[];
  @Field(() => [MeasureLockType], { description: 'Det som är låst i texten nu, för att det är godkänt.' })
  locks: readonly MeasureLockType[];
  @Field(() => [MeasureExecutionType], { description: 'De godkända åtgärdernas genomförande, i ordning. Tom före godkännandet.' })
  execution: readonly MeasureExecutionType[];
  @Field(() => DateTimeScalar, { nullable: true, description: 'När omgångens genomförande rapporterades; null: inte än, eller nekat.' })
  reportedAt: Date | null;
  @Field(() => DateTimeScalar, { nullable: true })
  verifiedAt: Date | null;
  @Field(() => DateScalar, { nullable: true, description: 'Dagen för hållbarhetskontrollen.' })
  durabilityDue: string | null;
  @Field(() => Int, { description: 'Omgång: 1, och en till för varje gång en kvarstående brist tas upp igen.' })
  round: number;
  @Field(() => Int, { description: 'Så många år i rad har utföraren haft en brist mot kravet, det här året medräknat.' })
  yearsStanding: number;
  @Field(() => [EscalationStepType], { description: 'Steg som tagits, äldst först.' })
  escalation: readonly EscalationStepType[];
  @Field(() => [LadderRungType], { description: 'Avtalets trappa, lägsta steget först.' })
  ladder: readonly LadderRungType[];
  @Field(() => String, { nullable: true, description: 'Ärendets diarienummer.' })
  diaryNumber: string | null;
  @Field(() => DateTimeScalar, { description: 'Tiden för den senaste formella handlingen. Skrivande flyttar den inte.' })
  updatedAt: Date;
}

@ObjectType('PlanConnection')
export class PlanConnection {
  @Field(() => [PlanType])
  nodes: readonly PlanType[];
  @Field(() => Int)
  totalCount: number;
  @Field(() => PageInfoType)
  pageInfo: PageInfoType;
}

@ObjectType('PlansChanged', { description: 'Något formellt har hänt med en plan du ser: hämta listan igen.' })
export class PlansChangedType {
  @Field(() => ID)
  planId: string;
  @Field(() => DateTimeScalar)
  at: Date;
}
