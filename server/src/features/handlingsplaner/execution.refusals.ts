import { isRealDate } from '@samsyn/schema';
import { Refused } from '../../platform/outcome.js';
import type { MeasureExecution } from './execution.rules.js';
import type { ExecutionStatus } from './plan.model.js';
import { fault, textTooLong } from './refusals.rules.js';

/** Why this can't be a report, or null. DONE takes a day that has come, and words of what was done. @param today `YYYY-MM-DD` */
export function reportRefusal(
  { status, doneOn, words }: { readonly status: ExecutionStatus; readonly doneOn: string | null; readonly words: string },
  today: string,
): Refused | null {
  const tooLong = textTooLong('words', words);
  if (tooLong || status !== 'DONE') return tooLong;
  if (doneOn === null || !isRealDate(doneOn)) return fault('doneOn', 'DONE_ON_MISSING', 'Ange dagen då åtgärden blev klar.');
  if (doneOn > today) return fault('doneOn', 'DONE_ON_FUTURE', 'Dagen har inte kommit än. Ange i dag eller en tidigare dag.');
  return words === '' ? fault('words', 'WORDS_MISSING', 'Skriv kort vad som är gjort.') : null;
}

/** What is handed in stands until it is refused. */
export const notOpenForReport = (): Refused =>
  new Refused(
    'MEASURE_NOT_OPEN',
    'Åtgärden är redan rapporterad och väntar på förvaltningen, eller är verifierad. Den kan inte rapporteras om nu.',
  );

/** The plan is reported when every measure is. */
export function reportsMissing(measures: readonly MeasureExecution[]): Refused {
  const faults = measures.map(({ measureId, number }) => ({
    path: `measures/${measureId}`,
    code: 'REPORTS_MISSING',
    message: `Åtgärd ${number} är inte rapporterad som klar.`,
  }));
  const count =
    faults.length === 1 ? 'En åtgärd är inte rapporterad som klar.' : `${faults.length} åtgärder är inte rapporterade som klara.`;
  return new Refused('REPORTS_MISSING', `Planen kan inte rapporteras än. ${count}`, faults);
}

/** There is nothing to verify of the measure now. */
export const alreadyVerified = (): Refused =>
  new Refused('NOTHING_TO_VERIFY', 'Åtgärden är redan verifierad, eller inte rapporterad än. Läs in sidan igen.');
