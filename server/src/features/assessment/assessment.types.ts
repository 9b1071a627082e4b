import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar, DateTimeScalar } from '../../platform/scalars.js';
import { RefusalType } from '../../platform/refusal.types.js';
import { ContractAreaType, HuvudmanType, ProviderType, SourceEnum, type Source } from '../contracts/index.js';
import { StepEnum, type Step } from '../handlingsplaner/index.js';
import type { Grade } from './assessment.model.js';

const GradeEnum = { GREEN: 'GREEN', YELLOW: 'YELLOW', RED: 'RED' } as const;
registerEnumType(GradeEnum, { name: 'Grade', description: 'Godkänt, delvis godkänt, ej godkänt.' });

@ObjectType('StepCount')
export class StepCountType {
  @Field(() => StepEnum)
  step: Step;
  @Field(() => Int)
  count: number;
}

@ObjectType('LiveStanding', { description: 'Läge efter åtgärd: en ren funktion av planernas händelser, aldrig en bedömning.' })
export class LiveStandingType {
  @Field(() => GradeEnum, { nullable: true, description: 'null: ingen fastställd färg att utgå från.' })
  colour: Grade | null;
  @Field(() => Boolean, { description: '"Grön (åtgärdat)": alla brister har nått steget då huvudmannen räknar dem som åtgärdade.' })
  remedied: boolean;
  @Field(() => StepEnum, { nullable: true, description: 'Det minst framskridna steget. null: ingen plan.' })
  step: Step | null;
  @Field(() => [StepCountType])
  counts: StepCountType[];
  @Field(() => DateTimeScalar, { nullable: true, description: 'null: ingen plan.' })
  changedAt: Date | null;
}

@ObjectType('EarlierGrade')
export class EarlierGradeType {
  @Field(() => Int)
  year: number;
  @Field(() => GradeEnum)
  grade: Grade;
  @Field(() => SourceEnum)
  source: Source;
}

@ObjectType('GradeProposal', { description: 'Vad raderna talar för, och varför. En person bedömer.' })
export class GradeProposalType {
  @Field(() => GradeEnum, { nullable: true, description: 'null: raderna räcker inte för ett förslag.' })
  grade: Grade | null;
  @Field(() => [String])
  reasons: string[];
}

@ObjectType('ProviderStanding')
export class ProviderStandingType {
  @Field(() => ProviderType)
  provider: ProviderType;
  @Field(() => LiveStandingType)
  live: LiveStandingType;
  @Field(() => Int)
  findingCount: number;
}

@ObjectType('AreaAssessment')
export class AreaAssessmentType {
  @Field(() => ID)
  id: string;
  @Field(() => Int)
  year: number;
  @Field(() => ContractAreaType)
  contractArea: ContractAreaType;
  @Field(() => GradeEnum, { nullable: true, description: 'Fryst när året är fastställt. null: inte bedömt.' })
  fixed: Grade | null;
  @Field(() => LiveStandingType)
  live: LiveStandingType;
  @Field(() => [EarlierGradeType], { description: 'Nyast först.' })
  earlier: EarlierGradeType[];
  @Field(() => Int, { description: 'År i rad med samma bedömning, detta år inräknat. 0 när den är grön.' })
  yearsInRow: number;
  @Field(() => Int, { nullable: true, description: 'null: källan anger inget antal.' })
  providerCount: number | null;
  @Field(() => Int, { nullable: true, description: 'null: källan anger inget antal.' })
  unitCount: number | null;
  @Field(() => Int)
  findingCount: number;
  @Field(() => Int, { description: 'Återkallade räknas inte.' })
  planCount: number;
  @Field(() => [ProviderStandingType])
  providers: ProviderStandingType[];
  @Field(() => String, { nullable: true, description: 'Grund för bedömningen. null: importerad utan grund.' })
  grounds: string | null;
  @Field(() => GradeProposalType)
  proposal: GradeProposalType;
}

@ObjectType('GradeTotals')
export class GradeTotalsType {
  @Field(() => Int)
  green: number;
  @Field(() => Int)
  yellow: number;
  @Field(() => Int)
  red: number;
  @Field(() => Int)
  ungraded: number;
  @Field(() => Int)
  all: number;
}

@ObjectType('AssessmentTotal')
export class AssessmentTotalType {
  @Field(() => Int, { nullable: true, description: 'null: alla områden.' })
  serviceArea: number | null;
  @Field(() => GradeTotalsType)
  fixed: GradeTotalsType;
  @Field(() => GradeTotalsType)
  live: GradeTotalsType;
}

@ObjectType('Contradiction', { description: 'Där källan säger ett och raderna ett annat. Visas, rättas inte.' })
export class ContradictionType {
  @Field(() => String, { description: 'Stabil kod.' })
  code: string;
  @Field(() => String)
  title: string;
  @Field(() => String)
  statedText: string;
  @Field(() => String)
  rowsText: string;
  @Field(() => String, {
    nullable: true,
    description: 'Sökväg i webben som listar precis de raderna: /bedomning?year=&areas=nyckel,nyckel. null: inga rader.',
  })
  rowsHref: string | null;
}

@ObjectType('AssessmentYear')
export class AssessmentYearType {
  @Field(() => Int)
  year: number;
  @Field(() => HuvudmanType)
  huvudman: HuvudmanType;
  @Field(() => Boolean, { description: 'Fastställd: bedömningarna är frysta.' })
  decided: boolean;
  @Field(() => DateScalar, { nullable: true })
  decidedOn: string | null;
  @Field(() => DateScalar, { nullable: true })
  firstReportOn: string | null;
  @Field(() => DateScalar, { nullable: true })
  planFollowUpOn: string | null;
  @Field(() => [AreaAssessmentType])
  areas: AreaAssessmentType[];
  @Field(() => [AssessmentTotalType])
  totals: AssessmentTotalType[];
  @Field(() => [ContradictionType])
  contradictions: ContradictionType[];
  @Field(() => [Int], { description: 'År som har avtalsområden, nyast först.' })
  years: number[];
  @Field(() => DateTimeScalar, { nullable: true, description: 'null: inget har hänt.' })
  updatedAt: Date | null;
}

@InputType()
export class DecideAreaGradeInput {
  @Field(() => Int)
  year: number;
  @Field(() => ID)
  contractAreaId: string;
  @Field(() => GradeEnum)
  grade: Grade;
  @Field(() => String)
  grounds: string;
}

@ObjectType()
export class DecideAreaGradePayload {
  @Field(() => AreaAssessmentType)
  area: AreaAssessmentType;
}

@InputType()
export class FixAssessmentInput {
  @Field(() => ID)
  huvudmanId: string;
  @Field(() => Int)
  year: number;
  @Field(() => DateScalar)
  decidedOn: string;
}

@ObjectType()
export class FixAssessmentPayload {
  @Field(() => AssessmentYearType)
  assessment: AssessmentYearType;
}

export const DecideAreaGradeResult = createUnionType({
  name: 'DecideAreaGradeResult',
  types: () => [DecideAreaGradePayload, RefusalType] as const,
  resolveType: (value) => ('area' in value ? DecideAreaGradePayload : RefusalType),
});

export const FixAssessmentResult = createUnionType({
  name: 'FixAssessmentResult',
  types: () => [FixAssessmentPayload, RefusalType] as const,
  resolveType: (value) => ('assessment' in value ? FixAssessmentPayload : RefusalType),
});
