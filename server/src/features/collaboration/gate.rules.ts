import {
  MAX_ENTRIES,
  FIELDS,
  addPath,
  allows,
  deletePath,
  isEntryId,
  isSharedType,
  fieldKind,
  rootMap,
  type Root,
  type Writable,
} from '@samsyn/schema';
import * as Y from 'yjs';
import { checkInField, checkValue, isTypeOfKind, typeIn } from './content.rules.js';
import { deletes } from './decode.rules.js';
import { GateNo, type Admitted, type Decoded, type DeleteRange, type RemovedText } from './gate.model.js';
import { pathAt, placeOfType, placeWithin, rootPlace, type Entry, type Place } from './place.rules.js';

type AnyType = Y.AbstractType<unknown>;

/** Where an item goes: in the type at `place`, under the key `sub` or (null) in its list. */
interface Spot {
  readonly place: Place;
  readonly sub: string | null;
}

/**
 * The half of the gate that needs the document. A keystroke's bytes name no field: what an update touches is found by following its
 * origins, parents and delete ranges into the document as it stands, and into the update itself. Changes nothing.
 * @param doc the document, gc on, exactly at the state the update will be applied to
 * @throws GateNo naming the first thing that may not be
 */
export function gate(doc: Y.Doc, decoded: Decoded, writable: Writable): Admitted {
  return new Passage(doc, decoded).admit(writable);
}

class Passage {
  private readonly paths = new Set<string>();
  private readonly spots: Spot[] = [];
  /** Places of the shared types this update makes, by index of the struct. */
  private readonly places: (Place | null)[] = [];
  private readonly entries: Entry[] = [];
  private readonly removed: RemovedText[] = [];

  constructor(
    private readonly doc: Y.Doc,
    private readonly update: Decoded,
  ) {}

  admit(writable: Writable): Admitted {
    if (this.update.structs.length > 0) this.checkClock();
    for (const struct of this.update.structs) this.insert(struct);
    for (const ranges of this.update.deletes.values()) for (const range of ranges) this.remove(range);
    for (const entry of this.entries) this.checkWhole(entry);
    for (const path of this.paths) if (!allows(writable, path)) throw new GateNo('PATH_NOT_WRITABLE', path);
    return { paths: this.paths, expected: this.spots.map(({ place, sub }) => pathAt(place, sub)), removed: this.removed };
  }

  private checkClock(): void {
    const next = Y.getState(this.doc.store, this.update.lease);
    if (this.update.clock > next) throw new GateNo('CLOCK_GAP');
    if (this.update.clock < next) throw new GateNo('OUT_OF_ORDER');
  }

  private insert(struct: Y.Item): void {
    const spot = this.spotOf(struct);
    this.spots.push(spot);
    const { place, sub } = spot;
    const { content } = struct;
    if (place.level === 'meta') throw new GateNo('PATH_NOT_WRITABLE', pathAt(place, sub));
    if (place.level === 'root') this.addEntry(place.root, sub, struct);
    else if (place.level === 'entry') this.setField(place.entry, sub, struct);
    else {
      checkInField(place, sub, content);
      this.touch(place.entry, place.field);
    }
    const type = typeIn(content);
    this.places.push(type === null ? null : this.newPlace(spot, type, struct.id));
  }

  private newPlace({ place, sub }: Spot, type: AnyType, id: Y.ID): Place {
    const made = placeWithin(place, sub, type, id, place.level === 'root' ? new Map() : null);
    if (made.level === 'entry') this.entries.push(made.entry);
    return made;
  }

  private addEntry(root: Root, id: string | null, struct: Y.Item): void {
    if (id === null || !isEntryId(id) || typeIn(struct.content)?.constructor !== Y.Map) throw new GateNo('CONTENT_NOT_ALLOWED');
    // An entry is never replaced: that would delete it without saying so. It may come back once deleted, as undo does.
    const map = rootMap(this.doc, root);
    const current = map._map.get(id);
    const stays = current && !current.deleted && !deletes(this.update, current.id);
    const twice = this.entries.some((entry) => entry.root === root && entry.id === id && !deletes(this.update, entry.item));
    if (stays || twice) throw new GateNo('CONTENT_NOT_ALLOWED', `${root}/${id}`);
    if (map.size + this.entries.length >= MAX_ENTRIES) throw new GateNo('DOCUMENT_FULL', addPath(root));
    this.paths.add(addPath(root));
  }

  private setField(entry: Entry, field: string | null, struct: Y.Item): void {
    const kind = field === null ? undefined : fieldKind(entry.root, field);
    if (field === null || kind === undefined) throw new GateNo('CONTENT_NOT_ALLOWED');
    if (isSharedType(kind)) {
      // Made with its entry, once. Replacing it would throw away what others are writing in it.
      if (!entry.made || entry.made.has(field) || !isTypeOfKind(struct.content, kind))
        throw new GateNo('CONTENT_NOT_ALLOWED', pathOf(entry, field));
    } else checkValue(struct.content, kind);
    if (!(struct.content instanceof Y.ContentDeleted)) entry.made?.set(field, struct.id);
    this.touch(entry, field);
  }

