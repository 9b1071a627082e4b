import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCalendar } from '../../../../test/harness/calendar.js';
import { MailServer } from '../../../../test/harness/mailServer.js';
import { anActor } from '../../../../test/builders/plansWorld.js';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import type { AccountsService, Actor } from '../accounts/index.js';
import type { OpenPlan, PlanEvent, PlanRecords } from '../handlingsplaner/index.js';
import { createLog } from '../../platform/log.js';
import { newId } from '../../platform/ids.js';
import { LocalTopics } from '../../platform/topics.js';
import type { Database } from '../../platform/database.js';
import { Announcements } from './announcements.service.js';
import { CalendarService } from './calendar.service.js';
import { CalendarStore } from './calendar.store.js';
import { SmtpMailer, type Letter, type Mailer } from './mailer.js';
import { MailRow, NoticeRow, notificationsEntities } from './notifications.entity.js';
import { NoticesService } from './notices.service.js';
import { NoticesStore } from './notices.store.js';
import { Outbox } from './outbox.service.js';
import { OutboxStore } from './outbox.store.js';

const [HUVUDMAN, PROVIDER, OTHER] = ['h'.repeat(32), 'v'.repeat(32), 'w'.repeat(32)] as const;
const SECRET = 'delegeringar saknar datum';
const chief = anActor('VERKSAMHETSCHEF', PROVIDER);
const worker = anActor('MEDARBETARE', PROVIDER);
const otherChief = anActor('VERKSAMHETSCHEF', OTHER);
const reviewer = anActor('AVTALSANSVARIG', HUVUDMAN);
const mas = anActor('MAS', HUVUDMAN);
const people: readonly Actor[] = [chief, worker, otherChief, reviewer, mas];
const addressOf = (actor: Actor): string => `${actor.userId}@exempel.example`;

const aPlan = (changes: Partial<OpenPlan> = {}): OpenPlan => ({
  ...{ id: 'p'.repeat(32), findingId: 'f', huvudmanId: HUVUDMAN, contractAreaId: 'a', providerId: PROVIDER, year: 2022, state: 'DRAFT' },
  ...{ deadline: '2026-12-01', durabilityDue: null, tracks: [{ track: 'AVTAL', decided: false }], submittedAt: null },
  ...{ unreported: [], escalationDeadline: null },
  ...changes,
});

let db: Database;
let mails: MailServer;
let announcements: Announcements;
let notices: NoticesService;
let store: NoticesStore;
let outboxStore: OutboxStore;
let calendar: CalendarService;
let topics: LocalTopics;
let close: () => Promise<void>;
let plans: OpenPlan[];
let closed: Set<string>;
const clock = { at: new Date('2026-11-02T09:00:00.000Z'), now: () => clock.at };
const to = (iso: string): Date => (clock.at = new Date(iso));

const accounts: Pick<AccountsService, 'usersFor' | 'contacts' | 'actorOfUser'> = {
  usersFor: (place, roles) => {
    const there = people.filter((actor) =>
      actor.memberships.some(
        ({ role, huvudmanId, providerId }) =>
          roles.includes(role) && ('huvudmanId' in place ? huvudmanId === place.huvudmanId : providerId === place.providerId),
      ),
    );
    return Promise.resolve(there.map((actor) => ({ userId: actor.userId, name: actor.name, email: addressOf(actor) })));
  },
  contacts: (ids) => {
    const found = people.filter(({ userId }) => ids.includes(userId) && !closed.has(userId));
    return Promise.resolve(found.map((actor) => ({ userId: actor.userId, name: actor.name, email: addressOf(actor) })));
  },
  actorOfUser: (id) => Promise.resolve(people.find(({ userId }) => userId === id && !closed.has(userId)) ?? null),
};

