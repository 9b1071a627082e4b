/**
 * What a plan must hold before it can be submitted (a handlingsplan names its measures, who is responsible, the timetable, and the
 * timetable of the follow-up), and which of those parts are done. The same code tells the writer, the server's submit and the lists.
 */
import { proseText, type Measure, type PlanContent, type Prose } from './content.js';
import { addPath, fieldPath } from './paths.js';

export type PartCode =
  | 'CAUSE_MISSING'
  | 'MEASURE_MISSING'
  | 'WHAT_MISSING'
  | 'HOW_MISSING'
  | 'CAUSE_LINK_MISSING'
  | 'RESPONSIBLE_MISSING'
  | 'DONE_BY_MISSING'
  | 'DONE_BY_INVALID'
  | 'FOLLOW_UP_HOW_MISSING'
  | 'FOLLOW_UP_BY_MISSING'
  | 'FOLLOW_UP_BY_INVALID'
  | 'FOLLOW_UP_BEFORE_DONE';

export type PlanPart = 'MEASURES' | 'RESPONSIBLE' | 'TIMETABLE' | 'FOLLOW_UP';
export const PLAN_PARTS: readonly PlanPart[] = ['MEASURES', 'RESPONSIBLE', 'TIMETABLE', 'FOLLOW_UP'];

/** One thing that is missing. `path` leads to the field (or `causes/+`, `measures/+`); `message` is Swedish, the web may have its own by `code`. */
export interface MissingPart {
  readonly path: string;
  readonly code: PartCode;
  readonly message: string;
}

const MESSAGES: Readonly<Record<PartCode, string>> = {
  CAUSE_MISSING: 'Beskriv minst en orsak till bristen.',
  MEASURE_MISSING: 'Lägg till minst en åtgärd.',
  WHAT_MISSING: 'Skriv vad som ska göras.',
  HOW_MISSING: 'Skriv hur det ska göras.',
  CAUSE_LINK_MISSING: 'Välj vilken orsak åtgärden möter.',
  RESPONSIBLE_MISSING: 'Skriv vem som är ansvarig.',
  DONE_BY_MISSING: 'Ange när åtgärden ska vara klar.',
  DONE_BY_INVALID: 'Klardatumet finns inte i kalendern.',
  FOLLOW_UP_HOW_MISSING: 'Skriv hur åtgärden ska följas upp.',
  FOLLOW_UP_BY_MISSING: 'Ange när åtgärden ska följas upp.',
  FOLLOW_UP_BY_INVALID: 'Uppföljningsdatumet finns inte i kalendern.',
  FOLLOW_UP_BEFORE_DONE: 'Uppföljningen kan inte vara före klardatumet.',
};

const PART_OF: Readonly<Record<PartCode, PlanPart>> = {
  CAUSE_MISSING: 'MEASURES',
  MEASURE_MISSING: 'MEASURES',
  WHAT_MISSING: 'MEASURES',
  HOW_MISSING: 'MEASURES',
  CAUSE_LINK_MISSING: 'MEASURES',
  RESPONSIBLE_MISSING: 'RESPONSIBLE',
  DONE_BY_MISSING: 'TIMETABLE',
  DONE_BY_INVALID: 'TIMETABLE',
  FOLLOW_UP_HOW_MISSING: 'FOLLOW_UP',
  FOLLOW_UP_BY_MISSING: 'FOLLOW_UP',
  FOLLOW_UP_BY_INVALID: 'FOLLOW_UP',
  FOLLOW_UP_BEFORE_DONE: 'FOLLOW_UP',
};

/** Everything that keeps the content from being submitted, in the order it stands on screen. Empty: it can be. */
export function missingParts(content: PlanContent): MissingPart[] {
  const written = new Set(content.causes.filter((cause) => !isBlank(cause.text)).map((cause) => cause.id));
  const causes = written.size === 0 ? [missing(addPath('causes'), 'CAUSE_MISSING')] : [];
  if (content.measures.length === 0) return [...causes, missing(addPath('measures'), 'MEASURE_MISSING')];
  const existing = new Set(content.causes.map((cause) => cause.id));
  return [...causes, ...content.measures.flatMap((measure) => missingInMeasure(measure, existing))];
}

/** The parts that are complete in every measure. None of them is while there is no measure. */
export function partsDone(content: PlanContent): PlanPart[] {
  if (content.measures.length === 0) return [];
  const undone = new Set(missingParts(content).map((part) => PART_OF[part.code]));
  return PLAN_PARTS.filter((part) => !undone.has(part));
}

function missingInMeasure(measure: Measure, causeIds: ReadonlySet<string>): MissingPart[] {
  const at = (field: keyof Measure, code: PartCode): MissingPart => missing(fieldPath('measures', measure.id, field), code);
  const faults: MissingPart[] = [];
  if (measure.what.trim() === '') faults.push(at('what', 'WHAT_MISSING'));
  if (isBlank(measure.how)) faults.push(at('how', 'HOW_MISSING'));
  if (!measure.causeIds.some((id) => causeIds.has(id))) faults.push(at('causeIds', 'CAUSE_LINK_MISSING'));
  if (measure.responsible.trim() === '') faults.push(at('responsible', 'RESPONSIBLE_MISSING'));
  if (measure.doneBy === null) faults.push(at('doneBy', 'DONE_BY_MISSING'));
  else if (!isRealDate(measure.doneBy)) faults.push(at('doneBy', 'DONE_BY_INVALID'));
  if (isBlank(measure.followUpHow)) faults.push(at('followUpHow', 'FOLLOW_UP_HOW_MISSING'));
  if (measure.followUpBy === null) faults.push(at('followUpBy', 'FOLLOW_UP_BY_MISSING'));
  else if (!isRealDate(measure.followUpBy)) faults.push(at('followUpBy', 'FOLLOW_UP_BY_INVALID'));
  else if (measure.doneBy !== null && isRealDate(measure.doneBy) && measure.followUpBy < measure.doneBy)
    faults.push(at('followUpBy', 'FOLLOW_UP_BEFORE_DONE'));
  return faults;
}

const missing = (path: string, code: PartCode): MissingPart => ({ path, code, message: MESSAGES[code] });
const isBlank = (prose: Prose): boolean => proseText(prose).trim() === '';

/** True for `YYYY-MM-DD` that names a day in the calendar. */
export function isRealDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === date;
}
