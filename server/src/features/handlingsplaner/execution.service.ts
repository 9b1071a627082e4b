import type { Actor } from '../accounts/index.js';
import { swedishDate } from '../../platform/clock.js';
import { sha256 } from '../../platform/ids.js';
import { notFound, type Refused } from '../../platform/outcome.js';
import { addMonths } from './deadlines.rules.js';
import { alreadyVerified, notOpenForReport, reportRefusal, reportsMissing } from './execution.refusals.js';
import { awaitsVerification, executionOf, isLastToVerify, type MeasureExecution } from './execution.rules.js';
import type { Effect, FormalActDeps, FormalActs } from './formalActs.service.js';
import type { EvidenceSource } from './evidence.ports.js';
import { manifest } from './manifest.rules.js';
import type { ExecutionStatus, Verification } from './plan.model.js';
import type { PlanLifeStore } from './planLife.store.js';
import type { Plan } from './planRecord.model.js';
import { contentChanged, groundsRefusal } from './refusals.rules.js';
import { ofRound, revisionContent } from './revisionContent.rules.js';
import { STATUS_WORDS } from './words.rules.js';

/** What the provider says of one measure's execution. */
export interface ReportInput {
  readonly planId: string;
  readonly measureId: string;
  readonly status: ExecutionStatus;
  /** `YYYY-MM-DD`; counts only for DONE. */
  readonly doneOn: string | null;
  readonly words: string | null;
}

/** What the förvaltning found of it, on the evidence list the person had on the screen. */
export interface VerifyInput {
  readonly planId: string;
  readonly measureId: string;
  readonly verification: Verification;
  readonly grounds: string | null;
  readonly manifestHash: string;
}

/** Genomförande: the approved measures are reported by the provider, and verified against their evidence. */
export class Execution {
  constructor(
    private readonly acts: FormalActs,
    private readonly deps: Pick<FormalActDeps, 'store' | 'contracts'> & {
      readonly life: PlanLifeStore;
      readonly evidence: EvidenceSource;
    },
  ) {}

  /** How the measures of the plan's latest revision stand. */
  async of(plan: Plan): Promise<MeasureExecution[]> {
    const revision = await this.deps.store.revision(plan.id, plan.revision);
    if (!revision) return [];
    return executionOf(revisionContent(revision).content.measures, ofRound(plan, await this.deps.life.reports([plan.id])));
  }

  /** A new report of one measure. Until the plan is reported it may be reported again; then only what was refused. */
  reportMeasure(actor: Actor, input: ReportInput): Promise<Plan | Refused> {
    const { planId, measureId, status } = input;
    return this.acts.perform(actor, { planId, act: 'REPORT_MEASURE' }, async ({ plan, at, by }) => {
      const { number, open } = await this.measure(plan, measureId);
      const words = input.words?.trim() ?? '';
      const unusable = open ? reportRefusal({ status, doneOn: input.doneOn, words }, swedishDate(at)) : notOpenForReport();
      if (unusable) return unusable;
      const doneOn = status === 'DONE' ? input.doneOn : null;
      const report = { planId, revision: plan.revision, measureId, status, doneOn, words, reportedAt: at, reportedBy: by };
      return {
        summary: `Åtgärd ${number} rapporterad: ${STATUS_WORDS[status]}`,
        details: { revision: plan.revision, measureId, measureNumber: number, status },
        record: { doneOn, wordsHash: sha256(words) },
        write: () => this.deps.life.addReport(report),
      };
    });
  }

  /** All is done, says the verksamhetschef, with the evidence as it is: the förvaltning verifies. */
  report(actor: Actor, planId: string): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'REPORT_ALL' }, async ({ plan, at }) => {
      const execution = await this.of(plan);
      const missing = execution.filter(({ reported }) => !reported);
      if (missing.length > 0) return reportsMissing(missing);
      const handedIn = execution.flatMap(({ report }) => (report && report.handedInAt === null ? [report.id] : []));
      return {
        change: { reportedAt: at },
        details: { revision: plan.revision },
        summary: `Genomförandet av revision ${plan.revision} rapporterat`,
        record: { manifestHash: await this.manifestHash(planId), reports: execution.map(({ report }) => report?.number) },
        write: () => this.deps.life.markHandedIn(handedIn, at),
      };
    });
  }

  /** One measure's execution found enough, or not: then the plan is back for that measure to be mended and reported again. */
  verifyMeasure(actor: Actor, input: VerifyInput): Promise<Plan | Refused> {
    const { planId, measureId, verification } = input;
    const refused = verification === 'REFUSED';
    const act = async (plan: Plan) => {
      if (refused) return 'REFUSE_VERIFICATION';
      return isLastToVerify(await this.of(plan), measureId) ? 'VERIFY_ALL' : 'VERIFY_MEASURE';
    };
    return this.acts.perform(actor, { planId, act }, async (allowed) => {
      const { plan, at, by } = allowed;
      const measure = await this.measure(plan, measureId);
      if (!measure.report || !awaitsVerification(measure)) return alreadyVerified();
      const manifestHash = await this.manifestHash(planId);
      if (manifestHash !== input.manifestHash) return contentChanged();
      const unusable = groundsRefusal(input.grounds, refused);
      if (unusable) return unusable;
      const grounds = input.grounds?.trim() || null;
      const { id } = measure.report;
      const found = { verification, verificationGrounds: grounds, manifestHash, verifiedAt: at, verifiedBy: by };
      const effect = allowed.act === 'VERIFY_ALL' ? await this.verified(plan, at) : refused ? { change: { reportedAt: null } } : {};
      return {
        ...effect,
        summary: `Åtgärd ${measure.number}: ${refused ? 'verifieringen nekad' : 'verifierad'}`,
        details: { revision: plan.revision, measureId, measureNumber: measure.number },
        record: { manifestHash, ...(grounds === null ? {} : { groundsHash: sha256(grounds) }) },
        write: () => this.deps.life.verify(id, found),
      };
    });
  }

  private async verified(plan: Plan, at: Date): Promise<Pick<Effect, 'change'>> {
    const huvudman = await this.deps.contracts.huvudman(plan.huvudmanId);
    if (!huvudman) throw new Error('a plan without its huvudman');
    return { change: { verifiedAt: at, durabilityDue: addMonths(swedishDate(at), huvudman.durabilityMonths) } };
  }

  private async measure(plan: Plan, measureId: string): Promise<MeasureExecution> {
    const measure = (await this.of(plan)).find((each) => each.measureId === measureId);
    if (!measure) throw notFound();
    return measure;
  }

  private async manifestHash(planId: string): Promise<string> {
    return sha256(manifest(await this.deps.evidence.evidenceManifest(planId)));
  }
}
