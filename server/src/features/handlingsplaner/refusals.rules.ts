import { PERSONAL_DATA_WORDS, type PlacedPersonalData } from '@samsyn/schema';
import { Refused, type Fault } from '../../platform/outcome.js';
import type { Role } from '../accounts/index.js';
import type { PersonalAct } from './acts.rules.js';
import type { PlanState, Track } from './plan.model.js';

/** Longest grounds for an act, and longest words of a report, in characters. */
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

const ACT_WORDS: Readonly<Record<PersonalAct, string>> = {
  OPEN: 'öppnas',
  SHARE: 'delas',
  SUBMIT: 'lämnas in',
  TAKE_BACK: 'tas tillbaka',
  BEGIN_REVIEW: 'börja granskas',
  JUDGE: 'bedömas',
  RETURN: 'återsändas',
  APPROVE: 'godkännas',
  WITHDRAW: 'återkallas',
  SET_DEADLINE: 'få ny tid',
  REPORT_MEASURE: 'rapporteras',
  REPORT_ALL: 'rapporteras',
  VERIFY_MEASURE: 'verifieras',
  VERIFY_ALL: 'verifieras',
  REFUSE_VERIFICATION: 'nekas verifiering',
  FIND_NOT_REMEDIED: 'förklaras kvarstående',
  DURABILITY_HELD: 'hållbarhetskontrolleras',
  DURABILITY_FAILED: 'hållbarhetskontrolleras',
  NEW_ROUND: 'få en ny omgång',
  ESCALATE: 'föras upp på trappan',
};

const REVIEWER = 'spårets granskare';
const FOLLOWER = 'avtalsansvarig, på spår HSL även MAS och MAR';
const DOER_WORDS: Readonly<Record<PersonalAct, string>> = {
  OPEN: 'verksamhetschefen hos utföraren',
  SHARE: 'verksamhetschefen hos utföraren',
  SUBMIT: 'verksamhetschefen hos utföraren',
  TAKE_BACK: 'verksamhetschefen hos utföraren',
  BEGIN_REVIEW: REVIEWER,
  JUDGE: REVIEWER,
  RETURN: REVIEWER,
  APPROVE: REVIEWER,
  WITHDRAW: 'avtalsansvarig',
  SET_DEADLINE: FOLLOWER,
  REPORT_MEASURE: 'utföraren',
  REPORT_ALL: 'verksamhetschefen hos utföraren',
  VERIFY_MEASURE: REVIEWER,
  VERIFY_ALL: REVIEWER,
  REFUSE_VERIFICATION: REVIEWER,
  FIND_NOT_REMEDIED: FOLLOWER,
  DURABILITY_HELD: FOLLOWER,
  DURABILITY_FAILED: FOLLOWER,
  NEW_ROUND: FOLLOWER,
  ESCALATE: 'den som trappan anger för steget',
};

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  VERKSAMHETSCHEF: 'verksamhetschef',
  ENHETSCHEF: 'enhetschef',
  MEDARBETARE: 'medarbetare',
  AVTALSANSVARIG: 'avtalsansvarig',
  UPPFOLJARE: 'uppföljare',
  MAS: 'MAS',
  MAR: 'MAR',
  SAS: 'SAS',
  KLG: 'kontorsledningsgruppen',
  DIREKTOR: 'direktören',
  ADMINISTRATOR: 'administratör',
  NAMND: 'nämnden',
};

/** The state, or something else about how the plan stands, doesn't allow the act (any more). */
export function wrongState(act: PersonalAct, state: PlanState): Refused {
  return new Refused(
    'WRONG_STATE',
    `Planen kan inte ${ACT_WORDS[act]} nu. Den är ${STATE_WORDS[state]}. Läs in sidan igen för att se vad som har hänt.`,
  );
}

/** The person sees the plan, but the act takes another role. @param roles those it takes, where they are not the same for all plans */
export function roleMissing(act: PersonalAct, roles?: readonly Role[]): Refused {
  const doer = roles ? roles.map((role) => ROLE_WORDS[role]).join(' eller ') : DOER_WORDS[act];
  return new Refused('ROLE_MISSING', `Det här görs av ${doer}.`);
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

/** The text may point somebody out (I10). Goes with a reason. @param found where, in the order of the text */
export function personalDataFound(found: readonly PlacedPersonalData[]): Refused {
  const faults = found.map(({ path, kind }) => ({ path, code: kind, message: PERSONAL_DATA_WORDS[kind] }));
  const places = faults.length === 1 ? 'Ett ställe' : `${faults.length} ställen`;
  const message = `${places} i planen ser ut att peka ut en person. Ta bort det, eller skriv varför det får stå kvar.`;
  return new Refused('PERSONAL_DATA', message, faults);
}

/** A refusal of one thing that was sent. */
export const fault = (path: string, code: string, message: string): Refused => new Refused(code, message, [{ path, code, message }]);

/** Why this text is too long, or null. */
export function textTooLong(path: string, text: string): Refused | null {
  const { length } = text.trim();
  if (length <= MAX_GROUNDS_CHARACTERS) return null;
  return fault(path, 'TEXT_TOO_LONG', `Texten är ${length} tecken. Den får vara högst ${MAX_GROUNDS_CHARACTERS}.`);
}

/** Why these grounds can't be taken, or null. Grounds that are only blanks are none. */
export function groundsRefusal(grounds: string | null, needed: boolean, path = 'grounds'): Refused | null {
  if ((grounds ?? '').trim() === '') return needed ? fault(path, 'GROUNDS_MISSING', 'Skriv en grund.') : null;
  return textTooLong(path, grounds ?? '');
}

/** Why these tracks can't be the demand's, or null: each is of a finding in the demand, and has at least one track. */
export function tracksRefusal(
  chosen: readonly { readonly findingId: string; readonly tracks: readonly Track[] }[],
  findingIds: readonly string[],
): Refused | null {
  const wrong = chosen.find(({ findingId, tracks }) => tracks.length === 0 || !findingIds.includes(findingId));
  return wrong ? fault(`tracks/${wrong.findingId}`, 'TRACKS_MISSING', 'Välj minst ett spår för varje brist i begäran.') : null;
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