beforeEach(async () => {
  const scratch = await scratchDatabase(notificationsEntities);
  mails = await MailServer.start();
  ({ db } = scratch);
  close = () => scratch.close().then(() => mails.stop());
  [plans, closed] = [[aPlan()], new Set()];
  to('2026-11-02T09:00:00.000Z');
  [store, outboxStore, topics] = [new NoticesStore(db), new OutboxStore(db), new LocalTopics()];
  announcements = new Announcements({
    ...{ db, clock, topics, accounts, notices: store, outbox: outboxStore, mailDomain: 'samsyn.example' },
    contracts: {
      huvudman: () => Promise.resolve({ planWord: 'handlingsplan', shortName: 'Norr', reviewReminderDays: 14 } as never),
      contractArea: () => Promise.resolve({ name: 'Kundvalet' } as never),
    },
    findings: { finding: () => Promise.resolve({ key: 'kv-3', observation: SECRET, krav: SECRET } as never) },
    plans: {
      plan: () => Promise.resolve({ tracks: [{ track: 'AVTAL' }] } as never),
      open: () => Promise.resolve(plans),
    } satisfies Pick<PlanRecords, 'plan' | 'open'>,
  });
  notices = new NoticesService(db, store, clock, topics);
  calendar = new CalendarService({
    db,
    clock,
    accounts,
    announcements,
    store: new CalendarStore(db),
    publicUrl: () => 'https://samsyn.example',
  });
});
afterEach(() => close());

const outbox = (mailer: Mailer = new SmtpMailer(mails.url, 'samsyn@samsyn.example')): Outbox =>
  new Outbox({
    ...{ db, clock, log: createLog('silent', 'test'), accounts, notices: store, outbox: outboxStore, mailer },
    publicUrl: () => 'https://samsyn.example',
  });
const send = (mailer?: Mailer): Promise<number> => outbox(mailer).send(new AbortController().signal);
const happens = (act: PlanEvent['act'], by: Actor, toState: PlanEvent['to'] = 'RETURNED'): Promise<void> =>
  db.tx(() =>
    announcements.onPlanEvent({
      ...{ id: newId(), seq: 1, planId: 'p'.repeat(32), findingId: 'f', huvudmanId: HUVUDMAN, contractAreaId: 'a', providerId: PROVIDER },
      ...{ year: 2022, act, from: null, to: toState, at: clock.at, details: {} },
      by: { userId: by.userId, name: by.name, role: 'MAS', organisation: '', side: 'ADMINISTRATION' },
    }),
  );
const titles = async (actor: Actor): Promise<string[]> => (await notices.list(actor, 50, null)).nodes.map(({ title }) => title);

