import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { movedBy, textChange } from './textDiff.js';

const apply = (text: string, change: ReturnType<typeof textChange>): string =>
  change === null ? text : text.slice(0, change.index) + change.insert + text.slice(change.index + change.remove);

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'å', '😀', ' '), maxLength: 20 });

describe('textChange', () => {
  it('turns the one text into the other, wherever the caret is', () => {
    fc.assert(
      fc.property(letters, letters, fc.nat(40), (before, after, caret) => {
        expect(apply(before, textChange(before, after, caret))).toBe(after);
      }),
    );
  });

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(letters, letters, fc.nat(40), (before, after, caret) => {
        const change = textChange(before, after, caret);
        if (change === null) return;
        for (const part of [before.slice(0, change.index), change.insert, before.slice(change.index + change.remove)])
          expect(part.isWellFormed()).toBe(true);
      }),
    );
  });

  it('finds typed text where it was typed, also between equal letters', () => {
    fc.assert(
      fc.property(letters, letters, fc.nat(20), (before, typed, place) => {
        fc.pre(typed.length > 0);
        const at = [...before].slice(0, place).join('').length;
        const after = before.slice(0, at) + typed + before.slice(at);
        expect(textChange(before, after, at + typed.length)).toEqual({ index: at, remove: 0, insert: typed });
      }),
    );
  });

  it('removes no more than was removed', () => {
    expect(textChange('aaa', 'aa', 1)).toEqual({ index: 1, remove: 1, insert: '' });
    expect(textChange('ab', 'ab')).toBeNull();
    expect(textChange('Rutin finns', 'Rutinen finns', 7)).toEqual({ index: 5, remove: 0, insert: 'en' });
  });

  it('merges what two people type in the same field at once', () => {
    fc.assert(
      fc.property(letters, letters, letters, fc.nat(20), fc.nat(20), (start, mine, theirs, here, there) => {
        const [a, b] = [new Y.Doc(), new Y.Doc()];
        a.getText('t').insert(0, start);
        Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
        const type = (doc: Y.Doc, typed: string, place: number): void => {
          const at = [...start].slice(0, place).join('').length;
          const change = textChange(start, start.slice(0, at) + typed + start.slice(at), at + typed.length);
          if (change !== null) doc.getText('t').insert(change.index, change.insert);
        };
        type(a, mine, here);
        type(b, theirs, there);
        Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
        Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
        const merged = a.getText('t').toJSON();
        expect(b.getText('t').toJSON()).toBe(merged);
        expect(merged).toHaveLength(start.length + mine.length + theirs.length);
        expect(merged).toContain(mine);
        expect(merged).toContain(theirs);
      }),
    );
  });
});

describe('movedBy', () => {
  it('keeps the caret before the same letter when others write', () => {
    expect(movedBy([{ insert: 'Ny ' }], 4)).toBe(7);
    expect(movedBy([{ retain: 6 }, { insert: 'x' }], 4)).toBe(4);
    expect(movedBy([{ retain: 4 }, { insert: 'x' }], 4)).toBe(4);
    expect(movedBy([{ retain: 1 }, { delete: 2 }], 4)).toBe(2);
    expect(movedBy([{ retain: 2 }, { delete: 9 }], 4)).toBe(2);
    expect(movedBy([{ delete: 2 }, { retain: 1 }, { insert: 'abc' }], 4)).toBe(5);
  });
});
