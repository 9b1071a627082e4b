import type { Actor } from '../accounts/index.js';
import { addDays, swedishDate } from '../../platform/clock.js';
import { sha256 } from '../../platform/ids.js';
import type { Refused } from '../../platform/outcome.js';
import { contractKey, type LadderRung } from '../contracts/index.js';
import { isDurabilityDue } from './acts.rules.js';
import { durabilityNotDue, rungPassed, rungSkipped, rungUnknown } from './escalation.refusals.js';
import { standingOf } from './viewer.rules.js';
import type { FormalActDeps, FormalActs } from './formalActs.service.js';
import type { PlanLifeStore } from './planLife.store.js';
import type { Plan } from './planRecord.model.js';
import { deadlineRefusal, groundsRefusal } from './refusals.rules.js';

export interface EscalateInput {
  readonly planId: string;
  readonly rungId: string;
  readonly grounds: string;
  /** Why rungs before it are passed over. */
  readonly skippedGrounds: string | null;
}

/** What follows when a plan is carried out: has it held, does the finding stand, and what then. */
export class FollowUp {
  constructor(
    private readonly acts: FormalActs,
    private readonly deps: Pick<FormalActDeps, 'store' | 'contracts'> & { readonly life: PlanLifeStore },
  ) {}

  /** Hållbarhetskontroll: held → the plan is closed; not → the finding stands. */
  checkDurability(actor: Actor, planId: string, held: boolean, grounds: string | null): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: held ? 'DURABILITY_HELD' : 'DURABILITY_FAILED' }, async ({ plan, at }) => {
      if (!isDurabilityDue(standingOf(plan), swedishDate(at))) return durabilityNotDue(plan.durabilityDue ?? '');
      const summary = held ? 'Hållbarhetskontroll: åtgärderna håller' : 'Hållbarhetskontroll: bristen kvarstår';
      return groundsRefusal(grounds, !held) ?? { summary, details: withGrounds(grounds) };
    });
  }

  /** What was reported didn't remedy the finding. */
  findNotRemedied(actor: Actor, planId: string, grounds: string): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'FIND_NOT_REMEDIED' }, async () => {
      return groundsRefusal(grounds, true) ?? { summary: 'Kvarstående brist konstaterad', details: withGrounds(grounds) };
    });
  }

  /** Ny omgång: the same plan is written again, shared, with no judgement of the rounds before. */
  startNewRound(actor: Actor, planId: string, deadline: string): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'NEW_ROUND' }, async ({ plan, at }) => {
      const refusal = deadlineRefusal(deadline, swedishDate(at));
      if (refusal) return refusal;
      const round = { round: plan.round + 1, roundAfterRevision: plan.revision };
      return {
        change: { ...round, deadline, reportedAt: null, verifiedAt: null, durabilityDue: null },
        details: { deadline },
        summary: `Omgång ${round.round} begärd, lämnas in senast ${deadline}`,
        record: { round: round.round },
        write: () => this.deps.store.setDeadlines(planId, deadline),
      };
    });
  }

  /** A step up the contract's ladder, by somebody the rung names. Passing rungs over takes grounds; nobody steps down. */
  async escalate(actor: Actor, input: EscalateInput): Promise<Plan | Refused> {
    const { planId, rungId } = input;
    const ladder = await this.ladder(await this.deps.store.plan(planId));
    const rung = ladder.find(({ id }) => id === rungId);
    return this.acts.perform(actor, { planId, act: 'ESCALATE', roles: rung?.decidedBy }, async ({ at, by }) => {
      if (!rung) return rungUnknown();
      const taken = Math.max(0, ...(await this.deps.life.escalations([planId])).map((step) => step.rung.order));
      const unusable = this.unusable(input, rung, ladder, taken);
      if (unusable) return unusable;
      const grounds = input.grounds.trim();
      const skippedGrounds = input.skippedGrounds?.trim() || null;
      const deadline = addDays(swedishDate(at), rung.deadlineDays);
      return {
        summary: `Trappan: ${rung.name}, senast ${deadline}`,
        details: { rung: rung.name, deadline, grounds },
        record: { rungId, clause: rung.clause, ...(skippedGrounds === null ? {} : { skippedGroundsHash: sha256(skippedGrounds) }) },
        write: (diaryNumber) => this.deps.life.addEscalation({ planId, rung, deadline, grounds, skippedGrounds, diaryNumber, at, by }),
      };
    });
  }

  private unusable(
    { grounds, skippedGrounds }: EscalateInput,
    rung: LadderRung,
    ladder: readonly LadderRung[],
    taken: number,
  ): Refused | null {
    if (rung.order <= taken) return rungPassed();
    const skipped = ladder.filter(({ order }) => order > taken && order < rung.order);
    const needed = skipped.length > 0 && !skippedGrounds?.trim();
    return (
      groundsRefusal(grounds, true) ?? groundsRefusal(skippedGrounds, false, 'skippedGrounds') ?? (needed ? rungSkipped(skipped) : null)
    );
  }

  private async ladder(plan: Plan | null): Promise<readonly LadderRung[]> {
    if (!plan) return [];
    return (await this.deps.contracts.laddersOf([plan])).get(contractKey(plan)) ?? [];
  }
}

const withGrounds = (grounds: string | null): { grounds?: string } => {
  const text = grounds?.trim() ?? '';
  return text === '' ? {} : { grounds: text };
};
