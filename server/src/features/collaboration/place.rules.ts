import { META_ROOT, ROOTS, fieldKind, fieldPath, type FieldKind, type Root } from '@samsyn/schema';
import * as Y from 'yjs';
import { GateNo } from './gate.model.js';

type AnyType = Y.AbstractType<unknown>;

/** One cause or measure: the item that holds it, and which fields were made with it, when the update at hand makes it. */
export interface Entry {
  readonly root: Root;
  readonly id: string;
  readonly item: Y.ID;
  /** Field → the item that holds it. null: the entry is in the document already. */
  readonly made: Map<string, Y.ID> | null;
}

/** Where a shared type stands in the document. One object for each type, so equal places are the same object. */
export type Place =
  | { readonly level: 'meta' }
  | { readonly level: 'root'; readonly root: Root }
  | { readonly level: 'entry'; readonly entry: Entry }
  | {
      readonly level: 'field';
      readonly entry: Entry;
      readonly field: string;
      readonly kind: FieldKind;
      /** The element's name; '' for the field's own type, TEXT for text in prose. */
      readonly element: string;
      readonly depth: number;
    };

export const TEXT = '#text';

const META: Place = { level: 'meta' };
const ROOT_PLACES = new Map<string, Place>([...ROOTS.map((root) => [root, { level: 'root', root }] as [string, Place]), [META_ROOT, META]]);

/** @throws GateNo CONTENT_NOT_ALLOWED for a root the document doesn't have */
export function rootPlace(name: string): Place {
  const place = ROOT_PLACES.get(name);
  if (!place) throw new GateNo('CONTENT_NOT_ALLOWED');
  return place;
}

/** A type never moves, so its place is found once. */
const known = new WeakMap<AnyType, Place>();

/** Where a type that is in the document stands. */
export function placeOfType(doc: Y.Doc, type: AnyType): Place {
  const found = known.get(type);
  if (found) return found;
  const item = type._item;
  const place =
    item === null
      ? rootPlace([...ROOT_PLACES.keys()].find((name) => doc.share.get(name) === type) ?? '')
      : placeWithin(placeOfType(doc, item.parent as AnyType), item.parentSub, type, item.id, null);
  known.set(type, place);
  return place;
}

/**
 * Where a type stands that is (or is about to be) put in a parent.
 * @param made see Entry; only looked at for a new entry
 * @throws GateNo CONTENT_NOT_ALLOWED when there is no such place
 */
export function placeWithin(parent: Place, sub: string | null, type: AnyType, item: Y.ID, made: Map<string, Y.ID> | null): Place {
  if (parent.level === 'root' && sub !== null) return { level: 'entry', entry: { root: parent.root, id: sub, item, made } };
  if (parent.level === 'entry' && sub !== null) {
    const kind = fieldKind(parent.entry.root, sub);
    if (kind) return { level: 'field', entry: parent.entry, field: sub, kind, element: '', depth: 0 };
  }
  if (parent.level === 'field' && sub === null) {
    return { ...parent, element: type instanceof Y.XmlElement ? type.nodeName : TEXT, depth: parent.depth + 1 };
  }
  throw new GateNo('CONTENT_NOT_ALLOWED');
}

/** The path of what stands at `sub` in a place; deeper than a field there are no paths. */
export function pathAt(place: Place, sub: string | null): string {
  if (place.level === 'meta') return `${META_ROOT}/${sub}`;
  if (place.level === 'root') return `${place.root}/${sub}`;
  if (place.level === 'entry') return fieldPath(place.entry.root, place.entry.id, sub ?? '');
  return fieldPath(place.entry.root, place.entry.id, place.field);
}
