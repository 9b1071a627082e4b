import * as Y from 'yjs';

/** The field (or the whole cause or measure) an item belongs to: `measures/<id>/how`, `measures/<id>`. Null outside the plan's shape. */
function pathOf(item: Y.Item): string | null {
  const keys: string[] = [];
  for (let at: Y.Item | null = item; at !== null;) {
    if (at.parentSub !== null) keys.unshift(at.parentSub);
    const parent: unknown = at.parent;
    if (!(parent instanceof Y.AbstractType)) return null;
    if (parent._item === null) return [Y.findRootTypeKey(parent), ...keys].slice(0, 3).join('/');
    at = parent._item;
  }
  return null;
}

function itemsOf(doc: Y.Doc, client: number, clock: number, length: number): Y.Item[] {
  const structs = doc.store.clients.get(client) ?? [];
  return structs.filter(
    (struct): struct is Y.Item => struct instanceof Y.Item && struct.id.clock < clock + length && struct.id.clock + struct.length > clock,
  );
}

/**
 * Which fields these updates wrote in or deleted from, in the document that holds them. Swept-away content no longer tells where it
 * stood and is left out; whoever removed it has nothing to get back.
 */
export function touchedPaths(doc: Y.Doc, updates: readonly Uint8Array[]): string[] {
  const paths = new Set<string>();
  for (const update of updates) {
    const { structs, ds } = Y.decodeUpdate(update);
    const written = structs.flatMap((struct) => itemsOf(doc, struct.id.client, struct.id.clock, struct.length));
    const deleted = [...ds.clients].flatMap(([client, ranges]) => ranges.flatMap((range) => itemsOf(doc, client, range.clock, range.len)));
    for (const item of [...written, ...deleted]) {
      const path = pathOf(item);
      if (path !== null) paths.add(path);
    }
  }
  return [...paths].sort();
}
