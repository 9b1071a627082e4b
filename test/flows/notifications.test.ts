import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCalendar } from '../harness/calendar.js';
import type { Client } from '../harness/client.js';
import { decisionOn, submittedPlan } from '../harness/life.js';
import { MailServer } from '../harness/mailServer.js';
import { act, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';

const NOTICES = `{ notices(first: 50) { unread nodes { id kind title href readAt } } }`;
interface Notices {
  readonly notices: { unread: number; nodes: { id: string; kind: string; title: string; href: string; readAt: string | null }[] };
}
const WAIT = { timeout: 45_000, interval: 200 };

describe('notices', () => {
  let server: TestServer;
  let mails: MailServer;
  let chief: Client;
  let reviewer: Client;
  let plan: PlanRow;

  beforeAll(async () => {
    mails = await MailServer.start();
    server = await TestServer.start({ env: { SMTP_URL: mails.url, MAIL_FROM: 'samsyn@samsyn.example' } });
    chief = await server.as('kundvalet-1-verksamhetschef');
    reviewer = await server.as('kson-avtalsansvarig');
  });
  afterAll(async () => {
    await chief.close();
    await reviewer.close();
    await server.stop();
    await mails.stop();
  });

  const of = async (client: Client, kind: string): Promise<Notices['notices']['nodes']> =>
    (await client.ask<Notices>(NOTICES)).notices.nodes.filter((notice) => notice.kind === kind && notice.href === `/planer/${plan.id}`);

  it('tell the reviewers of what is handed in, live, and nobody else', async () => {
    const changes = reviewer.subscribe<{ noticesChanged: { unread: number } }>('subscription { noticesChanged { unread at } }');
    await reviewer.overSocket('{ me { id } }');
    const { unread } = (await reviewer.ask<Notices>(NOTICES)).notices;
    plan = await submittedPlan(chief, 'kv-3');
    await changes.until(({ noticesChanged }) => noticesChanged.unread === unread + 1);
    const [notice] = await of(reviewer, 'SUBMITTED');
    expect(notice?.title).toMatch(/^Granska inlämnad /);
    expect(await of(chief, 'SUBMITTED')).toEqual([]);
    const stranger = await server.as('exempel-avtalsansvarig');
    expect(await of(stranger, 'SUBMITTED')).toEqual([]);
    await stranger.close();
    const marked = await reviewer.ask(`mutation($ids: [ID!]!) { markNoticesRead(input: { ids: $ids }) { unread } }`, { ids: [notice?.id] });
    expect(marked).toEqual({ markNoticesRead: { unread } });
  });

  it('mail a return at once; killed between send and mark, none is lost and none becomes two', async () => {
    let killed = false;
    mails.decide = async () => {
      // The server has its letter; before we say so, the sender dies.
      if (!killed) {
        killed = true;
        await server.kill();
      }
      return 'TAKE';
    };
    await act(reviewer, 'returnPlan', { ...(await decisionOn(reviewer, plan.id)), grounds: 'Hemliga skäl som inte ska stå i mejl.' });
    await expect.poll(() => mails.received.length, WAIT).toBeGreaterThan(0);
    await server.launch();
    const people = 3;
    await expect.poll(() => new Set(mails.received.map(({ to }) => to)).size, WAIT).toBe(people);
    // The one that was cut comes again when its lease has run out; by its Message-ID it is the same letter.
    await expect.poll(() => mails.received.length, WAIT).toBe(people + 1);
    expect(new Set(mails.received.map(({ mail }) => mail.messageId)).size).toBe(people);
    for (const { mail, to } of mails.received) {
      expect(to).toMatch(/@.*\.example$/);
      expect(mail.subject).toMatch(/^Rätta och lämna in igen/);
      expect(`${mail.text}${String(mail.html)}`).not.toContain('Hemliga skäl');
      expect(mail.text).toContain(`/planer/${plan.id}`);
    }
    expect(await of(chief, 'RETURNED')).toHaveLength(1);
  }, 120_000);

  it('follow one’s choices', async () => {
    const set = `mutation { setNoticePreferences(input: { email: false, digest: true, reminders: false }) { preferences { email digest reminders } } }`;
    const wanted = { email: false, digest: true, reminders: false };
    expect(await chief.ask(set)).toEqual({ setNoticePreferences: { preferences: wanted } });
    expect(await chief.ask('{ noticePreferences { email digest reminders } }')).toEqual({ noticePreferences: wanted });
    expect(await chief.denied('{ noticePreferences { email } }')).toBeUndefined();
    expect(await server.as('kson-mas').then((mas) => mas.ask('{ noticePreferences { email } }'))).toEqual({
      noticePreferences: { email: true },
    });
  });

  it('a calendar’s address is its key: told once, changed at will, gone when revoked', async () => {
    const renew = async (): Promise<string> => {
      const answer = await chief.ask<{ renewCalendarFeed: { calendarFeed: { url: string } } }>(
        'mutation { renewCalendarFeed { calendarFeed { url createdAt } } }',
      );
      return answer.renewCalendarFeed.calendarFeed.url;
    };
    const first = await renew();
    expect(await chief.ask('{ calendarFeed { url } }')).toEqual({ calendarFeed: { url: null } });
    const answer = await fetch(first);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const events = readCalendar(await answer.text());
    expect(events.find(({ url }) => url === `${server.url}/planer/${plan.id}`)?.summary).toMatch(/^Lämna in /);
    const second = await renew();
    expect((await fetch(first)).status).toBe(404);
    expect((await fetch(second)).status).toBe(200);
    expect((await fetch(second, { method: 'POST' })).status).toBe(404);
    expect(await chief.ask('mutation { revokeCalendarFeed { revoked } }')).toEqual({ revokeCalendarFeed: { revoked: true } });
    expect((await fetch(second)).status).toBe(404);
    expect(await chief.ask('{ calendarFeed { url } }')).toEqual({ calendarFeed: null });
  });

  it('nothing of it is for who isn’t signed in', async () => {
    const nobody = new (chief.constructor as new (url: string) => Client)(server.url);
    for (const query of [
      NOTICES,
      '{ noticePreferences { email } }',
      '{ calendarFeed { url } }',
      'mutation { renewCalendarFeed { calendarFeed { url } } }',
    ])
      expect(await nobody.denied(query)).toBe('UNAUTHENTICATED');
  });
});
