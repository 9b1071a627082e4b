import type { FormalAct } from './plan.model.js';

/** The acts that make a document in the huvudman's diary: a demand, what is handed in, what is decided. */
const DOCUMENTED: ReadonlySet<FormalAct> = new Set<FormalAct>([
  'REQUEST',
  'SUBMIT',
  'RETURN',
  'APPROVE',
  'WITHDRAW',
  'SET_DEADLINE',
  'REPORT_ALL',
  'VERIFY_ALL',
  'REFUSE_VERIFICATION',
  'FIND_NOT_REMEDIED',
  'DURABILITY_HELD',
  'DURABILITY_FAILED',
  'NEW_ROUND',
  'ESCALATE',
]);

/** Whether the act is registered. What the provider does with a private draft never is: the diary is public. */
export const isRegistered = (act: FormalAct): boolean => DOCUMENTED.has(act);

/** A matter's diarienummer: the huvudman's prefix, the year it began, its running number that year. */
export const diaryNumber = (prefix: string, year: string, number: number): string => `${prefix} ${year}/${number}`;

/** A document in the matter: 1 is the first. */
export const documentNumber = (matter: string, document: number): string => `${matter}-${document}`;
