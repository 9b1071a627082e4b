import { type AreaRowFragment, AssessmentChangedDocument } from '#lib/api/generated/graphql.js';
import { listen } from '#lib/api/client.js';
import * as m from '#lib/paraglide/messages.js';
import { announcer } from '#lib/ui/announcer.svelte.js';
import { standingSentence } from './standing.js';

/** Rows that have changed since the page was loaded, as the server sends them. */
export class LiveAssessment {
  rows = $state.raw<ReadonlyMap<string, AreaRowFragment>>(new Map());
  changedAt = $state.raw<ReadonlyMap<string, Date>>(new Map());
  updatedAt = $state.raw<Date | null>(null);

  /** @returns stops listening */
  follow(year: number): () => void {
    this.rows = new Map();
    this.changedAt = new Map();
    this.updatedAt = null;
    return listen(AssessmentChangedDocument, { year }, ({ assessmentChanged: row }) => this.#take(row));
  }

  #take(row: AreaRowFragment): void {
    const now = new Date();
    this.rows = new Map(this.rows).set(row.id, row);
    this.changedAt = new Map(this.changedAt).set(row.id, now);
    this.updatedAt = now;
    announcer.say(m.assessment_announce({ area: row.contractArea.name, standing: standingSentence(row.live).toLowerCase() }));
  }
}
