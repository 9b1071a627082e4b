import type { Role } from '../accounts/index.js';

/** STATED: the source says so. ASSUMED: it doesn't, and we say that. */
export type Source = 'STATED' | 'ASSUMED';
/** The size of the need; decides which means the follow-up must use. */
export type Category = 'A' | 'B' | 'C' | 'D';
/** What the huvudman calls the plan on screen. */
export type PlanWord = 'handlingsplan' | 'åtgärdsplan';
/** The step from which a huvudman counts a finding as met. */
export type MetStep = 'VERIFIED' | 'APPROVED';

/** One rung of the escalation ladder: what the contract allows when a finding stands. */
export interface LadderRung {
  /** Stable within its ladder. */
  readonly id: string;
  /** 1 is the first. */
  readonly order: number;
  readonly name: string;
  /** Where the contract or the assignment says so. */
  readonly clause: string;
  /** How long the provider gets. */
  readonly deadlineDays: number;
  /** Any of these takes the decision. */
  readonly decidedBy: readonly Role[];
}

/** The ladder of some forms of contract; without any, of all that have none of their own. */
export interface LadderTemplate {
  readonly forms: readonly string[];
  readonly rungs: readonly LadderRung[];
}

/** A huvudman with its local rules: they are data (I12). */
export interface Huvudman {
  readonly id: string;
  /** Stable short name for addresses and command lines, e.g. `kson`. */
  readonly key: string;
  readonly name: string;
  readonly shortName: string;
  readonly planWord: PlanWord;
  readonly metStep: MetStep;
  /** "direktionen", "socialnämnden": who fixes the assessment. */
  readonly boardName: string;
  /** Starts the huvudman's diary numbers. */
  readonly diaryPrefix: string;
  /** Months from a verified plan to its durability check. */
  readonly durabilityMonths: number;
  /** Days a submitted plan may wait before its reviewers are reminded. */
  readonly reviewReminderDays: number;
  /** Escalation, by form of contract. One has no forms: it holds for every other contract. */
  readonly ladders: readonly LadderTemplate[];
}

/** A huvudman to create; its local rules may follow later. */
export type NewHuvudman = Pick<Huvudman, 'key' | 'name' | 'shortName'> & Partial<Omit<Huvudman, 'id'>>;

export interface Provider {
  readonly id: string;
  readonly name: string;
}

export interface Unit {
  readonly id: string;
  readonly providerId: string;
  readonly name: string;
}

/** What the source says of a contract area in one year. */
export interface ContractAreaFacts {
  readonly name: string;
  /** Service area (område) number. */
  readonly serviceArea: number;
  readonly serviceAreaSource: Source;
  readonly category: Category | null;
  /** SoL, LSS, HSL. */
  readonly laws: readonly string[];
  readonly contractForms: readonly string[];
  /** null: the source gives no number. */
  readonly providerCount: number | null;
  readonly unitCount: number | null;
}

/** A contract area as it was in one year. `id` is the contract area's, the same every year. */
export interface ContractAreaYear extends ContractAreaFacts {
  readonly id: string;
  readonly huvudmanId: string;
  readonly key: string;
  readonly year: number;
}

/** Which area, which year. */
export interface ContractAreaRef {
  readonly id: string;
  readonly year: number;
}

/** Which contract: a provider has one in an area. */
export interface ContractRef {
  readonly contractAreaId: string;
  readonly providerId: string;
}

/** What importing a row does, or did. */
export type RowChange = 'CREATED' | 'UPDATED' | 'UNCHANGED';
