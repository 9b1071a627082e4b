import { describe, expect, it } from 'vitest';
import { claimedKind, cleanFileName } from './fileName.rules.js';

describe('a file’s name', () => {
  it.each([
    ['Rutin åäö.pdf', 'Rutin åäö.pdf'],
    ['C:\\Dokument\\rutin.pdf', 'rutin.pdf'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['a\u0000b\n\tc.txt', 'abc.txt'],
    ['\u202Efdp.exe', 'fdp.exe'],
    ['...gömd.txt', 'gömd.txt'],
    ['A\u030A.txt', 'Å.txt'],
    ['x\uD800y.txt', 'xy.txt'],
  ])('%j is kept as %j', (given, kept) => expect(cleanFileName(given)).toBe(kept));

  it('must be something', () => {
    expect(cleanFileName('')).toBeNull();
    expect(cleanFileName('../')).toBeNull();
    expect(cleanFileName('\u200B')).toBeNull();
  });

  it('keeps its extension when it is cut', () => {
    const name = cleanFileName(`${'å'.repeat(400)}.docx`);
    expect(name).toHaveLength(200);
    expect(name?.endsWith('å.docx')).toBe(true);
  });

  it('claims a kind by its extension', () => {
    expect(['a.PDF', 'b.jpeg', 'c.tar.csv', 'd.docm', 'pdf', 'e.constructor'].map(claimedKind)).toEqual([
      'pdf',
      'jpg',
      'csv',
      null,
      null,
      null,
    ]);
  });
});
