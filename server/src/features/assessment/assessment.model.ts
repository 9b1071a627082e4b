import type { ActorSnapshot } from '../accounts/index.js';
import type { ContractAreaYear, Huvudman, Provider, Source } from '../contracts/index.js';
import type { Step } from '../handlingsplaner/index.js';

/** Godkänt, delvis godkänt, ej godkänt. */
export type Grade = 'GREEN' | 'YELLOW' | 'RED';

/** NONE: no plan was ever demanded. DROPPED: every demand was withdrawn, so the finding is no longer counted. */
export type FindingStep = Step | 'NONE' | 'DROPPED';

/** A plan's place in the assessment, as its events leave it. */
export interface PlanStanding {
  readonly planId: string;
  readonly findingId: string;
  readonly huvudmanId: string;
  readonly contractAreaId: string;
  readonly providerId: string;
  readonly year: number;
  /** null: withdrawn. */
  readonly step: Step | null;
  /** `seq` of the last event counted; later ones are greater. */
  readonly seq: number;
  /** When the step last changed. */
  readonly changedAt: Date;
}

interface StepCount {
  readonly step: Step;
  readonly count: number;
}

/** Läge efter åtgärd, for an area or a provider. Never a grade. */
export interface Standing {
  readonly colour: Grade | null;
  /** "grön (åtgärdat)": every finding has reached the step that counts as met. */
  readonly remedied: boolean;
  /** The least advanced; NOT_REMEDIED when any finding stands there; null when there is no plan. */
  readonly step: Step | null;
  /** Only steps that some finding is on, in order. */
  readonly counts: readonly StepCount[];
}

export interface LiveStanding extends Standing {
  /** null: no plan has moved. */
  readonly changedAt: Date | null;
}

export interface EarlierGrade {
  readonly year: number;
  readonly grade: Grade;
  readonly source: Source;
}

export interface GradeProposal {
  /** null: the rows don't carry a proposal; `reasons` still tell what they say. */
  readonly grade: Grade | null;
  /** Swedish. */
  readonly reasons: readonly string[];
}

/** A grade as decided or imported. A later one has a greater `number`; none is ever changed. */
export interface AreaGrade {
  readonly contractAreaId: string;
  readonly year: number;
  readonly number: number;
  readonly grade: Grade;
  readonly grounds: string | null;
  readonly origin: 'IMPORT' | 'DECISION';
  readonly decidedBy: ActorSnapshot;
  readonly decidedAt: Date;
}

/** What the source itself states as a total or a date. */
export interface StatedFigure {
  readonly figure: string;
  /** `all`, a service area's number, or empty. */
  readonly scope: string;
  readonly value: string;
}

/** The year as a whole. `fixedAt` set: the grades are frozen. */
export interface YearState {
  readonly huvudmanId: string;
  readonly year: number;
  readonly decidedOn: string | null;
  readonly firstReportOn: string | null;
  readonly planFollowUpOn: string | null;
  readonly fixedAt: Date | null;
}

interface ProviderStanding {
  readonly provider: Provider;
  readonly live: LiveStanding;
  readonly findingCount: number;
}

export interface AreaAssessment {
  readonly year: number;
  readonly contractArea: ContractAreaYear;
  /** The grade that holds; frozen when the year is fixed. null: not graded. */
  readonly fixed: Grade | null;
  readonly grounds: string | null;
  readonly live: LiveStanding;
  /** Newest first. */
  readonly earlier: readonly EarlierGrade[];
  readonly yearsInRow: number;
  readonly findingCount: number;
  readonly planCount: number;
  readonly providers: readonly ProviderStanding[];
  readonly proposal: GradeProposal;
}

export interface GradeTotals {
  readonly green: number;
  readonly yellow: number;
  readonly red: number;
  readonly ungraded: number;
  readonly all: number;
}

export interface AssessmentTotal {
  /** null: all service areas. */
  readonly serviceArea: number | null;
  readonly fixed: GradeTotals;
  readonly live: GradeTotals;
}

/** Where the source says one thing and the rows another. */
export interface Contradiction {
  readonly code: string;
  readonly title: string;
  readonly statedText: string;
  readonly rowsText: string;
  /** A path in the web that lists exactly the rows counted; null when there are none. */
  readonly rowsHref: string | null;
}

export interface AssessmentYear {
  readonly huvudman: Huvudman;
  readonly state: YearState;
  readonly areas: readonly AreaAssessment[];
  readonly totals: readonly AssessmentTotal[];
  readonly contradictions: readonly Contradiction[];
  /** Years that have contract areas, newest first. */
  readonly years: readonly number[];
  readonly updatedAt: Date | null;
}
