import { afterEach, beforeEach, expect, it } from 'vitest';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import type { Database } from '../../platform/database.js';
import type { ActorSnapshot } from '../accounts/index.js';
import { auditEntities, createAudit, type AccessLog } from './index.js';

const PLAN = 'a'.repeat(32);
let db: Database;
let close: () => Promise<void>;
let at: Date;
let log: AccessLog;

const person = (userId: string): ActorSnapshot => ({
  userId,
  name: `Namn ${userId}`,
  role: 'MAS',
  organisation: 'Exempel',
  side: 'ADMINISTRATION',
});
const anotherNode = (): AccessLog => createAudit({ db, clock: { now: () => at } }).accessLog;
const read = async (on = log) =>
  (await on.entries(PLAN, 100, null)).map(({ at: when, by }) => `${when.toISOString().slice(11, 16)} ${by.userId}`);

beforeEach(async () => {
  ({ db, close } = await scratchDatabase(auditEntities));
  at = new Date('2026-03-01T08:10:00.000Z');
  log = anotherNode();
});
afterEach(() => close());

it('holds one row for each person, plan and hour: the first reading, whichever node it was on', async () => {
  log.note(PLAN, person('mas'));
  at = new Date('2026-03-01T08:40:00.000Z');
  log.note(PLAN, person('mas'));
  log.note('b'.repeat(32), person('mas'));
  expect(await read()).toEqual(['08:10 mas']);
  const other = anotherNode();
  other.note(PLAN, person('mas'));
  other.note(PLAN, person('sas'));
  at = new Date('2026-03-01T09:00:00.000Z');
  other.note(PLAN, person('mas'));
  expect(await read(other)).toEqual(['09:00 mas', '08:40 sas', '08:10 mas']);
  expect((await log.entries(PLAN, 1, new Date('2026-03-01T08:40:00.000Z'))).map(({ by }) => by)).toEqual([person('mas')]);
});

it('writes by itself, and again what the database didn’t take', async () => {
  await db.tx((em) => em.query('ALTER TABLE access_log RENAME TO away'));
  log.note(PLAN, person('mas'));
  await expect(log.flush()).rejects.toThrow();
  await db.tx((em) => em.query('ALTER TABLE away RENAME TO access_log'));
  await expect.poll(async () => (await anotherNode().entries(PLAN, 1, null)).length, { timeout: 5_000 }).toBe(1);
});
