import { type PartCode, parseFieldPath, type PlanContent } from '@samsyn/schema';
import { sentence } from '#lib/format.js';
import * as m from '#lib/paraglide/messages.js';
import { causeLetter } from './content.js';

const fieldWords: Readonly<Record<string, () => string>> = {
  text: m.desk_cause_text,
  what: m.desk_what,
  how: m.desk_how,
  followUpHow: m.desk_follow_up_how,
  responsible: m.desk_responsible,
  causeIds: m.desk_cause_ids,
  doneBy: m.desk_done_by,
  followUpBy: m.desk_follow_up_by,
};

const partWords: Readonly<Record<PartCode, () => string>> = {
  CAUSE_MISSING: m.part_cause_missing,
  MEASURE_MISSING: m.part_measure_missing,
  WHAT_MISSING: m.part_what_missing,
  HOW_MISSING: m.part_how_missing,
  CAUSE_LINK_MISSING: m.part_cause_link_missing,
  RESPONSIBLE_MISSING: m.part_responsible_missing,
  DONE_BY_MISSING: m.part_done_by_missing,
  DONE_BY_INVALID: m.part_done_by_invalid,
  FOLLOW_UP_HOW_MISSING: m.part_follow_up_how_missing,
  FOLLOW_UP_BY_MISSING: m.part_follow_up_by_missing,
  FOLLOW_UP_BY_INVALID: m.part_follow_up_by_invalid,
  FOLLOW_UP_BEFORE_DONE: m.part_follow_up_before_done,
};

/** "Så följs det upp": a field by itself. */
export const fieldWord = (path: string): string => fieldWords[path.split('/')[2] ?? '']?.() ?? path;

/** The fields of a cause or measure that hold words: dates and choices are talked about there. */
export const fieldsUnder = (root: string, id: string): string[] =>
  Object.keys(fieldWords)
    .filter((field) => (root === 'causes') === (field === 'text') && !/By$|Ids$/.test(field))
    .map((field) => `${root}/${id}/${field}`);

/** The DOM id of the control for a path; `measures/+` and `causes/+` are the add buttons. */
export const fieldId = (path: string): string => `falt-${path.replaceAll('/', '-').replace('+', 'ny')}`;

/** "orsak A", "åtgärd 2"; null for what is not in the plan. */
export function placeWord(content: PlanContent, root: string, id: string): string | null {
  const entries: readonly { id: string }[] = root === 'causes' ? content.causes : content.measures;
  const index = entries.findIndex((entry) => entry.id === id);
  if (index < 0) return null;
  return root === 'causes' ? m.desk_cause_place({ letter: causeLetter(index) }) : m.desk_measure_place({ number: index + 1 });
}

/** "Åtgärd 2, så följs det upp" */
export function fieldPlace(content: PlanContent, path: string): string {
  const [root = '', id = '', field = ''] = path.split('/');
  const place = sentence(placeWord(content, root, id) ?? (root === 'causes' ? m.desk_cause_gone() : m.desk_measure_gone()));
  const word = fieldWords[field];
  return word === undefined || root === 'causes' ? place : `${place}, ${word().toLowerCase()}`;
}

/** A missing part in words, and where it is. Unknown codes keep the server's own words. */
export function faultText(content: PlanContent, fault: { path: string; code: string; message: string }): string {
  const words: Readonly<Record<string, () => string>> = partWords;
  const text = Object.hasOwn(words, fault.code) ? (words[fault.code]?.() ?? fault.message) : fault.message;
  const at = parseFieldPath(fault.path);
  const place = at === null ? null : placeWord(content, at.root, at.id);
  return place === null ? sentence(text) : `${sentence(place)}: ${text}`;
}

/** A word that begins with a capital, in the middle of a sentence: "Spår HSL" → "spår HSL". */
export const inSentence = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Name, role and organisation; a name that is the role itself is not said twice. */
export const personWord = (person: { name: string; organisation: string }, role: string): string =>
  [person.name, ...(person.name === role ? [] : [inSentence(role)]), person.organisation].join(', ');