  /** Notes a write in a field. In an entry that this same update makes, it is part of making it. */
  private touch(entry: Entry, field: string): void {
    if (!entry.made) this.paths.add(pathOf(entry, field));
  }

  /** A new entry is whole, or is gone again at the end of the update: nobody's editor meets half of one. */
  private checkWhole(entry: Entry): void {
    if (deletes(this.update, entry.item)) return;
    for (const field of Object.keys(FIELDS[entry.root])) {
      const kind = fieldKind(entry.root, field);
      const needed = kind !== undefined && (isSharedType(kind) || kind === 'order');
      const id = entry.made?.get(field);
      if (needed && (!id || deletes(this.update, id))) throw new GateNo('CONTENT_NOT_ALLOWED', pathOf(entry, field));
    }
  }

  private remove({ client, clock, len }: DeleteRange): void {
    const end = clock + len;
    const mine = client === this.update.lease && this.update.structs.length > 0;
    const stored = Y.getState(this.doc.store, client);
    // Deleting what isn't there would wait for it, and then hit whatever comes.
    if (end > (mine ? this.update.clock + this.update.clocks : stored)) throw new GateNo('PENDING');
    const structs = this.doc.store.clients.get(client);
    if (!structs || clock >= stored) return;
    for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
      const struct = structs[i] as Y.Item | Y.GC;
      if (struct.id.clock >= end) return;
      if (struct instanceof Y.Item && !struct.deleted) this.removeItem(struct, Math.max(clock, struct.id.clock), end);
    }
  }

  private removeItem(item: Y.Item, from: number, end: number): void {
    const place = placeOfType(this.doc, item.parent as AnyType);
    if (place.level === 'meta') throw new GateNo('PATH_NOT_WRITABLE', pathAt(place, item.parentSub));
    if (place.level === 'root') this.paths.add(deletePath(place.root, item.parentSub ?? ''));
    // Deleting an entry is one act and takes its fields along.
    else if (!deletes(this.update, place.entry.item)) {
      if (place.level === 'entry' && typeIn(item.content) !== null) throw new GateNo('CONTENT_NOT_ALLOWED', pathAt(place, item.parentSub));
      this.paths.add(pathAt(place, item.parentSub));
    }
    if (item.content instanceof Y.ContentString) {
      const offset = from - item.id.clock;
      this.removed.push({ client: item.id.client, clock: from, text: item.content.str.slice(offset, end - item.id.clock), item });
    }
  }

  /** Finds where an item goes, as Yjs will: by explicit parent, else as its left neighbour, else as its right one. */
  private spotOf(struct: Y.Item): Spot {
    if (struct.origin === null && struct.rightOrigin === null) {
      const parent = struct.parent as unknown;
      const place = typeof parent === 'string' ? rootPlace(parent) : this.placeAt(parent as Y.ID, struct.id.clock);
      return { place, sub: struct.parentSub };
    }
    const left = struct.origin && this.spotAt(struct.origin, struct.id.clock);
    const right = struct.rightOrigin && this.spotAt(struct.rightOrigin, struct.id.clock);
    // Neighbours in two different lists never come from an editor: such an item would be in one list and point into the other.
    if (left && right && (left.place !== right.place || left.sub !== right.sub)) throw new GateNo('MALFORMED');
    return (left ?? right) as Spot;
  }

  private spotAt(id: Y.ID, before: number): Spot {
    const own = this.ownIndex(id, before);
    if (own !== null) return this.spots[own] as Spot;
    const item = this.storedItem(id);
    return { place: placeOfType(this.doc, item.parent as AnyType), sub: item.parentSub };
  }

  private placeAt(id: Y.ID, before: number): Place {
    const own = this.ownIndex(id, before);
    const place = own === null ? this.storedPlace(id) : this.places[own];
    if (!place) throw new GateNo('MALFORMED');
    return place;
  }

  private storedPlace(id: Y.ID): Place | null {
    const { content } = this.storedItem(id);
    if (content instanceof Y.ContentDeleted) throw new GateNo('TARGET_GONE');
    const type = typeIn(content);
    return type && placeOfType(this.doc, type);
  }

  private storedItem({ client, clock }: Y.ID): Y.Item {
    const structs = this.doc.store.clients.get(client);
    if (!structs || clock >= Y.getState(this.doc.store, client)) throw new GateNo('PENDING');
    const struct = structs[Y.findIndexSS(structs, clock)];
    // What stood there was deleted together with what held it: there is no telling any more whose field it was in.
    if (!(struct instanceof Y.Item)) throw new GateNo('TARGET_GONE');
    return struct;
  }

  /** Index of the update's own struct with this id; null when the id is older than the update. */
  private ownIndex({ client, clock }: Y.ID, before: number): number | null {
    if (client !== this.update.lease || clock < this.update.clock) return null;
    if (clock >= before) throw new GateNo('PENDING');
    let [low, high] = [0, this.spots.length - 1];
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if ((this.update.structs[mid] as Y.Item).id.clock <= clock) low = mid;
      else high = mid - 1;
    }
    return low;
  }
}

const pathOf = (entry: Entry, field: string): string => `${entry.root}/${entry.id}/${field}`;
