/** Fractional order keys: strings over 0-9A-Za-z compared by code unit, so an entry is moved by one new key and nobody else's edit is lost. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
const FIRST = 'V';
/** Random digits at the end, so that two who add at the same place at once rarely get the same key. */
const JITTER_DIGITS = 2;

/**
 * A key strictly between two others, with a random tail.
 * @param before the key to come after; null: the beginning
 * @param after the key to come before; null: the end. When it isn't after `before` (two equal keys), it is ignored.
 */
export function orderBetween(before: string | null, after: string | null): string {
  return (before === null && after === null ? FIRST : middle(before ?? '', after)) + jitter();
}

function middle(before: string, after: string | null): string {
  const appending = after === null;
  let upper = after;
  let out = '';
  for (let i = 0; ; i++) {
    const low = Math.max(0, DIGITS.indexOf(before[i] ?? '0'));
    const high = upper !== null && i < upper.length ? DIGITS.indexOf(upper[i] as string) : BASE;
    if (high - low > 1) return out + DIGITS[appending ? low + 1 : (low + high) >> 1];
    out += DIGITS[low];
    // From here every continuation is below `after` (or there is no room below it, and we settle for "after before").
    if (high !== low) upper = null;
  }
}

function jitter(): string {
  const random = crypto.getRandomValues(new Uint8Array(JITTER_DIGITS));
  // The last digit is never 0: a key that ends in 0 has nothing right below it.
  return Array.from(random, (byte, i) => DIGITS[i === JITTER_DIGITS - 1 ? 1 + (byte % (BASE - 1)) : byte % BASE]).join('');
}

/** Orders entries by (order, id), by code units: the same on every machine. */
export function byOrder(a: { readonly order: string; readonly id: string }, b: { readonly order: string; readonly id: string }): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
