import { Field, ID, InputType, Int } from 'type-graphql';
import { DateScalar } from '../../platform/scalars.js';
import type { Axis, Verdict } from './judgement.rules.js';
import type { ExecutionStatus, Track, Verification } from './plan.model.js';
import { AxisEnum, ExecutionStatusEnum, ReasonableEnum, TrackEnum, VerificationEnum } from './planEnums.types.js';

@InputType()
export class AxisJudgementInput {
  @Field(() => AxisEnum)
  axis: Axis;
  @Field(() => ReasonableEnum)
  verdict: Verdict;
  @Field(() => String, { defaultValue: '', description: 'Krävs när axeln inte är rimlig.' })
  grounds: string;
}

@InputType()
export class JudgeMeasureInput {
  @Field(() => ID)
  planId: string;
  @Field(() => TrackEnum)
  track: Track;
  @Field(() => Int)
  revision: number;
  @Field(() => ID)
  measureId: string;
  @Field(() => String, { description: 'Åtgärdens hash, som den som bedömer har den på skärmen.' })
  measureHash: string;
  @Field(() => [AxisJudgementInput], { description: 'Båda axlarna, en gång var.' })
  axes: AxisJudgementInput[];
}

@InputType()
export class ConcludeReviewInput {
  @Field(() => ID)
  planId: string;
  @Field(() => TrackEnum)
  track: Track;
  @Field(() => Int)
  revision: number;
  @Field(() => String)
  contentHash: string;
  @Field(() => String)
  manifestHash: string;
  @Field(() => String, { nullable: true, description: 'Ord till beslutet. Utan dem blir en återsändnings grund bedömningarnas grunder.' })
  words: string | null;
}

@InputType()
export class ReportMeasureInput {
  @Field(() => ID)
  planId: string;
  @Field(() => ID)
  measureId: string;
  @Field(() => ExecutionStatusEnum)
  status: ExecutionStatus;
  @Field(() => DateScalar, { nullable: true, description: 'Krävs när åtgärden är klar.' })
  doneOn: string | null;
  @Field(() => String, { nullable: true, description: 'Vad som är gjort. Krävs när åtgärden är klar.' })
  words: string | null;
}

@InputType()
export class ReportPlanInput {
  @Field(() => ID)
  planId: string;
}

@InputType()
export class VerifyMeasureInput {
  @Field(() => ID)
  planId: string;
  @Field(() => ID)
  measureId: string;
  @Field(() => VerificationEnum)
  verification: Verification;
  @Field(() => String, { nullable: true, description: 'Krävs när verifieringen nekas.' })
  grounds: string | null;
  @Field(() => String, { description: 'Hash av listan över underlag, som den som verifierar har den på skärmen.' })
  manifestHash: string;
}

@InputType()
export class CheckDurabilityInput {
  @Field(() => ID)
  planId: string;
  @Field(() => Boolean)
  held: boolean;
  @Field(() => String, { nullable: true, description: 'Krävs när bristen kvarstår.' })
  grounds: string | null;
}

@InputType()
export class FindNotRemediedInput {
  @Field(() => ID)
  planId: string;
  @Field(() => String, { description: 'Krävs. Tom text ger GROUNDS_MISSING.' })
  grounds: string;
}

@InputType()
export class StartNewRoundInput {
  @Field(() => ID)
  planId: string;
  @Field(() => DateScalar)
  deadline: string;
}

@InputType()
export class EscalateInput {
  @Field(() => ID)
  planId: string;
  @Field(() => ID)
  rungId: string;
  @Field(() => String, { description: 'Krävs. Tom text ger GROUNDS_MISSING.' })
  grounds: string;
  @Field(() => String, { nullable: true, description: 'Krävs när steg hoppas över; utan den svaret RUNG_SKIPPED.' })
  skippedGrounds: string | null;
}
