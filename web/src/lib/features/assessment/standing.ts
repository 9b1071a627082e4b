import type { Grade, LiveStanding } from './types.js';
import { gradeWord, stepWord } from '#lib/i18n/words.js';
import * as m from '#lib/paraglide/messages.js';

/** What läge efter åtgärd says in a word: åtgärdat, else the step of the plan that has come the shortest way, else unchanged. */
export function standingWord(live: LiveStanding): string {
  if (live.remedied) return m.grade_remedied();
  return live.step ? stepWord(live.step) : m.assessment_unchanged();
}

/** Step and colour for screen readers, in one breath. */
export const standingSentence = (live: LiveStanding): string => `${standingWord(live)}, ${gradeWord(live.colour).toLowerCase()}`;

export const moved = (fixed: Grade | null | undefined, live: LiveStanding): boolean => (live.colour ?? null) !== (fixed ?? null);
