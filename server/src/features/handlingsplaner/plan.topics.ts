/** Hints to whoever watches plans, published after the commit: something formal has changed, read it again. */
export interface PlanHint {
  readonly planId: string;
  /** RFC 3339. */
  readonly at: string;
}

export const planTopic = (planId: string): string => `plan:${planId}`;
export const huvudmanTopic = (huvudmanId: string): string => `plans:${huvudmanId}`;
/** Of a provider's plans: all of them, or (with a huvudman) those within its matters. */
export const providerTopic = (providerId: string, huvudmanId: string | null = null): string =>
  `plans:provider:${providerId}${huvudmanId === null ? '' : `:${huvudmanId}`}`;

/** Every topic that an act on the plan is told on. */
export const topicsOf = (plan: { readonly id: string; readonly huvudmanId: string; readonly providerId: string }): string[] => [
  planTopic(plan.id),
  huvudmanTopic(plan.huvudmanId),
  providerTopic(plan.providerId),
  providerTopic(plan.providerId, plan.huvudmanId),
];
