import type { PlanContent } from '@samsyn/schema';
import type { ActorSnapshot } from '../accounts/index.js';
import type { PlanState, Track } from './plan.model.js';
import type { Plan, PlanDecision } from './planRecord.model.js';
import type { PlanRecordStore, ReportStanding } from './planRecords.store.js';

/** A plan that lives, with what decides who owes what by which day. */
export interface OpenPlan {
  readonly id: string;
  readonly findingId: string;
  readonly huvudmanId: string;
  readonly contractAreaId: string;
  readonly providerId: string;
  readonly year: number;
  readonly state: PlanState;
  /** The earliest of the tracks'. */
  readonly deadline: string;
  readonly durabilityDue: string | null;
  /** Which tracks review it, and which of them haven't approved the present revision. */
  readonly tracks: readonly { readonly track: Track; readonly decided: boolean }[];
  /** When the present revision was handed in. Told only where somebody waits for it: SUBMITTED, APPROVED. */
  readonly submittedAt: Date | null;
  /** The measures of the present revision that are still to be reported as done, by the day they should be. */
  readonly unreported: readonly { readonly measureId: string; readonly doneBy: string | null }[];
  /** The day of the last step up the ladder; null: none was taken, or the plan isn't NOT_REMEDIED. */
  readonly escalationDeadline: string | null;
}

/** Everything of a huvudman's plans that an offline proof needs. JSON: dates as RFC 3339, people as they were known. */
export interface PlanExport {
  readonly plans: readonly { readonly id: string }[];
  readonly revisions: readonly ExportedRevision[];
  readonly decisions: readonly (Omit<PlanDecision, 'at'> & { readonly at: string })[];
  readonly judgements: readonly object[];
  readonly reports: readonly object[];
  readonly escalations: readonly object[];
}

/** A frozen revision: the canonical JSON is what `contentHash` is over, `manifestJson` what `manifestHash` is over. */
interface ExportedRevision {
  readonly planId: string;
  readonly number: number;
  readonly seq: number;
  readonly canonicalJson: string;
  readonly contentHash: string;
  readonly manifestJson: string;
  readonly manifestHash: string;
  readonly renderedText: string;
  readonly submittedAt: string;
  readonly submittedBy: ActorSnapshot;
  readonly receiver: string;
  readonly receiptNumber: string;
  readonly takenBackAt: string | null;
}

const LIVING: readonly PlanState[] = ['REQUESTED', 'DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'REPORTED', 'VERIFIED', 'NOT_REMEDIED'];

/** Reads plans for the features that follow them: notices, calendars, the export. Asks nobody's rights; whoever uses it does. */
export class PlanRecords {
  constructor(private readonly store: PlanRecordStore) {}

  plan(id: string): Promise<Plan | null> {
    return this.store.plan(id);
  }

  /** Every plan that isn't closed or withdrawn. A few queries, however many there are. */
  async open(): Promise<OpenPlan[]> {
    const plans = await this.store.inStates(LIVING);
    const withText = plans.filter((plan) => plan.state === 'SUBMITTED' || plan.state === 'APPROVED').map((plan) => plan.id);
    const revisions = new Map((await this.store.revisions(withText)).map((row) => [`${row.planId} ${row.number}`, row]));
    const reports = Map.groupBy(await this.store.reports(withText), (report) => report.planId);
    const standing = plans.filter((plan) => plan.state === 'NOT_REMEDIED').map((plan) => plan.id);
    const escalations = new Map((await this.store.escalations(standing)).map((step) => [step.planId, step.deadline]));
    return plans.map((plan) => {
      const revision = revisions.get(`${plan.id} ${plan.revision}`);
      const { id, findingId, huvudmanId, contractAreaId, providerId, year, state, deadline, durabilityDue } = plan;
      return {
        ...{ id, findingId, huvudmanId, contractAreaId, providerId, year, state, deadline, durabilityDue },
        tracks: plan.tracks.map(({ track, approvedRevision }) => ({ track, decided: approvedRevision === plan.revision })),
        submittedAt: revision?.submittedAt ?? null,
        unreported: revision ? unreported(revision.canonicalJson, plan.revision, reports.get(id) ?? []) : [],
        escalationDeadline: escalations.get(id) ?? null,
      };
    });
  }

  /** What the verifier is given of a huvudman's plans. Private drafts are not in it: only what was handed in, and what was decided. */
  async exportOf(huvudmanId: string): Promise<PlanExport> {
    const plans = await this.store.ofHuvudman(huvudmanId);
    const ids = plans.map((plan) => plan.id);
    return {
      plans: plans.map(({ id, demandId, findingId, contractAreaKey, providerId, year, state, round, revision, diaryNumber }) => ({
        ...{ id, demandId, findingId, contractAreaKey, providerId, year, state, round, revision, diaryNumber },
      })),
      revisions: (await this.store.revisions(ids)).map(
        ({ id: _id, huvudmanId: _owner, submittedAt, takenBackAt, submittedBy, ...row }) => ({
          ...row,
          submittedAt: submittedAt.toISOString(),
          takenBackAt: takenBackAt?.toISOString() ?? null,
          submittedBy: JSON.parse(submittedBy) as ActorSnapshot,
        }),
      ),
      decisions: (await this.store.decisions(ids)).map((decision) => ({ ...decision, at: decision.at.toISOString() })),
      judgements: (await this.store.judgements(ids)).map((row) => plain(row, ['axes', 'decidedBy'])),
      reports: (await this.store.reports(ids)).map((row) => plain(row, ['reportedBy', 'verifiedBy'])),
      escalations: (await this.store.escalations(ids)).map((step) => plain(step, [])),
    };
  }
}

/** A measure is left to report until its last report says that it is done, and nobody has refused that. */
function unreported(canonicalJson: string, revision: number, reports: readonly ReportStanding[]): OpenPlan['unreported'] {
  const last = new Map(reports.filter((report) => report.revision === revision).map((report) => [report.measureId, report]));
  return (JSON.parse(canonicalJson) as PlanContent).measures
    .filter(({ id }) => last.get(id)?.status !== 'DONE' || last.get(id)?.verification === 'REFUSED')
    .map(({ id, doneBy }) => ({ measureId: id, doneBy }));
}

/** A row as plain JSON, with its JSON columns read. */
function plain(row: object, jsonColumns: readonly string[]): object {
  const read = (name: string, value: unknown): unknown =>
    jsonColumns.includes(name) && typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
  return JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, read(name, value)])))) as object;
}
