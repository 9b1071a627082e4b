import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { type AreaRowFragment, AssessmentChangedDocument } from '#lib/api/generated/graphql.js';
import { listen } from '#lib/api/client.js';
import { nowIso } from '#lib/format.js';
import * as m from '#lib/paraglide/messages.js';
import { announcer } from '#lib/ui/announcer.svelte.js';
import { standingSentence } from './standing.js';

/** Rows that have changed since the page was loaded, as the server sends them. */
export class LiveAssessment {
  readonly rows = new SvelteMap<string, AreaRowFragment>();
  /** When each of them changed, ISO 8601. */
  readonly changedAt = new SvelteMap<string, string>();
  updatedAt = $state.raw<string | null>(null);

  /** @returns stops listening */
  follow(year: number): () => void {
    untrack(() => {
      this.rows.clear();
      this.changedAt.clear();
      this.updatedAt = null;
    });
    return listen(AssessmentChangedDocument, { year }, ({ assessmentChanged: row }) => this.#take(row));
  }

  #take(row: AreaRowFragment): void {
    const now = nowIso();
    this.rows.set(row.id, row);
    this.changedAt.set(row.id, now);
    this.updatedAt = now;
    announcer.say(m.assessment_announce({ area: row.contractArea.name, standing: standingSentence(row.live).toLowerCase() }));
  }
}
