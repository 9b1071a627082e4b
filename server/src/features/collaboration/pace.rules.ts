/** A bucket of tokens that fills at a steady rate: allows bursts, holds the average. Time is handed in, ms. */
export class Pace {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    now: number,
  ) {
    this.tokens = burst;
    this.filledAt = now;
  }

  /** Takes tokens. @returns false, and takes none, when there are too few */
  take(now: number, amount = 1): boolean {
    this.tokens = Math.min(this.burst, this.tokens + (Math.max(0, now - this.filledAt) / 1_000) * this.perSecond);
    this.filledAt = Math.max(this.filledAt, now);
    if (this.tokens < amount) return false;
    this.tokens -= amount;
    return true;
  }
}
