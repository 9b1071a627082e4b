import type { PlanPart } from '@samsyn/schema';
import type { ContractAreaYear, Huvudman, LadderRung, Provider } from '../contracts/index.js';
import type { Evidence } from '../evidence/index.js';
import type { FindingView } from '../findings/index.js';
import type { Fault } from '../../platform/outcome.js';
import type { PlanAct } from './acts.rules.js';
import type { MeasureExecution } from './execution.rules.js';
import type { MeasureLock, MeasureOutcome } from './judgement.rules.js';
import type { NextAct } from './nextAct.rules.js';
import type { Demand, EscalationStep, Plan, PlanDecision, PlanJudgement, PlanRevision } from './planRecord.model.js';
import type { TimelineEntry } from './timeline.rules.js';
import type { Sight } from './viewer.rules.js';

/** The text as the server has it now. */
export interface TextView {
  readonly canonicalJson: string;
  readonly contentHash: string;
  readonly manifestHash: string;
  readonly seq: number;
  readonly missing: readonly Fault[];
  readonly partsDone: readonly PlanPart[];
}

/** A demand as one viewer sees it. */
export interface DemandView {
  readonly demand: Demand;
  readonly contractArea: ContractAreaYear;
  readonly provider: Provider;
  plans(): Promise<PlanView[]>;
}

/** A judgement, and whether it still holds. */
export interface JudgementView extends PlanJudgement {
  readonly outcome: MeasureOutcome;
  /** The measure is unchanged since, and no later judgement of the round replaced it. */
  readonly current: boolean;
}

/** A measure's execution with what was handed in for it. */
export interface ExecutionView extends MeasureExecution {
  evidence(): Promise<Evidence[]>;
}

type PlanReturn = Pick<PlanDecision, 'revision' | 'track' | 'at' | 'by'> & { readonly grounds: string };

/** A plan as one viewer sees it. What is dear to load comes by asking, and then for the whole page at once. */
export interface PlanView {
  readonly plan: Plan;
  readonly sight: Sight;
  readonly finding: FindingView;
  readonly huvudman: Huvudman;
  readonly demand: DemandView;
  readonly shared: boolean;
  /** null before it is opened, and to others than the provider until it is shared. */
  readonly openedAt: Date | null;
  readonly overdue: boolean;
  readonly acts: readonly PlanAct[];
  /** null where the viewer may not read it. */
  text(): Promise<TextView | null>;
  nextAct(): Promise<NextAct>;
  /** Newest first; empty where the viewer may not read the text. The same for decisions (oldest first). */
  revisions(): Promise<PlanRevision[]>;
  decisions(): Promise<PlanDecision[]>;
  /** null: never returned, or not the viewer's to read. */
  latestReturn(): Promise<PlanReturn | null>;
  /** Oldest first. */
  timeline(): Promise<TimelineEntry[]>;
  /** Newest first, the earlier ones kept. Empty where the viewer may not read the text; the same for all below. */
  judgements(): Promise<JudgementView[]>;
  /** Measures of which something is locked in the text as it is written now. */
  locks(): Promise<readonly MeasureLock[]>;
  /** The approved measures' execution, in order; empty before the approval. */
  execution(): Promise<ExecutionView[]>;
  /** Steps taken, oldest first. */
  escalation(): Promise<EscalationStep[]>;
  /** The contract's ladder, lowest rung first. */
  ladder(): Promise<readonly LadderRung[]>;
  /** For how many years in a row the provider has had a finding against the krav, this one included. */
  yearsStanding(): Promise<number>;
}
