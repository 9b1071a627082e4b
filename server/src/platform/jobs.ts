import { Cron } from 'croner';
import { LessThan, LessThanOrEqual } from 'typeorm';
import type { Clock } from './clock.js';
import type { Database } from './database.js';
import { JobLeaseRow } from './jobLease.entity.js';
import type { Logger } from './log.js';

export const jobsEntities = [JobLeaseRow] as const;

/** How long a lease holds without being renewed: a job of a node that died is another's after this. */
const LEASE_MS = 15_000;
const RENEW_EVERY_MS = 5_000;
const NEVER = new Date(0);

/** Something done again and again. It may be cut anywhere and run again: what it has done must show in the database. */
export interface Job {
  readonly name: string;
  /** Cron with seconds, in Swedish time. */
  readonly pattern: string;
  /** @param stopped tells that the process is closing, or that the lease was lost: end soon */
  run(stopped: AbortSignal): Promise<void>;
}

interface JobsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly node: string;
}

/** Runs jobs on their ticks. Of several nodes on one database, one runs each job at a time, and each tick once. */
export class Jobs {
  private readonly jobs: Job[] = [];
  private readonly crons: Cron[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly closing = new AbortController();

  constructor(private readonly deps: JobsDeps) {}

  add(...jobs: readonly Job[]): void {
    this.jobs.push(...jobs);
  }

  start(): void {
    for (const job of this.jobs) {
      // `protect`: a tick that comes while the job still runs here is skipped.
      const options = { timezone: 'Europe/Stockholm', protect: true, unref: true };
      this.crons.push(new Cron(job.pattern, options, (cron: Cron) => this.onTick(job, cron.currentRun() ?? this.deps.clock.now())));
    }
  }

  /** Takes no more ticks and waits for the jobs under way. */
  async close(): Promise<void> {
    for (const cron of this.crons) cron.stop();
    this.closing.abort();
    await Promise.all(this.running);
  }

  /**
   * Runs the job if this node gets it for the tick at `at`.
   * @returns whether it ran; a job that fails is logged and comes again at its next tick
   */
  async tick(job: Job, at: Date): Promise<boolean> {
    const tick = new Date(Math.floor(at.getTime() / 1_000) * 1_000);
    if (this.closing.signal.aborted || !(await this.take(job.name, tick))) return false;
    const lost = new AbortController();
    const renewal = setInterval(() => void this.renew(job.name, lost), RENEW_EVERY_MS);
    try {
      await job.run(AbortSignal.any([this.closing.signal, lost.signal]));
    } catch (error) {
      this.deps.log.error({ job: job.name, err: error }, 'job failed');
    } finally {
      clearInterval(renewal);
      await this.release(job.name);
    }
    return true;
  }

  private async onTick(job: Job, at: Date): Promise<void> {
    // A database that is away is away for the job too: its next tick tries again.
    const run = this.tick(job, at)
      .then(() => undefined)
      .catch((error: unknown) => this.deps.log.warn({ job: job.name, err: error }, 'job not run'));
    this.running.add(run);
    await run;
    this.running.delete(run);
  }

  private take(name: string, tick: Date): Promise<boolean> {
    const { db, clock, node } = this.deps;
    return db.tx(async (em) => {
      const now = clock.now();
      const claim = async (): Promise<boolean> => {
        const free = { name, heldUntil: LessThanOrEqual(now), tick: LessThan(tick) };
        const result = await em.update(JobLeaseRow, free, { holder: node, heldUntil: new Date(now.getTime() + LEASE_MS), tick });
        return result.affected === 1;
      };
      if (await claim()) return true;
      if (await em.existsBy(JobLeaseRow, { name })) return false;
      await em
        .createQueryBuilder()
        .insert()
        .into(JobLeaseRow)
        .values({ name, holder: '', heldUntil: NEVER, tick: NEVER })
        .orIgnore()
        .execute();
      return claim();
    });
  }

  private async renew(name: string, lost: AbortController): Promise<void> {
    const { db, clock, node } = this.deps;
    try {
      const heldUntil = new Date(clock.now().getTime() + LEASE_MS);
      const { affected } = await db.tx((em) => em.update(JobLeaseRow, { name, holder: node }, { heldUntil }));
      if (affected !== 1) lost.abort();
    } catch (error) {
      this.deps.log.warn({ job: name, err: error }, 'lease not renewed');
    }
  }

  private async release(name: string): Promise<void> {
    const { db, clock, node } = this.deps;
    await db
      .tx((em) => em.update(JobLeaseRow, { name, holder: node }, { heldUntil: clock.now() }))
      .catch((error: unknown) => this.deps.log.warn({ job: name, err: error }, 'lease not released'));
  }
}
