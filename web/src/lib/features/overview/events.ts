import type { Side } from '#lib/api/generated/graphql.js';

interface Entry {
  readonly at: string;
  readonly text: string;
  readonly by: { readonly name: string; readonly side: Side };
}

interface WithTimeline {
  readonly id: string;
  readonly finding: { readonly krav: string };
  readonly timeline: readonly Entry[];
}

export interface LatestEvent extends Entry {
  readonly planId: string;
  readonly krav: string;
}

/** The newest formal acts over several plans, newest first. @param most how many */
export function latestEvents(plans: readonly WithTimeline[], most: number): LatestEvent[] {
  return plans
    .flatMap((plan) => plan.timeline.map((entry) => ({ ...entry, planId: plan.id, krav: plan.finding.krav })))
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .slice(0, most);
}
