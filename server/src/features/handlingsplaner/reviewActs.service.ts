import type { Actor } from '../accounts/index.js';
import { swedishDate } from '../../platform/clock.js';
import type { Refused } from '../../platform/outcome.js';
import { earliest } from './deadlines.rules.js';
import type { FormalActDeps, FormalActs } from './formalActs.service.js';
import type { Track } from './plan.model.js';
import type { Plan } from './planRecord.model.js';
import { deadlineRefusal, groundsRefusal } from './refusals.rules.js';

/** The förvaltning's formal acts on a plan that decide nothing of its text: begin review, withdraw, set a deadline. */
export class ReviewActs {
  constructor(
    private readonly acts: FormalActs,
    private readonly deps: Pick<FormalActDeps, 'store'>,
  ) {}

  /** From here the provider can't take the plan back. */
  beginReview(actor: Actor, planId: string, track: Track): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'BEGIN_REVIEW', track }, async ({ plan }) => ({
      summary: `Granskning av revision ${plan.revision} påbörjad`,
      details: { revision: plan.revision },
    }));
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
}
