import type { Actor } from '../accounts/index.js';
import { swedishDate } from '../../platform/clock.js';
import { sha256 } from '../../platform/ids.js';
import type { Refused } from '../../platform/outcome.js';
import { earliest } from './deadlines.rules.js';
import type { ActRequest, AllowedAct, Effect, FormalActDeps, FormalActs } from './formalActs.service.js';
import type { Track } from './plan.model.js';
import type { Plan, PlanDecision } from './planRecord.model.js';
import type { SeenContent } from './providerActs.service.js';
import { contentChanged, deadlineRefusal, groundsRefusal } from './refusals.rules.js';

/** What a decision is about: one track, one revision, and the content as the decider had it on the screen. */
export interface Decided extends SeenContent {
  readonly planId: string;
  readonly track: Track;
  readonly revision: number;
}

/** The förvaltning's formal acts on a plan: begin review, return, approve, withdraw, set a deadline. */
export class ReviewActs {
  constructor(
    private readonly acts: FormalActs,
    private readonly deps: Pick<FormalActDeps, 'store' | 'collaboration' | 'clock'>,
  ) {}

  /** From here the provider can't take the plan back. */
  beginReview(actor: Actor, planId: string, track: Track): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'BEGIN_REVIEW', track }, async ({ plan }) => ({
      summary: `Granskning av revision ${plan.revision} påbörjad`,
      details: { revision: plan.revision },
    }));
  }

  /** Sends the whole plan back, whatever other tracks have decided of this revision. */
  async return(actor: Actor, decided: Decided, grounds: string): Promise<Plan | Refused> {
    const unusable = groundsRefusal(grounds, true);
    return this.decide(actor, decided, 'RETURN', unusable, { outcome: 'RETURNED', grounds: grounds.trim() });
  }

  /** Approves the revision on one track. The plan is approved when every track has approved the same one. */
  approve(actor: Actor, decided: Decided): Promise<Plan | Refused> {
    return this.decide(actor, decided, 'APPROVE', null, { outcome: 'APPROVED', grounds: null });
  }

  /** Takes the demand for this plan back; it drops out of the assessment, and its finding may be demanded anew. */
  withdraw(actor: Actor, planId: string, grounds: string | null): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'WITHDRAW' }, async () => {
      const text = grounds?.trim() ?? '';
      const effect = { change: { liveFindingId: null }, details: text === '' ? {} : { grounds: text }, summary: 'Begäran återkallad' };
      return groundsRefusal(grounds, false) ?? effect;
    });
  }

  setDeadline(actor: Actor, planId: string, track: Track, deadline: string): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'SET_DEADLINE', track }, async ({ plan, at }) => {
      const refusal = deadlineRefusal(deadline, swedishDate(at));
      if (refusal) return refusal;
      const tracks = plan.tracks.map((each) => (each.track === track ? { ...each, deadline } : each));
      return {
        change: { deadline: earliest(tracks) },
        details: { deadline },
        summary: `Ny tid: senast ${deadline}`,
        write: () => this.deps.store.changeTrack({ planId, track }, { deadline }),
      };
    });
  }

  private decide(
    actor: Actor,
    decided: Decided,
    act: 'RETURN' | 'APPROVE',
    unusable: Refused | null,
    decision: Pick<PlanDecision, 'outcome' | 'grounds'>,
  ): Promise<Plan | Refused> {
    const request: ActRequest = { planId: decided.planId, act, track: decided.track };
    return this.acts.perform(actor, request, async (allowed) => unusable ?? (await this.pinned(allowed, decided, decision)));
  }

  /**
   * The decision pinned to what it was made on. Three must say the same: the decider's screen, the frozen revision, and the document under
   * its lock (nothing can have been written since the submission; if something were, nobody may decide on it).
   */
  private async pinned(
    allowed: AllowedAct,
    decided: Decided,
    decision: Pick<PlanDecision, 'outcome' | 'grounds'>,
  ): Promise<Effect | Refused> {
    const { store, collaboration } = this.deps;
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
    const { outcome, grounds } = decision;
    return {
      summary: outcome === 'APPROVED' ? `Revision ${number} godkänd` : `Revision ${number} återsänd`,
      details: { revision: number },
      record: { contentHash, manifestHash, ...(grounds === null ? {} : { groundsHash: sha256(grounds) }) },
      write: () =>
        store.addDecision({ planId: plan.id, track: decided.track, revision: number, outcome, grounds, contentHash, manifestHash, at, by }),
    };
  }
}
