import { measureHashes, type PlanContent } from '@samsyn/schema';
import { getContext, setContext } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { type Axis, JudgeMeasureDocument, type MeasureOutcome, type Reasonable, type Track } from '#lib/api/generated/graphql.js';
import { act } from '#lib/features/editor/acts.js';
import { emptyContent } from '#lib/features/editor/content.js';
import * as m from '#lib/paraglide/messages.js';
import {
  allAxes,
  type AxisStanding,
  axisStanding,
  type AxisValue,
  contentsByRevision,
  isWhole,
  latestJudgement,
  outcomeOf,
} from './judging.js';
import type { ReviewedPlan, Revision } from './standing.js';

interface Subject {
  readonly plan: ReviewedPlan;
  readonly revision: Revision;
  readonly content: PlanContent;
  readonly track: Track;
}

const keyOf = (measureId: string, axis: Axis): string => `${measureId}/${axis}`;

/** One reviewer's judgements of one revision: what stands, what is chosen on screen, what the server has. Chosen and whole is saved at once. */
export class Judging {
  readonly #subject: () => Subject | null;
  readonly #saved: () => Promise<void>;
  readonly #stale: () => void;
  readonly #chosen = new SvelteMap<string, { verdict: Reasonable | null; grounds: string }>();
  readonly #reopened = new SvelteSet<string>();
  readonly #sent = new SvelteMap<string, string>();
  readonly errors = new SvelteMap<string, string>();
  failure = $state<string | null>(null);
  saving = $state(0);

  readonly #contents = $derived.by(() => contentsByRevision(this.#subject()?.plan.revisions ?? []));
  readonly #hashes = $derived.by(() => measureHashes(this.#subject()?.content ?? emptyContent('')));
  readonly open = $derived.by(() => this.#subject()?.plan.acts.includes('JUDGE') ?? false);
  readonly total = $derived.by(() => (this.#subject()?.content.measures.length ?? 0) * allAxes.length);
  /** Axes that still need a word, in reading order. */
  readonly left = $derived.by(() =>
    (this.#subject()?.content.measures ?? []).flatMap((measure, index) =>
      allAxes
        .filter((axis) => !isWhole(this.valueOf(measure.id, axis)))
        .map((axis) => ({ measureId: measure.id, axis, number: index + 1 })),
    ),
  );

  /** @param saved after the server has taken a judgement @param stale the text is another than the one judged */
  constructor(subject: () => Subject | null, saved: () => Promise<void>, stale: () => void) {
    this.#subject = subject;
    this.#saved = saved;
    this.#stale = stale;
  }

  standing(measureId: string, axis: Axis): AxisStanding {
    const subject = this.#subject();
    const measure = subject?.content.measures.find((one) => one.id === measureId);
    if (!subject || !measure) return { kind: 'open', was: null };
    const judgement = latestJudgement(subject.plan.judgements, measureId, subject.track);
    const earlier = judgement && this.#contents.get(judgement.revision)?.measures.find((one) => one.id === measureId);
    return axisStanding(axis, measure, judgement, subject.revision.number, earlier);
  }

  /** Grey and settled: decided on this very text earlier, and not taken up again. */
  stands(measureId: string, axis: Axis): boolean {
    return this.standing(measureId, axis).kind === 'stands' && !this.#reopened.has(keyOf(measureId, axis));
  }

  verdictOf(measureId: string, axis: Axis): Reasonable | null {
    const chosen = this.#chosen.get(keyOf(measureId, axis));
    if (chosen) return chosen.verdict;
    const standing = this.standing(measureId, axis);
    return standing.kind === 'open' || (standing.kind === 'stands' && !this.stands(measureId, axis)) ? null : standing.value.verdict;
  }

  groundsOf(measureId: string, axis: Axis): string {
    const standing = this.standing(measureId, axis);
    return this.#chosen.get(keyOf(measureId, axis))?.grounds ?? (standing.kind === 'open' ? '' : standing.value.grounds);
  }

  valueOf(measureId: string, axis: Axis): AxisValue | null {
    const verdict = this.verdictOf(measureId, axis);
    return verdict === null ? null : { verdict, grounds: verdict === 'RIMLIG' ? '' : this.groundsOf(measureId, axis) };
  }

  outcome(measureId: string): MeasureOutcome | null {
    const [atgard, tidplan] = allAxes.map((axis) => this.valueOf(measureId, axis));
    return isWhole(atgard ?? null) && isWhole(tidplan ?? null) && atgard && tidplan ? outcomeOf(atgard.verdict, tidplan.verdict) : null;
  }

  reopen(measureId: string, axis: Axis): void {
    this.#reopened.add(keyOf(measureId, axis));
  }

  choose(measureId: string, axis: Axis, verdict: Reasonable): void {
    this.#chosen.set(keyOf(measureId, axis), { verdict, grounds: this.groundsOf(measureId, axis) });
    this.errors.delete(keyOf(measureId, axis));
    void this.save(measureId);
  }

  write(measureId: string, axis: Axis, grounds: string): void {
    this.#chosen.set(keyOf(measureId, axis), { verdict: this.verdictOf(measureId, axis), grounds });
    if (grounds.trim() !== '') this.errors.delete(keyOf(measureId, axis));
  }

  /** Says which grounds are missing; true when nothing is. */
  complain(measureId: string): boolean {
    for (const axis of allAxes) {
      if (this.verdictOf(measureId, axis) === 'INTE_RIMLIG' && !isWhole(this.valueOf(measureId, axis)))
        this.errors.set(keyOf(measureId, axis), m.judge_grounds_missing());
    }
    return !allAxes.some((axis) => this.errors.has(keyOf(measureId, axis)));
  }

  errorOf(measureId: string, axis: Axis): string | null {
    return this.errors.get(keyOf(measureId, axis)) ?? null;
  }

  /** Sends a measure's judgement when both axes are whole and something in it is new. */
  async save(measureId: string): Promise<void> {
    const subject = this.#subject();
    const measureHash = this.#hashes.get(measureId);
    const axes = allAxes.flatMap((axis) => {
      const value = this.valueOf(measureId, axis);
      return isWhole(value) ? [{ axis, verdict: value.verdict, grounds: value.grounds.trim() }] : [];
    });
    if (!subject || measureHash === undefined || axes.length < allAxes.length) return;
    const now = JSON.stringify(axes);
    if (this.#sent.get(measureId) === now || !allAxes.some((axis) => this.#chosen.has(keyOf(measureId, axis)))) return;
    this.#sent.set(measureId, now);
    this.saving += 1;
    const { plan, track, revision } = subject;
    const result = await act(JudgeMeasureDocument, { planId: plan.id, track, revision: revision.number, measureId, measureHash, axes });
    this.saving -= 1;
    this.failure = result.done ? null : result.message;
    if (result.done) return this.#saved();
    this.#sent.delete(measureId);
    if (result.code === 'CONTENT_CHANGED' || result.code === 'WRONG_STATE') this.#stale();
  }

  /** Everything chosen is with the server. */
  async settle(): Promise<boolean> {
    const ids = this.#subject()?.content.measures.map((measure) => measure.id) ?? [];
    for (const id of ids) await this.save(id);
    return this.saving === 0 && this.failure === null;
  }
}

const key = Symbol('judging');
export const provideJudging = (judging: Judging): Judging => setContext(key, judging);
export const useJudging = (): Judging => getContext<Judging>(key);
