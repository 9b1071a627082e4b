import { describe, expect, it } from 'vitest';
import { breakAt, canonicalJson, CHAIN_START, entryHash, hashOf, type AuditHeader, type StoredEntry } from './audit.rules.js';

const actor = { userId: 'u1', name: 'Ada Exempel', role: 'MAS', organisation: 'Norra', side: 'ADMINISTRATION' } as const;

function entry(changes: Partial<AuditHeader> = {}, details = '{"a":1}'): StoredEntry {
  const header: AuditHeader = {
    ...{ v: 1, ownerId: 'h1', seq: 1, at: '2026-03-02T08:00:00.000Z', actor, act: 'plan.submit', subjectType: 'plan', subjectId: 'p1' },
    ...{ summary: 'Handlingsplan inlämnad', detailsHash: hashOf(details), previousHash: CHAIN_START },
    ...changes,
  };
  return { ...header, details, hash: entryHash(header) };
}
const start = { seq: 0, hash: CHAIN_START };

describe('I11: an entry’s hash', () => {
  it('is SHA-256 over the canonical JSON of the header: names sorted, no spaces, UTF-8', () => {
    const canonical =
      '{"act":"plan.submit","actor":{"name":"Ada Exempel","organisation":"Norra","role":"MAS","side":"ADMINISTRATION","userId":"u1"},' +
      `"at":"2026-03-02T08:00:00.000Z","detailsHash":"${hashOf('{"a":1}')}","ownerId":"h1","previousHash":"${'0'.repeat(64)}",` +
      '"seq":1,"subjectId":"p1","subjectType":"plan","summary":"Handlingsplan inlämnad","v":1}';
    expect(entry().hash).toBe(hashOf(canonical));
    expect(hashOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it.each<Partial<AuditHeader>>([
    { ownerId: 'h2' },
    { at: '2026-03-02T08:00:00.001Z' },
    { actor: { ...actor, name: 'Någon Annan' } },
    { actor: { ...actor, userId: 'u2' } },
    { actor: { ...actor, role: 'MAR' } },
    { act: 'plan.share' },
    { subjectType: 'demand' },
    { subjectId: 'p2' },
    { summary: 'Något annat' },
    { detailsHash: hashOf('{}') },
  ])('covers %j', (changed) => {
    expect(breakAt(entry(), start)).toBeNull();
    expect(breakAt({ ...entry(), ...changed }, start)).toEqual({ seq: 1, code: 'ENTRY_CHANGED' });
    expect(entry(changed).hash).not.toBe(entry().hash);
  });

  it('finds entries out of order, unchained, and with other details; and holds when details were erased', () => {
    expect(breakAt(entry({ seq: 3 }), { seq: 1, hash: 'x' })).toEqual({ seq: 2, code: 'ENTRY_MISSING' });
    expect(breakAt(entry({ seq: 2 }), { seq: 1, hash: 'another' })).toEqual({ seq: 2, code: 'PREVIOUS_HASH' });
    expect(breakAt({ ...entry(), details: '{"a":2}' }, start)).toEqual({ seq: 1, code: 'DETAILS_CHANGED' });
    expect(breakAt({ ...entry(), details: null }, start)).toBeNull();
  });

  it('is the same however the details were written', () => {
    expect(canonicalJson({ b: 1, a: 'å' })).toBe(canonicalJson({ a: 'å', b: 1 }));
  });
});
