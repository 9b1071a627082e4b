import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ORDER_CHARS } from './limits.js';
import { byOrder, orderBetween } from './order.js';
import { isOrderValue } from './shape.js';

describe('orderBetween', () => {
  it('gives a valid key strictly between its neighbours, wherever one inserts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 120 }), (places) => {
        const keys: string[] = [];
        for (const place of places) {
          const at = place % (keys.length + 1);
          keys.splice(at, 0, orderBetween(keys[at - 1] ?? null, keys[at] ?? null));
        }
        expect(keys.every(isOrderValue)).toBe(true);
        expect([...keys].sort()).toEqual(keys);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('stays short when one adds at the end for ever', () => {
    let last: string | null = null;
    for (let i = 0; i < 1_000; i++) last = orderBetween(last, null);
    expect((last as string).length).toBeLessThan(MAX_ORDER_CHARS / 2);
  });

  it('comes after the first when two neighbours have the same key', () => {
    expect(orderBetween('k', 'k') > 'k').toBe(true);
  });
});

describe('byOrder', () => {
  it('goes by id where keys are equal', () => {
    const sorted = [
      { order: 'k', id: 'b' },
      { order: 'k', id: 'a' },
      { order: 'B', id: 'z' },
    ].sort(byOrder);
    expect(sorted.map((entry) => entry.id)).toEqual(['z', 'a', 'b']);
  });
});
