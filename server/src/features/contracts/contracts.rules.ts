import type { ContractAreaFacts, ContractAreaRef, ContractRef, Huvudman, NewHuvudman, RowChange } from './contracts.model.js';
import { USUAL_LADDERS } from './ladder.rules.js';

const LONGEST_SHORT_NAME = 150;
/** What follows these in an area's name tells more about it, but isn't needed to recognise it. */
const TAIL = / – | \(|, | inklusive /;

/** The part of an area's name people say: "Kundvalet – hemtjänst, …" is "Kundvalet". */
export function shortAreaName(name: string): string {
  return (name.split(TAIL)[0] ?? name).trim().slice(0, LONGEST_SHORT_NAME);
}

/** A provider's name when the source gives none: neutral, so that no real company is pointed at. */
export const neutralProviderName = (areaName: string, number: number): string => `${shortAreaName(areaName)}, utförare ${number}`;

/** One text per area and year, for lookups. */
export const refKey = (ref: ContractAreaRef): string => `${ref.id}:${ref.year}`;

/** One text per contract, for lookups. */
export const contractKey = ({ contractAreaId, providerId }: ContractRef): string => `${contractAreaId}:${providerId}`;

/** True when two statements about an area say the same, field by field. */
function sameFacts(a: ContractAreaFacts, b: ContractAreaFacts): boolean {
  return (
    a.name === b.name &&
    a.serviceArea === b.serviceArea &&
    a.serviceAreaSource === b.serviceAreaSource &&
    a.category === b.category &&
    a.providerCount === b.providerCount &&
    a.unitCount === b.unitCount &&
    sameList(a.laws, b.laws) &&
    sameList(a.contractForms, b.contractForms)
  );
}

/** What importing `facts` does to a row that says `present` (undefined: there is none). */
export function factsChange(present: ContractAreaFacts | undefined, facts: ContractAreaFacts): RowChange {
  if (!present) return 'CREATED';
  return sameFacts(present, facts) ? 'UNCHANGED' : 'UPDATED';
}

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((text, i) => text === b[i]);

/** With the local rules most huvudmän have: handlingsplan, met when verified, looked at again after six months. */
export function newHuvudman(huvudman: NewHuvudman): Omit<Huvudman, 'id'> {
  const diaryPrefix = huvudman.shortName.toUpperCase().slice(0, 20);
  return {
    ...{ planWord: 'handlingsplan', metStep: 'VERIFIED', boardName: 'nämnden', diaryPrefix },
    ...{ durabilityMonths: 6, reviewReminderDays: 14, ladders: USUAL_LADDERS },
    ...huvudman,
  };
}
