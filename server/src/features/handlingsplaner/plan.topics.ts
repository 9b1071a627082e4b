/** Hints to whoever watches plans, published after the commit: something formal has changed, read it again. */
export interface PlanHint {
  readonly planId: string;
  /** RFC 3339. */
  readonly at: string;
}

export const planTopic = (planId: string): string => `plan:${planId}`;
export const huvudmanTopic = (huvudmanId: string): string => `plans:${huvudmanId}`;
export const providerTopic = (providerId: string): string => `plans:provider:${providerId}`;

/** Every topic that an act on the plan is told on. */
export const topicsOf = (plan: { readonly id: string; readonly huvudmanId: string; readonly providerId: string }): string[] => [
  planTopic(plan.id),
  huvudmanTopic(plan.huvudmanId),
  providerTopic(plan.providerId),
];
