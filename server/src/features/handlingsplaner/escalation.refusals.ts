import { Refused } from '../../platform/outcome.js';
import type { LadderRung } from '../contracts/index.js';
import { fault } from './refusals.rules.js';

/** Has it held? That can be seen first when some time has passed. @param due `YYYY-MM-DD` */
export const durabilityNotDue = (due: string): Refused => new Refused('DURABILITY_NOT_DUE', `Hållbarhetskontrollen görs tidigast ${due}.`);

export const rungUnknown = (): Refused => fault('rungId', 'RUNG_UNKNOWN', 'Steget finns inte i avtalets trappa.');

export const rungPassed = (): Refused => fault('rungId', 'RUNG_PASSED', 'Steget är redan taget, eller ligger under ett som är taget.');

/** Rungs are passed over without a word of why. */
export function rungSkipped(skipped: readonly LadderRung[]): Refused {
  const names = skipped.map(({ name }) => name.toLocaleLowerCase('sv')).join(', ');
  return fault('skippedGrounds', 'RUNG_SKIPPED', `Skriv varför det här hoppas över: ${names}.`);
}
