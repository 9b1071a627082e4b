import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** Argon2id's cost: KiB of memory, passes over it, lanes. */
export interface HashCost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. Some 30 ms on a small machine. */
export const OWASP_COST: HashCost = { memory: 19_456, passes: 2, parallelism: 1 };

const TAG_BYTES = 32;
const SALT_BYTES = 16;
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** Hashes and checks passwords. Hashes are PHC strings, so each carries the cost it was made with. Call outside transactions. */
export class PasswordHasher {
  private decoy: Promise<string> | undefined;

  constructor(private readonly cost: HashCost = OWASP_COST) {}

  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const tag = await tagOf(password, salt, this.cost, TAG_BYTES);
    const { memory, passes, parallelism } = this.cost;
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(salt)}$${bare(tag)}`;
  }

  /**
   * Checks `password` against a stored hash. `stored` null (no such account, no password) does the same work and never matches, so that
   * the time an answer takes doesn't tell which addresses have accounts. `stale`: it matches, but was made with another cost; hash it anew.
   */
  async check(stored: string | null, password: string): Promise<{ matches: boolean; stale: boolean }> {
    const read = PHC.exec(stored ?? (await (this.decoy ??= this.hash(randomBytes(SALT_BYTES).toString('hex')))));
    if (!read) throw new Error('A stored password hash is not one of ours');
    const cost: HashCost = { memory: Number(read[1]), passes: Number(read[2]), parallelism: Number(read[3]) };
    const expected = Buffer.from(read[5] ?? '', 'base64');
    const tag = await tagOf(password, Buffer.from(read[4] ?? '', 'base64'), cost, expected.length);
    const matches = timingSafeEqual(tag, expected) && stored !== null;
    const same = cost.memory === this.cost.memory && cost.passes === this.cost.passes && cost.parallelism === this.cost.parallelism;
    return { matches, stale: matches && !same };
  }
}

/** NFKC: the same password typed on another keyboard gives the same bytes. */
function tagOf(password: string, nonce: Buffer, cost: HashCost, tagLength: number): Promise<Buffer> {
  return derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength, ...cost });
}

/** Base64 without padding, as PHC strings have it. */
const bare = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
