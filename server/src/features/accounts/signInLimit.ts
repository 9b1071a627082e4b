import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { sha256 } from '../../platform/ids.js';

const QUARTER_SECONDS = 900;
/** A whole municipality may sit behind one address, so an address gets more attempts than an account. */
const ADDRESS_FACTOR = 10;

/**
 * Slows down guessing, per account and per address. Kept in this process's memory: with several nodes each counts its own, so the bound is
 * the limit times the number of nodes; a restart forgets.
 */
export class SignInLimit {
  private readonly accounts: RateLimiterMemory;
  private readonly addresses: RateLimiterMemory;

  constructor(attemptsPerQuarter: number) {
    this.accounts = new RateLimiterMemory({ keyPrefix: 'account', points: attemptsPerQuarter, duration: QUARTER_SECONDS });
    this.addresses = new RateLimiterMemory({
      keyPrefix: 'address',
      points: attemptsPerQuarter * ADDRESS_FACTOR,
      duration: QUARTER_SECONDS,
    });
  }

  /** Counts an attempt before any work is done for it. 0: go on; else how many whole minutes to wait. */
  async take(email: string, address: string): Promise<number> {
    return (await minutesLeft(this.addresses, address)) || (await minutesLeft(this.accounts, sha256(email)));
  }

  /** Counts an attempt by a link, where there may be no account yet. */
  takeAddress(address: string): Promise<number> {
    return minutesLeft(this.addresses, address);
  }

  /** The person proved to be who they said: earlier slips on the account are forgotten, and this attempt isn't held against the address. */
  async forgive(email: string, address: string): Promise<void> {
    await this.accounts.delete(sha256(email));
    await this.addresses.reward(address);
  }
}

async function minutesLeft(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 60_000));
    throw refusal;
  }
}
