import type { Actor } from '../accounts/index.js';
import { sha256 } from '../../platform/ids.js';
import { Refused } from '../../platform/outcome.js';
import type { AllowedAct, Effect, FormalActDeps, FormalActs } from './formalActs.service.js';
import { judgementsMissing } from './judgement.refusals.js';
import { AXES, holding, outcomeOf, planOutcome, type AxisJudgement } from './judgement.rules.js';
import type { Track } from './plan.model.js';
import type { PlanLifeStore } from './planLife.store.js';
import type { Plan, PlanJudgement, PlanRevision } from './planRecord.model.js';
import type { SeenContent } from './providerActs.service.js';
import { contentChanged, groundsRefusal } from './refusals.rules.js';
import { ofRound, revisionContent, type RevisionContent } from './revisionContent.rules.js';
import { groundsOfJudgements } from './words.rules.js';

/** What a decision is about: one track, one revision, and the content as the decider had it on the screen. */
export interface Decided extends SeenContent {
  readonly planId: string;
  readonly track: Track;
  readonly revision: number;
}

/** The revision a decision is about, with the round's judgements as they stood when it was made. */
interface Basis extends RevisionContent {
  readonly revision: PlanRevision;
  readonly judgements: readonly PlanJudgement[];
}

interface Decision {
  readonly outcome: 'APPROVED' | 'RETURNED';
  readonly grounds: string | null;
  /** Judgements made by the decision itself. */
  readonly judgements: readonly Omit<PlanJudgement, 'id' | 'number'>[];
}

/** Beslut: one track decides on a revision, by its judgements or in one act. */
export class Decisions {
  constructor(
    private readonly acts: FormalActs,
    private readonly deps: Pick<FormalActDeps, 'store' | 'collaboration'> & { readonly life: PlanLifeStore },
  ) {}

  /** What the track's judgements come to: all godkända → approved on the track, else the plan is returned. */
  conclude(actor: Actor, decided: Decided, words: string | null): Promise<Plan | Refused> {
    const { planId, track } = decided;
    const unusable = groundsRefusal(words, false, 'words');
    const act = async (plan: Plan) => (await this.outcome(plan, track)) ?? 'APPROVE';
    return this.acts.perform(actor, { planId, act, track }, (allowed) =>
      this.pinned(allowed, decided, async ({ content, hashes, judgements }) => {
        const outcome = planOutcome(track, judgements, hashes);
        if (outcome.outcome === null) return judgementsMissing(content, outcome.missing);
        const own = holding(judgements, hashes).filter((judgement) => judgement.track === track);
        const grounds = words?.trim() || (outcome.outcome === 'RETURNED' ? groundsOfJudgements(content, own) : null);
        return unusable ?? { outcome: outcome.outcome, grounds, judgements: [] };
      }),
    );
  }

  /** Sends the plan back, whatever other tracks have decided of this revision. What the track hasn't judged opens. */
  return(actor: Actor, decided: Decided, grounds: string): Promise<Plan | Refused> {
    const { planId, track } = decided;
    const unusable = groundsRefusal(grounds, true);
    return this.acts.perform(actor, { planId, act: 'RETURN', track }, async (allowed) => {
      return unusable ?? this.pinned(allowed, decided, async () => ({ outcome: 'RETURNED', grounds: grounds.trim(), judgements: [] }));
    });
  }

  /** Approves the revision on one track: every measure that isn't already found godkänd is, by this act. */
  approve(actor: Actor, decided: Decided): Promise<Plan | Refused> {
    const { planId, track } = decided;
    return this.acts.perform(actor, { planId, act: 'APPROVE', track }, (allowed) =>
      this.pinned(allowed, decided, async (basis) => ({
        outcome: 'APPROVED',
        grounds: null,
        judgements: restApproved(allowed, track, basis),
      })),
    );
  }

  private async outcome(plan: Plan, track: Track): Promise<'RETURN' | 'APPROVE' | null> {
    const revision = await this.deps.store.revision(plan.id, plan.revision);
    if (!revision) return null;
    const judgements = ofRound(plan, await this.deps.life.judgements([plan.id]));
    const { outcome } = planOutcome(track, judgements, revisionContent(revision).hashes);
    return outcome && (outcome === 'APPROVED' ? 'APPROVE' : 'RETURN');
  }

  /**
   * The decision pinned to what it was made on. Three must say the same: the decider's screen, the frozen revision, and the document under
   * its lock (nothing can have been written since the submission; if something were, nobody may decide on it).
   */
  private async pinned(
    allowed: AllowedAct,
    decided: Decided,
    decide: (basis: Basis) => Promise<Decision | Refused>,
  ): Promise<Effect | Refused> {
    const { store, life, collaboration } = this.deps;
    const { plan, at, by } = allowed;
    const frozen = await collaboration.freeze(plan.id);
    const revision = await store.revision(plan.id, plan.revision);
    if (!revision) throw new Error('a submitted plan without its revision');
    const { contentHash, manifestHash, number } = revision;
    const same =
      decided.revision === number &&
      decided.contentHash === contentHash &&
      frozen.contentHash === contentHash &&
      decided.manifestHash === manifestHash;
    if (!same) return contentChanged();
    const judgements = ofRound(plan, await life.judgements([plan.id]));
    const decision = await decide({ revision, judgements, ...revisionContent(revision) });
    if (decision instanceof Refused) return decision;
    const { outcome, grounds } = decision;
    return {
      summary: outcome === 'APPROVED' ? `Revision ${number} godkänd` : `Revision ${number} återsänd`,
      details: { revision: number },
      record: {
        ...{ contentHash, manifestHash, judgements: judgementRecord(judgements, decision.judgements) },
        ...(grounds === null ? {} : { groundsHash: sha256(grounds) }),
      },
      write: async () => {
        await life.addJudgements(decision.judgements);
        await store.addDecision({
          ...{ planId: plan.id, track: decided.track, revision: number },
          ...{ outcome, grounds, contentHash, manifestHash, at, by },
        });
      },
    };
  }
}

/** Judgements that find both axes reasonable, for each measure the track hasn't already found godkänd. */
function restApproved({ plan, at, by }: AllowedAct, track: Track, { revision, hashes, judgements }: Basis) {
  const own = holding(judgements, hashes).filter((judgement) => judgement.track === track);
  const approved = new Set(own.filter(({ axes }) => outcomeOf(axes) === 'GODKAND').map(({ measureId }) => measureId));
  const axes: readonly AxisJudgement[] = AXES.map((axis) => ({ axis, verdict: 'RIMLIG', grounds: '' }));
  return [...hashes]
    .filter(([measureId]) => !approved.has(measureId))
    .map(([measureId, measureHash]) => ({
      ...{ planId: plan.id, measureId, track, revision: revision.number, measureHash, axes },
      ...{ decidedAt: at, decidedBy: by },
    }));
}

/** For the chain: which judgements the decision stood on, by number, and how many it made itself. */
const judgementRecord = (before: readonly PlanJudgement[], made: readonly unknown[]): object => ({
  last: Math.max(0, ...before.map(({ number }) => number)),
  made: made.length,
});
