import {
  MAX_PROSE_DEPTH,
  PROSE_CHILDREN,
  PROSE_MARKS,
  isDateValue,
  isEntryId,
  isOrderValue,
  isProseAttribute,
  type FieldKind,
} from '@samsyn/schema';
import * as Y from 'yjs';
import { GateNo } from './gate.model.js';
import { TEXT, type Place } from './place.rules.js';

type FieldPlace = Extract<Place, { level: 'field' }>;
type Content = Y.Item['content'];

const TYPE_OF_KIND: Partial<Record<FieldKind, unknown>> = { text: Y.Text, prose: Y.XmlFragment, ids: Y.Map };

/** The shared type an item holds; null for anything else. */
export const typeIn = (content: Content): Y.AbstractType<unknown> | null => (content instanceof Y.ContentType ? content.type : null);

/** Says whether the content is the shared type that a field of this kind must be, and exactly that. */
export const isTypeOfKind = (content: Content, kind: FieldKind): boolean => typeIn(content)?.constructor === TYPE_OF_KIND[kind];

/** @throws GateNo CONTENT_NOT_ALLOWED unless it is one value that the field may hold, or one that was overwritten already */
export function checkValue(content: Content, kind: FieldKind): void {
  const allowed = kind === 'date' ? isDateValue : isOrderValue;
  if (!isDeleted(content) && !allowed(onlyValue(content))) throw new GateNo('CONTENT_NOT_ALLOWED');
}

/** @throws GateNo CONTENT_NOT_ALLOWED unless the content may stand at `sub` in (or, null, as a child of) that part of a field */
export function checkInField(place: FieldPlace, sub: string | null, content: Content): void {
  if (!mayStand(place, sub, content)) throw new GateNo('CONTENT_NOT_ALLOWED');
}

function mayStand(place: FieldPlace, sub: string | null, content: Content): boolean {
  if (place.kind === 'ids') return sub !== null && isEntryId(sub) && (isDeleted(content) || onlyValue(content) === true);
  if (sub !== null) {
    // An attribute. Its value may have been overwritten in the same update, its name is still the element's.
    const value = isDeleted(content) ? 1 : onlyValue(content);
    return place.kind === 'prose' && isProseAttribute(place.element, sub, value);
  }
  if (isDeleted(content)) return true;
  if (place.kind === 'text') return content instanceof Y.ContentString;
  if (place.element === TEXT) return content instanceof Y.ContentString || (content instanceof Y.ContentFormat && isMark(content));
  return isChild(place, typeIn(content));
}

function isChild(place: FieldPlace, type: Y.AbstractType<unknown> | null): boolean {
  if (type === null || place.depth >= MAX_PROSE_DEPTH) return false;
  if (type.constructor === Y.XmlText) return place.element === 'paragraph';
  return type.constructor === Y.XmlElement && (PROSE_CHILDREN[place.element]?.includes((type as Y.XmlElement).nodeName) ?? false);
}

/** A mark begins with `true` or `{}` (as editors write it) and ends with null. */
function isMark({ key, value }: Y.ContentFormat): boolean {
  const held: unknown = value;
  const empty = typeof held === 'object' && held !== null && !Array.isArray(held) && Object.keys(held).length === 0;
  return PROSE_MARKS.includes(key) && (held === null || held === true || empty);
}

const isDeleted = (content: Content): boolean => content instanceof Y.ContentDeleted;
const onlyValue = (content: Content): unknown => (content instanceof Y.ContentAny && content.arr.length === 1 ? content.arr[0] : undefined);