describe('an act’s notices', () => {
  it('reach the provider’s people and nobody else, and go out by mail at once, without a word of the finding', async () => {
    const hints = topics.iterate(`notices:${chief.userId}`);
    await happens('RETURN', reviewer);
    expect(await titles(chief)).toEqual(['Rätta och lämna in igen: handlingsplan är återsänd · Kundvalet, Norr (kv-3)']);
    expect(await titles(worker)).toHaveLength(1);
    for (const other of [otherChief, reviewer, mas]) expect(await titles(other)).toEqual([]);
    await hints.next();
    expect(await send()).toBe(2);
    expect(mails.received.map((letter) => letter.to).sort()).toEqual([addressOf(chief), addressOf(worker)].sort());
    const [{ mail, from }] = mails.received as [(typeof mails.received)[number]];
    expect(from).toBe('samsyn@samsyn.example');
    expect(mail.subject).toBe('Rätta och lämna in igen: handlingsplan är återsänd');
    expect(mail.text).toContain(`https://samsyn.example/planer/${'p'.repeat(32)}`);
    expect(mail.html).toContain('href="https://samsyn.example/planer/');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(JSON.stringify(mail)).not.toContain(SECRET);
    expect(await send()).toBe(0);
  });

  it('are part of the act: what is rolled back tells nobody', async () => {
    await expect(
      db.tx(async () => {
        await happens('RETURN', reviewer);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await titles(chief)).toEqual([]);
    expect(await send()).toBe(0);
  });

  it('don’t reach whoever acted, and an approval by one track of two nobody', async () => {
    await happens('WITHDRAW', chief);
    expect(await titles(chief)).toEqual([]);
    expect(await titles(worker)).toHaveLength(1);
    await happens('APPROVE', reviewer, 'SUBMITTED');
    expect(await titles(worker)).toHaveLength(1);
  });

  it('are read by their owner alone', async () => {
    await happens('RETURN', reviewer);
    const { nodes } = await notices.list(chief, 50, null);
    expect(await notices.markRead(worker, [nodes[0]?.id ?? ''])).toBe(1);
    expect(await notices.unread(chief)).toBe(1);
    expect(await notices.markRead(chief, [nodes[0]?.id ?? ''])).toBe(0);
  });

  it('come in pages, newest first', async () => {
    for (let i = 0; i < 5; i++) {
      to(`2026-11-02T09:0${i}:00.000Z`);
      await happens('RETURN', reviewer);
    }
    const first = await notices.list(chief, 2, null);
    expect(first).toMatchObject({ unread: 5, hasNextPage: true });
    const rest = await notices.list(chief, 10, first.endCursor);
    expect(rest.nodes).toHaveLength(3);
    expect([...first.nodes, ...rest.nodes].map(({ at }) => at.getTime())).toEqual(
      [...first.nodes, ...rest.nodes].map(({ at }) => at.getTime()).sort((a, b) => b - a),
    );
    await expect(notices.list(chief, 2, 'x')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('follow the person’s choices, also those made before the mail went', async () => {
    await notices.setPreferences(chief, { email: false, digest: true, reminders: true });
    await happens('RETURN', reviewer);
    await notices.setPreferences(worker, { email: false, digest: false, reminders: false });
    expect(await send()).toBe(0);
    expect(await titles(chief)).toHaveLength(1);
    expect(await notices.preferences(worker)).toEqual({ email: false, digest: false, reminders: false });
  });
});

describe('nothing is lost or sent twice', () => {
  /** Hands the letter over and dies before anybody marks it. */
  class DyingMailer implements Mailer {
    constructor(private readonly inner: Mailer) {}
    async send(letter: Letter): Promise<never> {
      await this.inner.send(letter);
      throw new Error('killed');
    }
  }

  it('a kill between send and mark: sent again when the lease has run out, under the same Message-ID', async () => {
    await happens('RETURN', worker);
    await expect(send(new DyingMailer(new SmtpMailer(mails.url, 'samsyn@samsyn.example')))).rejects.toThrow('killed');
    expect(mails.received).toHaveLength(1);
    expect(await send()).toBe(0);
    to('2026-11-02T09:00:31.000Z');
    expect(await send()).toBe(1);
    expect(new Set(mails.received.map(({ mail }) => mail.messageId)).size).toBe(1);
    to('2026-11-02T10:00:00.000Z');
    expect(await send()).toBe(0);
    expect(await db.em.countBy(MailRow, { state: 'SENT' })).toBe(1);
    expect(await db.em.count(NoticeRow)).toBe(1);
  });

  it('two nodes at once send each mail once', async () => {
    for (let i = 0; i < 5; i++) await happens('RETURN', reviewer);
    const counts = await Promise.all([send(), send(), send()]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(10);
    expect(mails.received).toHaveLength(10);
  });

  it('a server that is busy is tried again later, one that never will is not', async () => {
    await happens('RETURN', worker);
    mails.decide = () => Promise.resolve({ code: 451 });
    expect(await send()).toBe(0);
    mails.decide = () => Promise.resolve('TAKE');
    expect(await send()).toBe(0);
    to('2026-11-02T09:01:01.000Z');
    expect(await send()).toBe(1);
    await happens('RETURN', worker);
    mails.decide = () => Promise.resolve({ code: 550 });
    expect(await send()).toBe(0);
    to('2026-12-02T09:01:01.000Z');
    mails.decide = () => Promise.resolve('TAKE');
    expect(await send()).toBe(0);
    const failed = await db.em.findBy(MailRow, { state: 'FAILED' });
    expect(failed).toHaveLength(1);
    expect(failed[0]?.lastError).not.toContain('@');
  });

  it('a mail server that is away loses nothing; a closed account gets nothing', async () => {
    await happens('RETURN', worker);
    expect(await send(new SmtpMailer('smtp://127.0.0.1:1', 'samsyn@samsyn.example'))).toBe(0);
    to('2026-11-02T09:02:00.000Z');
    expect(await send()).toBe(1);
    await happens('RETURN', worker);
    closed.add(chief.userId);
    expect(await send()).toBe(0);
  });
});

describe('reminders and digests', () => {
  it('one digest a day, at seven, of what was waiting; nothing twice', async () => {
    await happens('WITHDRAW', reviewer);
    await happens('SET_DEADLINE', reviewer);
    expect(await announcements.digest()).toBe(0);
    to('2026-11-03T05:59:00.000Z');
    expect(await announcements.digest()).toBe(0);
    to('2026-11-03T06:00:00.000Z');
    expect(await announcements.digest()).toBe(2);
    expect(await announcements.digest()).toBe(0);
    await happens('WITHDRAW', reviewer);
    to('2026-11-03T12:00:00.000Z');
    expect(await announcements.digest()).toBe(0);
    expect(await send()).toBe(2);
    const own = mails.received.find((letter) => letter.to === addressOf(chief));
    expect(own?.mail.subject).toBe('Samsyn i dag: 2 saker att göra eller veta');
    expect(own?.mail.text?.match(/planer\//g)).toHaveLength(2);
    to('2026-11-04T09:00:00.000Z');
    expect(await announcements.digest()).toBe(2);
  });

  it('reminds 30, 7 and 1 days before and each week after, each once, by the day in Sweden', async () => {
    const made: Record<string, number> = {};
    for (let day = 0; day < 50; day++) {
      to(new Date(Date.UTC(2026, 9, 30 + day, 23, 30)).toISOString());
      const count = await announcements.remind();
      expect(await announcements.remind()).toBe(0);
      if (count > 0) made[clock.at.toISOString().slice(0, 10)] = count;
    }
    // Half past eleven in the evening UTC is the day after in Sweden; two people each time.
    expect(made).toEqual({ '2026-10-31': 2, '2026-11-23': 2, '2026-11-29': 2, '2026-12-01': 2, '2026-12-08': 2, '2026-12-15': 2 });
    expect((await titles(chief)).at(-1)).toBe('Lämna in handlingsplan, senast 2026-12-01 (30 dagar kvar) · Kundvalet, Norr (kv-3)');
  });

  it('a server that was away on the day reminds the day after; a moved deadline reminds anew', async () => {
    to('2026-11-25T08:00:00.000Z');
    expect(await announcements.remind()).toBe(2);
    plans = [aPlan({ deadline: '2026-12-02' })];
    expect(await announcements.remind()).toBe(2);
  });

  it('not who doesn’t want any; and reviewers of what waits for them', async () => {
    await notices.setPreferences(chief, { email: true, digest: true, reminders: false });
    to('2026-11-24T08:00:00.000Z');
    expect(await announcements.remind()).toBe(1);
    plans = [aPlan({ state: 'SUBMITTED', submittedAt: new Date('2026-11-11T08:00:00.000Z'), tracks: [{ track: 'HSL', decided: false }] })];
    expect(await announcements.remind()).toBe(1);
    expect(await titles(mas)).toEqual(['Granska inlämnad handlingsplan, senast 2026-11-25 (1 dag kvar) · Kundvalet, Norr (kv-3)']);
  });
});

describe('the calendar', () => {
  const secretOf = (url: string | null): string => /kalender\/([\w-]+)\.ics$/.exec(url ?? '')?.[1] ?? '';

  it('has the person’s deadlines as whole days, readable by another library, without a word of the finding', async () => {
    plans = [aPlan(), aPlan({ id: 'q'.repeat(32), providerId: OTHER, deadline: '2027-03-28' })];
    const text = (await calendar.feed(secretOf((await calendar.renew(chief)).url))) ?? '';
    expect(readCalendar(text)).toEqual([
      {
        uid: `${'p'.repeat(32)}-submit@samsyn.example`,
        summary: 'Lämna in handlingsplan · Kundvalet, Norr (kv-3)',
        start: '2026-12-01',
        end: '2026-12-02',
        url: `https://samsyn.example/planer/${'p'.repeat(32)}`,
      },
    ]);
    expect(text).not.toContain(SECRET);
    const reviewers = (await calendar.feed(secretOf((await calendar.renew(reviewer)).url))) ?? '';
    expect(readCalendar(reviewers).map(({ start }) => start)).toEqual(['2026-12-01', '2027-03-28']);
    // Neither plan has a track of MAS's.
    expect(readCalendar((await calendar.feed(secretOf((await calendar.renew(mas)).url))) ?? '')).toEqual([]);
  });

  it('a new address ends the old, a revoked one is gone, and so is a closed account’s', async () => {
    const first = secretOf((await calendar.renew(chief)).url);
    const second = secretOf((await calendar.renew(chief)).url);
    expect(await calendar.feed(first)).toBeNull();
    expect(await calendar.feed(second)).toContain('BEGIN:VCALENDAR');
    expect(await calendar.of(chief)).toEqual({ url: null, createdAt: clock.at });
    closed.add(chief.userId);
    expect(await calendar.feed(second)).toBeNull();
    closed.clear();
    expect(await calendar.revoke(chief)).toBe(true);
    expect(await calendar.revoke(chief)).toBe(false);
    expect(await calendar.feed(second)).toBeNull();
    expect(await calendar.of(chief)).toBeNull();
  });
});
