import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scratchDatabase } from '../../../test/harness/scratchDatabase.js';
import type { Database } from './database.js';
import { Jobs, jobsEntities, type Job } from './jobs.js';
import { createLog } from './log.js';

class HandClock {
  at = new Date('2026-03-02T08:00:00.000Z');
  now(): Date {
    return new Date(this.at);
  }
}

describe('jobs', () => {
  let db: Database;
  let close: () => Promise<void>;
  const clock = new HandClock();
  const node = (name: string): Jobs => new Jobs({ db, clock, log: createLog('silent', name), node: name });
  beforeEach(async () => {
    ({ db, close } = await scratchDatabase(jobsEntities));
    clock.at = new Date('2026-03-02T08:00:00.000Z');
  });
  afterEach(() => close());

  const counting = (): Job & { runs: number } => ({
    name: 'count',
    pattern: '0 * * * * *',
    runs: 0,
    run() {
      this.runs += 1;
      return Promise.resolve();
    },
  });

  it('of several nodes one runs each tick, the first ever too', async () => {
    const job = counting();
    const nodes = ['a', 'b', 'c'].map(node);
    for (let minute = 1; minute <= 5; minute++) {
      clock.at = new Date(Date.UTC(2026, 2, 2, 8, minute));
      const ran = await Promise.all(nodes.map((each, i) => each.tick(job, new Date(clock.at.getTime() + i))));
      expect(ran.filter(Boolean)).toHaveLength(1);
    }
    expect(job.runs).toBe(5);
  });

  it('a job that another node runs is left alone, until that node has been silent for the lease', async () => {
    let end: () => void = () => undefined;
    let first: Promise<boolean> = Promise.resolve(false);
    const begun = new Promise<void>((resolve) => {
      const job: Job = { name: 'long', pattern: '* * * * * *', run: () => (resolve(), new Promise((done) => (end = done))) };
      first = node('a').tick(job, clock.now());
    });
    await begun;
    const job = { ...counting(), name: 'long' };
    clock.at = new Date('2026-03-02T08:00:10.000Z');
    expect(await node('b').tick(job, clock.now())).toBe(false);
    clock.at = new Date('2026-03-02T08:00:20.000Z');
    expect(await node('b').tick(job, clock.now())).toBe(true);
    end();
    await first;
  });

  it('a failure is the tick’s own: the next one runs', async () => {
    const jobs = node('a');
    const failing: Job = { name: 'count', pattern: '* * * * * *', run: () => Promise.reject(new Error('no')) };
    expect(await jobs.tick(failing, clock.now())).toBe(true);
    clock.at = new Date('2026-03-02T08:00:01.000Z');
    expect(await jobs.tick(counting(), clock.now())).toBe(true);
  });

  it('closing waits for what runs, tells it, and takes no more', async () => {
    const jobs = node('a');
    let heard = false;
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    jobs.add({
      name: 'patient',
      pattern: '* * * * * *',
      run: (stopped) =>
        new Promise((resolve) => {
          begin();
          stopped.addEventListener('abort', () => {
            heard = true;
            setTimeout(resolve, 20);
          });
        }),
    });
    jobs.start();
    await begun;
    await jobs.close();
    expect(heard).toBe(true);
    expect(await jobs.tick(counting(), new Date('2027-01-01T00:00:00.000Z'))).toBe(false);
  });
});
