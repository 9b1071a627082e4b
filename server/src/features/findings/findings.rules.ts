import type { RowChange } from '../contracts/index.js';
import type { FindingFacts } from './findings.model.js';

const COMPARED = [
  'contractAreaKey',
  'kind',
  'law',
  'focusArea',
  'krav',
  'observation',
  'planInSource',
  'planSource',
] as const satisfies readonly (keyof FindingFacts)[];

/**
 * What importing `facts` does to a finding that says `present`.
 * A file that doesn't say whose the finding is doesn't take it away from a provider that was named.
 */
export function factsChange(present: FindingFacts, facts: FindingFacts): RowChange {
  const sameProvider = facts.providerName === null || facts.providerName === present.providerName;
  return sameProvider && COMPARED.every((field) => present[field] === facts[field]) ? 'UNCHANGED' : 'UPDATED';
}

/** How many years in a row end with `year`, it included. A year without a finding ends the row. */
export function yearsInRow(year: number, years: readonly number[]): number {
  const stood = new Set(years);
  let count = 1;
  while (stood.has(year - count)) count++;
  return count;
}
