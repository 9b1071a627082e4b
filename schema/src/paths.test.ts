import { describe, expect, it } from 'vitest';
import { addPath, allows, closed, deletePath, fieldPath, parseFieldPath } from './paths.js';

const ID = '00000000000000a1';
const OTHER = '00000000000000a2';

describe('allows', () => {
  it('lets the lone star write, add and delete everything', () => {
    for (const path of [addPath('measures'), deletePath('causes', ID), fieldPath('measures', ID, 'how')])
      expect(allows(['*'], path)).toBe(true);
  });

  it('lets a pattern write its own path and no other', () => {
    const writable = new Set([fieldPath('measures', ID, 'how')]);
    expect(allows(writable, fieldPath('measures', ID, 'how'))).toBe(true);
    expect(allows(writable, fieldPath('measures', ID, 'what'))).toBe(false);
    expect(allows(writable, fieldPath('measures', OTHER, 'how'))).toBe(false);
    expect(allows(writable, addPath('measures'))).toBe(false);
  });

  it('lets a star stand for an id or a field', () => {
    expect(allows([`measures/${ID}/*`], fieldPath('measures', ID, 'order'))).toBe(true);
    expect(allows(['measures/*/what'], fieldPath('measures', OTHER, 'what'))).toBe(true);
    expect(allows(['measures/*/*'], fieldPath('measures', OTHER, 'how'))).toBe(true);
    expect(allows(['measures/*/*'], fieldPath('causes', OTHER, 'text'))).toBe(false);
  });

  it('never reads adding or deleting into a star', () => {
    for (const pattern of [`measures/${ID}/*`, 'measures/*/*', 'measures/*']) {
      expect(allows([pattern], deletePath('measures', ID))).toBe(false);
      expect(allows([pattern], addPath('measures'))).toBe(false);
    }
    expect(allows(['measures/*/-'], deletePath('measures', ID))).toBe(true);
    expect(allows(['measures/+'], addPath('measures'))).toBe(true);
  });

  it('keeps closed what is closed, whatever opens it, and leaves what will be added open', () => {
    const writable = ['*', closed(`measures/${ID}/*`), closed(deletePath('measures', ID)), closed(fieldPath('causes', ID, 'text'))];
    for (const path of [fieldPath('measures', ID, 'how'), deletePath('measures', ID), fieldPath('causes', ID, 'text')])
      expect(allows(writable, path)).toBe(false);
    for (const path of [fieldPath('measures', OTHER, 'how'), deletePath('measures', OTHER), addPath('measures'), deletePath('causes', ID)])
      expect(allows(new Set(writable), path)).toBe(true);
    expect(allows([closed(`measures/${ID}/*`)], fieldPath('measures', OTHER, 'how'))).toBe(false);
    expect(allows(['*', closed(`measures/${ID}/*`)], deletePath('measures', ID))).toBe(true);
  });

  it('allows nothing by nothing, and nothing that is no path', () => {
    expect(allows([], fieldPath('measures', ID, 'how'))).toBe(false);
    expect(allows(['measures/*/*'], 'measures')).toBe(false);
  });
});

describe('parseFieldPath', () => {
  it('reads a path to a field', () => {
    expect(parseFieldPath(`measures/${ID}/how`)).toEqual({ root: 'measures', id: ID, field: 'how' });
  });

  it('refuses what is none', () => {
    for (const path of [
      '',
      'measures',
      `measures/${ID}`,
      `measures/${ID}/-`,
      `causes/${ID}/how`,
      `x/${ID}/how`,
      'measures/x/how',
      `measures/${ID}/how/x`,
      `measures/${ID}/constructor`,
    ])
      expect(parseFieldPath(path)).toBeNull();
  });
});
