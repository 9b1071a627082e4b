import type { Step } from '#lib/api/generated/graphql.js';

/**
 * Where plans at one step are listed: the target of "2 inlämnade".
 * @param mayList who reads the assessment but not the plans is led to the areas that have them instead
 */
export function planRowsHref(year: number, areaKey: string | null, step: Step | null, mayList: boolean): string {
  if (!mayList) return areaKey ? areaHref(year, areaKey) : '?visa=plan#avtalsomraden';
  const query = new URLSearchParams({ ar: String(year) });
  if (areaKey) query.set('avtalsomrade', areaKey);
  if (step) query.set('steg', step.toLowerCase());
  return `/planer?${query}`;
}

export const areaHref = (year: number, key: string): string => `/bedomning/${year}/${encodeURIComponent(key)}`;
