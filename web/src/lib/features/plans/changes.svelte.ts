import { invalidate } from '$app/navigation';
import { SvelteSet } from 'svelte/reactivity';
import { PlansChangedDocument } from '#lib/api/generated/graphql.js';
import { listen } from '#lib/api/client.js';

/** Which plans have changed since the lists on screen were loaded. The lists stay still until the person asks. */
class PlanChanges {
  readonly plans = new SvelteSet<string>();

  /** Listens while the frame is up; the menu's count follows at once. @returns stops listening */
  start(): () => void {
    return listen(PlansChangedDocument, {}, ({ plansChanged }) => {
      this.plans.add(plansChanged.planId);
      void invalidate('samsyn:counts');
    });
  }

  /** A page has just loaded fresh rows. */
  clear(): void {
    this.plans.clear();
  }

  /** Loads the lists on screen anew, because the person asked. */
  async show(): Promise<void> {
    this.plans.clear();
    await invalidate('samsyn:lists');
  }
}

export const planChanges = new PlanChanges();
