/**
 * Where in a plan's document something is, and who may write there.
 *
 * Paths: `causes/+` and `measures/+` add an entry, `causes/<id>/-` deletes one, `causes/<id>/<field>` is one field.
 * Patterns: the same, where `*` may stand for an id or a field, and `*` alone is everything. `+` and `-` are acts of their own: no
 * wildcard but the lone `*` includes them (`measures/<id>/*` writes every field of a measure and can't delete it).
 * A pattern after `!` closes what it names, whatever else opens it: what is locked can be listed, what will be added can't. The wildcards
 * in it are read the same way, so that locking a measure whole takes `!measures/<id>/*` and `!measures/<id>/-`.
 */
import { FIELDS, isEntryId, isRoot, type Root } from './shape.js';

/** A set, or a list as it comes over the wire. */
export type Writable = ReadonlySet<string> | readonly string[];

export const addPath = (root: Root): string => `${root}/+`;
export const deletePath = (root: Root, id: string): string => `${root}/${id}/-`;
export const fieldPath = (root: Root, id: string, field: string): string => `${root}/${id}/${field}`;

/** The pattern that closes what `pattern` names. */
export const closed = (pattern: string): string => `!${pattern}`;

/** Says whether the patterns in `writable` allow writing at `path`: some pattern opens it, and none closes it. */
export function allows(writable: Writable, path: string): boolean {
  const has = (pattern: string): boolean =>
    Array.isArray(writable) ? writable.includes(pattern) : (writable as ReadonlySet<string>).has(pattern);
  return named(has, path) && !named((pattern) => has(closed(pattern)), path);
}

/** Says whether one of the patterns that `has` knows names the path. */
function named(has: (pattern: string) => boolean, path: string): boolean {
  if (has('*') || has(path)) return true;
  const [root, id, field] = path.split('/');
  if (root === undefined || id === undefined || field === undefined) return false;
  if (has(`${root}/*/${field}`)) return true;
  return field !== '-' && (has(`${root}/${id}/*`) || has(`${root}/*/*`));
}

/** The parts of a path to a field; null when it isn't one. */
export function parseFieldPath(path: string): { root: Root; id: string; field: string } | null {
  const [root, id, field, ...rest] = path.split('/');
  if (root === undefined || id === undefined || field === undefined || rest.length > 0) return null;
  return isRoot(root) && isEntryId(id) && Object.hasOwn(FIELDS[root], field) ? { root, id, field } : null;
}
