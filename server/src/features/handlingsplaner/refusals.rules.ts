import { Refused, type Fault } from '../../platform/outcome.js';
import type { PlanState } from './plan.model.js';
import type { FormalPlanAct } from './acts.rules.js';

/** Longest grounds for a demand, a return or a withdrawal, in characters. */
const MAX_GROUNDS_CHARACTERS = 10_000;
/** Most findings in one demand. */
const MAX_FINDINGS_PER_DEMAND = 100;

const STATE_WORDS: Readonly<Record<PlanState, string>> = {
  REQUESTED: 'begärd',
  DRAFT: 'ett utkast',
  SUBMITTED: 'inlämnad',
  RETURNED: 'återsänd',
  APPROVED: 'godkänd',
  REPORTED: 'rapporterad',
  VERIFIED: 'verifierad',
  NOT_REMEDIED: 'kvarstående brist',
  CLOSED: 'avslutad',
  WITHDRAWN: 'återkallad',
};

const ACT_WORDS: Readonly<Record<FormalPlanAct, string>> = {
  OPEN: 'öppnas',
  SHARE: 'delas',
  SUBMIT: 'lämnas in',
  TAKE_BACK: 'tas tillbaka',
  BEGIN_REVIEW: 'börja granskas',
  RETURN: 'återsändas',
  APPROVE: 'godkännas',
  WITHDRAW: 'återkallas',
  SET_DEADLINE: 'få ny tid',
};

const DOER_WORDS: Readonly<Record<FormalPlanAct, string>> = {
  OPEN: 'verksamhetschefen hos utföraren',
  SHARE: 'verksamhetschefen hos utföraren',
  SUBMIT: 'verksamhetschefen hos utföraren',
  TAKE_BACK: 'verksamhetschefen hos utföraren',
  BEGIN_REVIEW: 'spårets granskare',
  RETURN: 'spårets granskare',
  APPROVE: 'spårets granskare',
  WITHDRAW: 'avtalsansvarig',
  SET_DEADLINE: 'avtalsansvarig, på spår HSL även MAS och MAR',
};

/** The state, or something else about how the plan stands, doesn't allow the act (any more). */
export function wrongState(act: FormalPlanAct, state: PlanState): Refused {
  return new Refused(
    'WRONG_STATE',
    `Planen kan inte ${ACT_WORDS[act]} nu. Den är ${STATE_WORDS[state]}. Läs in sidan igen för att se vad som har hänt.`,
  );
}

/** The person sees the plan, but the act takes another role. */
export function roleMissing(act: FormalPlanAct): Refused {
  return new Refused('ROLE_MISSING', `Det här görs av ${DOER_WORDS[act]}.`);
}

/** What was on the person's screen is not what the plan holds. */
export const contentChanged = (): Refused =>
  new Refused('CONTENT_CHANGED', 'Planen har ändrats sedan du läste den. Läs det som är nytt och försök igen.');

/** The plan lacks parts it must hold. @param faults one for each, with the path to mend */
export const partsMissing = (faults: readonly Fault[]): Refused =>
  new Refused(
    'PARTS_MISSING',
    `Planen kan inte lämnas in än. ${faults.length === 1 ? 'En sak saknas' : `${faults.length} saker saknas`}.`,
    faults,
  );

const fault = (path: string, code: string, message: string): Refused => new Refused(code, message, [{ path, code, message }]);

/** Why these grounds can't be taken, or null. Grounds that are only blanks are none. */
export function groundsRefusal(grounds: string | null, needed: boolean): Refused | null {
  const length = grounds?.trim().length ?? 0;
  if (length === 0) return needed ? fault('grounds', 'GROUNDS_MISSING', 'Skriv en grund.') : null;
  if (length <= MAX_GROUNDS_CHARACTERS) return null;
  return fault('grounds', 'TEXT_TOO_LONG', `Grunden är ${length} tecken. Den får vara högst ${MAX_GROUNDS_CHARACTERS}.`);
}

/** Why this deadline can't be set today, or null. Both `YYYY-MM-DD`. */
export function deadlineRefusal(deadline: string, today: string): Refused | null {
  return deadline < today ? fault('deadline', 'DEADLINE_PAST', 'Tiden har redan gått. Ange i dag eller en senare dag.') : null;
}

/** A demand takes 1 to MAX_FINDINGS_PER_DEMAND findings; why these can't be one, or null. */
export function findingCountRefusal(count: number): Refused | null {
  if (count === 0) return fault('findingIds', 'FINDINGS_MISSING', 'Välj minst en brist.');
  if (count <= MAX_FINDINGS_PER_DEMAND) return null;
  return fault('findingIds', 'TOO_MANY_FINDINGS', `En begäran kan gälla högst ${MAX_FINDINGS_PER_DEMAND} brister.`);
}

/** A demand is to one provider, in one contract area, for one year. */
export const findingsNotTogether = (): Refused =>
  fault(
    'findingIds',
    'FINDINGS_NOT_TOGETHER',
    'En begäran gäller en utförare, ett avtalsområde och ett år. Välj bara brister som hör ihop.',
  );

/** Some findings already have a living plan. */
export function findingsHavePlans(findingIds: readonly string[]): Refused {
  const message = 'Bristen har redan en plan.';
  const faults = findingIds.map((id) => ({ path: `findingIds/${id}`, code: 'FINDING_HAS_PLAN', message }));
  return new Refused('FINDING_HAS_PLAN', message, faults);
}
