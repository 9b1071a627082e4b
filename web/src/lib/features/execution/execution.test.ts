import { describe, expect, it } from 'vitest';
import { fileSize, progressOf, rungsBetween } from './execution.js';

describe('how far the measures have come', () => {
  it('counts done, reported and verified by themselves', () => {
    expect(
      progressOf([
        { status: 'DONE', reported: true, verification: 'VERIFIED' },
        { status: 'DONE', reported: true, verification: 'REFUSED' },
        { status: 'UNDER_WAY', reported: false, verification: null },
      ]),
    ).toEqual({ all: 3, done: 2, reported: 2, verified: 1 });
  });
});

describe('the size of a file', () => {
  it('is rounded as people read it', () => {
    expect([312, 219_136, 5_452_595].map(fileSize)).toEqual(['312 B', '214 kB', '5,2 MB']);
  });
});

describe('the ladder', () => {
  const ladder = [
    { id: 'c', order: 3 },
    { id: 'a', order: 1 },
    { id: 'b', order: 2 },
  ];
  it('goes on from the highest rung taken', () => {
    expect(rungsBetween(ladder, [], null).next?.id).toBe('a');
    expect(rungsBetween(ladder, [{ rung: { order: 2 } }], null).next?.id).toBe('c');
    expect(rungsBetween(ladder, [{ rung: { order: 3 } }], null).next).toBeNull();
  });
  it('knows what is skipped', () => {
    expect(rungsBetween(ladder, [], 'c').skipped.map((rung) => rung.id)).toEqual(['a', 'b']);
    expect(rungsBetween(ladder, [], 'a').skipped).toEqual([]);
  });
});
