/** One replacement that turns one text into another; positions in UTF-16 units, as in inputs and in Yjs. */
export interface TextChange {
  index: number;
  remove: number;
  insert: string;
}

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/**
 * The smallest single replacement between two texts, or null when they are equal. Where several fit ("aa" → "aaa") the one that ends at
 * the caret is taken: that is where the person typed, and where somebody else's letters must not be counted in.
 */
export function textChange(before: string, after: string, caret = after.length): TextChange | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let suffix = 0;
  const longestSuffix = Math.min(shorter, after.length - Math.min(caret, after.length));
  while (suffix < longestSuffix && before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix))
    suffix += 1;
  let prefix = 0;
  while (prefix < shorter - suffix && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix += 1;
  // The caret may stand before a common end (delete forwards, paste): take what is left of it too.
  while (suffix < shorter - prefix && before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix))
    suffix += 1;
  // Never cut a character that takes two units.
  if (prefix > 0 && isHighSurrogate(before.charCodeAt(prefix - 1))) prefix -= 1;
  if (suffix > 0 && isLowSurrogate(before.charCodeAt(before.length - suffix))) suffix -= 1;
  return { index: prefix, remove: before.length - prefix - suffix, insert: after.slice(prefix, after.length - suffix) };
}

/** A step of a Yjs text event. */
export interface DeltaStep {
  retain?: number;
  delete?: number;
  insert?: unknown;
}

/** Where a caret stands after somebody else's change. Text put in exactly at the caret leaves it in front. */
export function movedBy(delta: readonly DeltaStep[], position: number): number {
  let at = 0;
  let moved = position;
  for (const step of delta) {
    if (at > moved || (at === moved && step.insert !== undefined)) break;
    if (step.retain !== undefined) at += step.retain;
    else if (typeof step.insert === 'string') {
      at += step.insert.length;
      moved += step.insert.length;
    } else if (step.delete !== undefined) moved -= Math.min(step.delete, moved - at);
  }
  return moved;
}
