import type { Database } from '../../platform/database.js';
import type { Topics } from '../../platform/topics.js';
import type { PlanEvent } from '../handlingsplaner/index.js';
import type { PlanStanding } from './assessment.model.js';
import { afterEvent, standings } from './assessment.rules.js';
import type { AssessmentStore } from './assessment.store.js';

/** Where the events come from, in order. */
export interface PlanEventSource {
  planEvents(huvudmanId: string, year: number): Promise<readonly PlanEvent[]>;
}

/** A hint that an area's assessment changed. */
export interface AssessmentHint {
  readonly contractAreaId: string;
}

export const assessmentTopic = (huvudmanId: string, year: number): string => `assessment:${huvudmanId}:${year}`;

/** Follows the plan events, one row a plan, in the transaction that makes them (I8). */
export class StepProjection {
  constructor(
    private readonly db: Database,
    private readonly store: AssessmentStore,
    private readonly topics: Topics,
    private readonly events: PlanEventSource,
  ) {}

  /** Counts one event. Tells the screens only when the step changed: that a private draft is being written is nobody else's matter. */
  async follow(event: PlanEvent): Promise<void> {
    const present = await this.store.planStanding(event.planId);
    const standing = afterEvent(present, event);
    if (standing === present) return;
    await this.store.putPlanStanding(standing);
    if (present && present.step === standing.step) return;
    const { huvudmanId, year, contractAreaId } = standing;
    this.db.afterCommit(() => this.topics.publish(assessmentTopic(huvudmanId, year), { contractAreaId } satisfies AssessmentHint));
  }

  /**
   * Makes the year's rows again from the recorded events.
   * @returns how many plans there are, and how many rows were not what the events say (0 as long as I8 holds)
   */
  recompute(huvudmanId: string, year: number): Promise<{ plans: number; differing: number }> {
    return this.db.tx(async () => {
      const computed = standings(await this.events.planEvents(huvudmanId, year));
      const present = new Map((await this.store.planStandings(huvudmanId, year)).map((row) => [row.planId, row]));
      const wrong = [...computed.values()].filter((standing) => !same(standing, present.get(standing.planId)));
      const extra = [...present.keys()].filter((planId) => !computed.has(planId));
      for (const standing of wrong) await this.store.putPlanStanding(standing);
      if (extra.length > 0) await this.store.removePlanStandings(extra);
      return { plans: computed.size, differing: wrong.length + extra.length };
    });
  }
}

function same(a: PlanStanding, b: PlanStanding | undefined): boolean {
  return (
    b !== undefined &&
    a.findingId === b.findingId &&
    a.contractAreaId === b.contractAreaId &&
    a.providerId === b.providerId &&
    a.step === b.step &&
    a.seq === b.seq &&
    a.changedAt.getTime() === b.changedAt.getTime()
  );
}
