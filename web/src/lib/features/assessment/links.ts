import type { Step } from '#lib/api/generated/graphql.js';

/** Where an area's plans at one step are listed: the target of "2 inlämnade". */
export function planRowsHref(year: number, areaKey: string | null, step: Step | null): string {
  const query = new URLSearchParams({ ar: String(year) });
  if (areaKey) query.set('avtalsomrade', areaKey);
  if (step) query.set('steg', step.toLowerCase());
  return `/planer?${query}`;
}

export const areaHref = (year: number, key: string): string => `/bedomning/${year}/${encodeURIComponent(key)}`;
