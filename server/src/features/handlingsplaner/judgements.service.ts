import type { Actor } from '../accounts/index.js';
import { sha256 } from '../../platform/ids.js';
import type { Refused } from '../../platform/outcome.js';
import type { FormalActDeps, FormalActs } from './formalActs.service.js';
import { axesRefusal } from './judgement.refusals.js';
import { AXES, outcomeOf, type AxisJudgement } from './judgement.rules.js';
import type { Track } from './plan.model.js';
import type { PlanLifeStore } from './planLife.store.js';
import type { Plan } from './planRecord.model.js';
import { contentChanged } from './refusals.rules.js';
import { revisionContent } from './revisionContent.rules.js';
import { OUTCOME_WORDS } from './words.rules.js';

/** A judgement to make, on the measure as the person had it on the screen. */
export interface JudgeInput {
  readonly planId: string;
  readonly track: Track;
  readonly revision: number;
  readonly measureId: string;
  readonly measureHash: string;
  /** Both axes, once each. */
  readonly axes: readonly AxisJudgement[];
}

/** Bedömning per åtgärd: whether åtgärd and tidplan are reasonable, each. */
export class Judgements {
  constructor(
    private readonly acts: FormalActs,
    private readonly deps: Pick<FormalActDeps, 'store'> & { readonly life: PlanLifeStore },
  ) {}

  /** The track's judgement of one measure; one made before stays as it was, replaced. The first on a revision begins its review. */
  judge(actor: Actor, input: JudgeInput): Promise<Plan | Refused> {
    const { planId, track, measureId, measureHash } = input;
    const axes = AXES.flatMap((axis) => input.axes.filter((judged) => judged.axis === axis)).map(trimmed);
    return this.acts.perform(actor, { planId, act: 'JUDGE', track }, async ({ plan, at, by }) => {
      const revision = await this.deps.store.revision(planId, plan.revision);
      if (!revision) throw new Error('a submitted plan without its revision');
      const { content, hashes } = revisionContent(revision);
      if (input.revision !== revision.number || hashes.get(measureId) !== measureHash) return contentChanged();
      const unusable = axesRefusal(axes);
      if (unusable) return unusable;
      const outcome = outcomeOf(axes);
      const measureNumber = content.measures.findIndex(({ id }) => id === measureId) + 1;
      const judgement = { planId, track, revision: revision.number, measureId, measureHash, axes, decidedAt: at, decidedBy: by };
      return {
        summary: `Åtgärd ${measureNumber} i revision ${revision.number} bedömd: ${OUTCOME_WORDS[outcome]}`,
        details: { revision: revision.number, measureId, measureNumber, outcome },
        record: { measureHash, axes: axes.map(({ grounds, ...judged }) => ({ ...judged, groundsHash: sha256(grounds) })) },
        write: () => this.deps.life.addJudgements([judgement]),
      };
    });
  }
}

const trimmed = (judged: AxisJudgement): AxisJudgement => ({ ...judged, grounds: judged.grounds.trim() });
