import type { PlanDiffQuery } from '#lib/api/generated/graphql.js';

export type FieldDiff = PlanDiffQuery['planDiff'][number];
export type DiffRun = FieldDiff['runs'][number];
type By = NonNullable<DiffRun['by']>;

/** One person's share of what changed. */
export interface AuthorShare {
  readonly by: By;
  readonly changes: number;
  readonly from: string | null;
  readonly to: string | null;
}

export const isChanged = (field: FieldDiff): boolean => field.runs.some((run) => run.kind !== 'SAME');

/** Who changed something, how much and between which moments; in the order they first appear. What nobody is named for is left out. */
export function authorsOf(fields: readonly FieldDiff[]): AuthorShare[] {
  const shares = new Map<string, { by: By; changes: number; times: string[] }>();
  for (const run of fields.flatMap((field) => field.runs)) {
    if (run.kind === 'SAME' || !run.by) continue;
    const key = [run.by.name, run.by.role, run.by.organisation].join('\n');
    const share = shares.get(key) ?? { by: run.by, changes: 0, times: [] };
    share.changes += 1;
    if (run.at) share.times.push(run.at);
    shares.set(key, share);
  }
  return [...shares.values()].map(({ by, changes, times }) => {
    const sorted = times.toSorted();
    return { by, changes, from: sorted[0] ?? null, to: sorted.at(-1) ?? null };
  });
}

/** The fields of one cause or measure. */
export const fieldsOf = (fields: readonly FieldDiff[], root: string, id: string): FieldDiff[] =>
  fields.filter((field) => field.path.startsWith(`${root}/${id}/`));
