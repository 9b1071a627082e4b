import { tick } from 'svelte';
import type { Axis, Reasonable } from '#lib/api/generated/graphql.js';
import { axisWord, verdictWord } from '#lib/i18n/words.js';
import * as m from '#lib/paraglide/messages.js';
import { announcer } from '#lib/ui/announcer.svelte.js';
import { shortcuts } from '#lib/ui/shortcuts.svelte.js';
import { allAxes } from './judging.js';
import type { Judging } from './judging.svelte.js';

/** The measure that has the focus, or has it somewhere inside. */
const focusedMeasure = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>('[data-measure]') ?? null;

function step(by: 1 | -1): void {
  const measures = [...document.querySelectorAll<HTMLElement>('[data-measure]')];
  const focused = focusedMeasure();
  const at = focused === null ? -1 : measures.indexOf(focused);
  const next = at < 0 ? (by === 1 ? 0 : measures.length - 1) : Math.min(Math.max(at + by, 0), measures.length - 1);
  measures[next]?.querySelector<HTMLElement>('h3')?.focus();
}

/** The axis under the focus, else the measure's first without a verdict, else its first with choices. */
function axisFor(judging: Judging, measureId: string): Axis | null {
  const focused = document.activeElement?.closest<HTMLElement>('[data-axis]')?.dataset['axis'];
  const open = allAxes.filter((axis) => !judging.stands(measureId, axis));
  return open.find((axis) => axis === focused) ?? open.find((axis) => judging.verdictOf(measureId, axis) === null) ?? open[0] ?? null;
}

async function judge(judging: Judging, verdict: Reasonable): Promise<void> {
  const measureId = focusedMeasure()?.dataset['measure'];
  if (measureId === undefined || !judging.open) return announcer.say(m.review_key_first(), { now: true });
  const axis = axisFor(judging, measureId);
  if (axis === null) return announcer.say(m.review_key_settled(), { now: true });
  judging.choose(measureId, axis, verdict);
  announcer.say(`${axisWord(axis)}: ${verdictWord(verdict)}`, { now: true });
  if (verdict === 'RIMLIG') return;
  await tick();
  document.querySelector<HTMLElement>(`#bedom-${measureId}-${axis.toLowerCase()}-grund`)?.focus();
}

/** A whole review by keyboard: n, p, a, r, d, c. @returns takes the keys away again */
export function reviewKeys(judging: Judging, showDiff: () => void): () => void {
  const comment = (): void => {
    const measure = focusedMeasure() ?? document.querySelector<HTMLElement>('[data-measure]');
    measure?.querySelector<HTMLElement>('[data-comment]')?.click();
  };
  const taken = [
    shortcuts.add({ keys: 'n', label: m.review_key_next(), run: () => step(1) }),
    shortcuts.add({ keys: 'p', label: m.review_key_previous(), run: () => step(-1) }),
    shortcuts.add({ keys: 'a', label: m.review_key_approve(), run: () => void judge(judging, 'RIMLIG') }),
    shortcuts.add({ keys: 'r', label: m.review_key_return(), run: () => void judge(judging, 'INTE_RIMLIG') }),
    shortcuts.add({ keys: 'd', label: m.review_key_diff(), run: showDiff }),
    shortcuts.add({ keys: 'c', label: m.review_key_comment(), run: comment }),
  ];
  return () => taken.forEach((take) => take());
}
