import type { ExecutionFragment } from '#lib/api/generated/graphql.js';

export type MeasureExecution = ExecutionFragment['execution'][number];
export type Evidence = MeasureExecution['evidence'][number];

/** How many measures have come how far. */
export interface Progress {
  readonly all: number;
  readonly done: number;
  readonly reported: number;
  readonly verified: number;
}

type Standing = Pick<MeasureExecution, 'status' | 'reported' | 'verification'>;

export function progressOf(measures: readonly Standing[]): Progress {
  const count = (test: (one: Standing) => boolean): number => measures.filter(test).length;
  return {
    all: measures.length,
    done: count((one) => one.status === 'DONE'),
    reported: count((one) => one.reported),
    verified: count((one) => one.verification === 'VERIFIED'),
  };
}

/** Files that count: the removed ones are kept on record, but are not evidence. */
export const standing = (files: readonly Evidence[]): Evidence[] => files.filter((file) => !file.removedAt);

/** 214 000 → "209 kB", as file managers count. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  if (kilo < 1024) return `${Math.round(kilo)} kB`;
  return `${(kilo / 1024).toFixed(1).replace('.', ',')} MB`;
}

/** The rung that comes next on the ladder, and those that would be skipped by taking `chosen` instead. */
export function rungsBetween<Rung extends { readonly id: string; readonly order: number }>(
  ladder: readonly Rung[],
  taken: readonly { readonly rung: { readonly order: number } }[],
  chosen: string | null,
): { readonly next: Rung | null; readonly skipped: readonly Rung[] } {
  const reached = Math.max(-1, ...taken.map((step) => step.rung.order));
  const left = ladder.filter((rung) => rung.order > reached).toSorted((a, b) => a.order - b.order);
  const target = left.find((rung) => rung.id === chosen);
  return { next: left[0] ?? null, skipped: target ? left.filter((rung) => rung.order < target.order) : [] };
}
