import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff } from './wordDiff.js';

const texts = fc
  .array(fc.constantFrom('tio', 'några', 'synpunkter', 'per', 'enhet', ' ', '\n', 'å'), { maxLength: 12 })
  .map((words) => words.join(''));

const side = (parts: ReturnType<typeof wordDiff>, without: string): string =>
  parts
    .filter((part) => part.kind !== without)
    .map((part) => part.text)
    .join('');

describe('wordDiff', () => {
  it('holds both texts whole', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const parts = wordDiff(before, after);
        expect(side(parts, 'added')).toBe(before);
        expect(side(parts, 'removed')).toBe(after);
      }),
    );
  });

  it('says only the word that was changed', () => {
    expect(wordDiff('på några synpunkter', 'på tio synpunkter')).toEqual([
      { kind: 'same', text: 'på ' },
      { kind: 'removed', text: 'några' },
      { kind: 'added', text: 'tio' },
      { kind: 'same', text: ' synpunkter' },
    ]);
  });

  it('calls nothing changed when nothing is', () => {
    expect(wordDiff('en två', 'en två')).toEqual([{ kind: 'same', text: 'en två' }]);
    expect(wordDiff('', '')).toEqual([]);
  });
});
