import { Field, ID, InputType, Int } from 'type-graphql';
import { DateScalar } from '../../platform/scalars.js';
import type { PlanState, Track } from './plan.model.js';
import { PlanStateEnum, StepEnum, TrackEnum } from './planEnums.types.js';
import type { Step } from './steps.rules.js';

@InputType('PlanFilter', { description: 'Allt som anges måste stämma.' })
export class PlanFilterInput {
  @Field(() => Int, { nullable: true })
  year: number | null;
  @Field(() => ID, { nullable: true })
  huvudmanId: string | null;
  @Field(() => String, { nullable: true })
  contractAreaKey: string | null;
  @Field(() => [PlanStateEnum], { nullable: true })
  states: PlanState[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Bara planer där nästa steg är ditt.' })
  waitingForMe: boolean | null;
  @Field(() => Boolean, { nullable: true })
  overdue: boolean | null;
  @Field(() => StepEnum, { nullable: true })
  step: Step | null;
  @Field(() => String, { nullable: true, description: 'Varje ord ska finnas i krav, brist, fokusområde, avtalsområde eller utförare.' })
  search: string | null;
}

@InputType()
export class OpenPlanInput {
  @Field(() => ID)
  planId: string;
}

@InputType()
export class SharePlanInput {
  @Field(() => ID)
  planId: string;
}

@InputType()
export class TakeBackPlanInput {
  @Field(() => ID)
  planId: string;
}

@InputType()
export class SubmitPlanInput {
  @Field(() => ID)
  planId: string;
  @Field(() => String, { description: 'Textens hash, som den som lämnar in har den på skärmen.' })
  contentHash: string;
  @Field(() => String)
  manifestHash: string;
  @Field(() => String, { nullable: true, description: 'Varför det som ser ut som personuppgifter får stå kvar. Utan skäl: PERSONAL_DATA.' })
  personalDataReason: string | null;
}

@InputType()
export class BeginReviewInput {
  @Field(() => ID)
  planId: string;
  @Field(() => TrackEnum)
  track: Track;
}

@InputType()
export class ApprovePlanInput {
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
}

@InputType()
export class ReturnPlanInput {
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
  @Field(() => String, { description: 'Krävs. Tom text ger GROUNDS_MISSING.' })
  grounds: string;
}

@InputType()
export class WithdrawPlanInput {
  @Field(() => ID)
  planId: string;
  @Field(() => String, { nullable: true })
  grounds: string | null;
}

@InputType()
export class SetDeadlineInput {
  @Field(() => ID)
  planId: string;
  @Field(() => TrackEnum)
  track: Track;
  @Field(() => DateScalar)
  deadline: string;
}

@InputType()
export class FindingTracksInput {
  @Field(() => ID)
  findingId: string;
  @Field(() => [TrackEnum])
  tracks: Track[];
}

@InputType()
export class IssueDemandInput {
  @Field(() => [ID], { description: 'Brister hos en utförare, i ett avtalsområde, ett år.' })
  findingIds: string[];
  @Field(() => DateScalar)
  deadline: string;
  @Field(() => String, { nullable: true })
  grounds: string | null;
  @Field(() => [FindingTracksInput], { nullable: true, description: 'Brister som granskas på andra spår än deras lag säger.' })
  tracks: FindingTracksInput[] | null;
}
