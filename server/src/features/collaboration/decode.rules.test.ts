import { MAX_UPDATE_BYTES, addMeasure } from '@samsyn/schema';
import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { decodeClientUpdate, deletes } from './decode.rules.js';
import { GateNo } from './gate.model.js';
import { Editor } from './testing/editor.js';

const LEASE = 700;
const codeOf = (bytes: Uint8Array, lease = LEASE): string => {
  try {
    decodeClientUpdate(bytes, lease);
    return 'ok';
  } catch (error) {
    if (error instanceof GateNo) return error.code;
    throw error;
  }
};
const bytes = (...numbers: number[]): Uint8Array => {
  const encoder = encoding.createEncoder();
  for (const number of numbers) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
};
const honest = (): Uint8Array => new Editor(LEASE).made((doc) => addMeasure(doc, { what: 'Ny rutin' }));

describe('decoding', () => {
  it('reads an honest update and knows its range', () => {
    const decoded = decodeClientUpdate(honest(), LEASE);
    expect(decoded.clock).toBe(0);
    expect(decoded.structs.reduce((sum, struct) => sum + struct.length, 0)).toBe(decoded.clocks);
  });

  it('refuses what is too large before it reads it', () => {
    expect(codeOf(new Uint8Array(MAX_UPDATE_BYTES + 1))).toBe('TOO_LARGE');
  });

  it('refuses garbage, truncation, trailing bytes and nothing at all', () => {
    const good = honest();
    expect(codeOf(new Uint8Array())).toBe('MALFORMED');
    expect(codeOf(bytes(0, 0))).toBe('MALFORMED');
    expect(codeOf(good.subarray(0, good.length - 3))).toBe('MALFORMED');
    expect(codeOf(new Uint8Array([...good, 0]))).toBe('MALFORMED');
    expect(codeOf(new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]))).toBe('MALFORMED');
  });

  it('refuses GC, Skip and empty structs (danger 2: a GC of huge length would swallow what its client types next)', () => {
    expect(codeOf(bytes(1, 1, LEASE, 0, 0, 5_000_000, 0))).toBe('MALFORMED');
    expect(codeOf(bytes(1, 1, LEASE, 0, 10, 50, 0))).toBe('MALFORMED');
    const empty = encoding.createEncoder();
    for (const number of [1, 1, LEASE, 0, 4, 1]) encoding.writeVarUint(empty, number);
    encoding.writeVarString(empty, 'causes');
    encoding.writeVarString(empty, '');
    encoding.writeVarUint(empty, 0);
    expect(codeOf(encoding.toUint8Array(empty))).toBe('MALFORMED');
  });

  it('refuses another client (danger 1), and two sections of one', () => {
    expect(codeOf(honest(), LEASE + 1)).toBe('WRONG_CLIENT');
    const two = Y.mergeUpdates([honest(), new Editor(LEASE + 1).made((doc) => addMeasure(doc))]);
    expect(codeOf(two)).toBe('WRONG_CLIENT');
    // Decoding shows both sections, applying would keep the second and wait for the first.
    const section = (clock: number) => [1, LEASE, clock, 4, 1, ...[6, 99, 97, 117, 115, 101, 115], 1, 120];
    expect(codeOf(bytes(2, ...section(0), ...section(1), 0))).toBe('WRONG_CLIENT');
    expect(codeOf(bytes(1, ...section(0), 0))).toBe('ok');
  });

  it('refuses allocation bombs by running out of input, at no cost (danger 4)', () => {
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    for (const bomb of [
      bytes(1, 33_000_000, LEASE, 0),
      bytes(0, 1, LEASE, 33_000_000),
      bytes(1, 1, LEASE, 0, 8, 1, 33_000_000),
      bytes(0, 33_000_000),
    ])
      expect(codeOf(bomb)).toBe('MALFORMED');
    expect(process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before).toBeLessThan(32_000_000);
  });

  it('refuses values nested until the stack would end (danger 5)', () => {
    const encoder = encoding.createEncoder();
    for (const number of [1, 1, LEASE, 0]) encoding.writeVarUint(encoder, number);
    encoding.writeUint8(encoder, 8);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, 'causes');
    encoding.writeVarUint(encoder, 1);
    for (let depth = 0; depth < 100_000; depth++) {
      encoding.writeUint8(encoder, 117);
      encoding.writeVarUint(encoder, 1);
    }
    encoding.writeUint8(encoder, 126);
    encoding.writeVarUint(encoder, 0);
    expect(['MALFORMED', 'ok']).toContain(codeOf(encoding.toUint8Array(encoder)));
  });

  it('refuses delete ranges that overlap, go backwards or are empty', () => {
    expect(codeOf(bytes(0, 1, 9, 2, 0, 5, 4, 3))).toBe('MALFORMED');
    expect(codeOf(bytes(0, 1, 9, 2, 7, 2, 0, 3))).toBe('MALFORMED');
    expect(codeOf(bytes(0, 1, 9, 1, 3, 0))).toBe('MALFORMED');
    expect(codeOf(bytes(0, 1, 9, 2, 0, 5, 5, 3))).toBe('ok');
  });

  it('takes a paste of 50 kB', () => {
    const text = 'En rad text som någon klistrar in.\n'.repeat(1_450);
    expect(codeOf(new Editor(LEASE).made((doc) => addMeasure(doc, { how: text })))).toBe('ok');
  });

  it('answers every mutation of an honest update with a code, and never throws anything else', () => {
    const good = honest();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (changes) => {
        const mutated = good.slice();
        for (const [at, value] of changes) mutated[at] = value;
        expect(codeOf(mutated)).toMatch(/^(ok|MALFORMED|WRONG_CLIENT|TOO_LARGE)$/);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('deletes', () => {
  it('finds an id in the ranges', () => {
    const decoded = decodeClientUpdate(bytes(0, 1, 9, 2, 2, 3, 8, 1), LEASE);
    expect([1, 2, 4, 5, 7, 8, 9].filter((clock) => deletes(decoded, Y.createID(9, clock)))).toEqual([2, 4, 8]);
    expect(deletes(decoded, Y.createID(10, 2))).toBe(false);
  });
});
