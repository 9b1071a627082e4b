import type { Config } from '../../config.js';
import type { AccountsService } from '../accounts/index.js';
import type { ContractsService } from '../contracts/index.js';
import type { FindingsService } from '../findings/index.js';
import { planEvent, type PlanRecords } from '../handlingsplaner/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { Events } from '../../platform/events.js';
import type { Job } from '../../platform/jobs.js';
import type { Logger } from '../../platform/log.js';
import type { Topics } from '../../platform/topics.js';
import { Announcements } from './announcements.service.js';
import { CalendarService } from './calendar.service.js';
import { CalendarStore } from './calendar.store.js';
import { SmtpMailer } from './mailer.js';
import { NoticesService } from './notices.service.js';
import { NoticesStore } from './notices.store.js';
import { notificationsResolver } from './notifications.resolver.js';
import { Outbox } from './outbox.service.js';
import { OutboxStore } from './outbox.store.js';

export { CalendarService } from './calendar.service.js';
export { notificationsEntities } from './notifications.entity.js';

export interface NotificationsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly topics: Topics;
  readonly events: Events;
  readonly config: Pick<Config, 'smtpUrl' | 'mailFrom'>;
  readonly accounts: AccountsService;
  readonly contracts: ContractsService;
  readonly findings: FindingsService;
  readonly plans: PlanRecords;
  readonly publicUrl: () => string;
}

/** Notices in the app, by mail and in calendars. Listens to plan events; nothing but main knows it. */
export function createNotifications(deps: NotificationsDeps) {
  const { db, clock, topics, events, config } = deps;
  const notices = new NoticesStore(db);
  const outbox = new OutboxStore(db);
  const mail = config.smtpUrl !== '';
  const mailDomain = mail ? (config.mailFrom.split('@')[1] ?? '') : null;
  const announcements = new Announcements({ ...deps, notices, outbox, mailDomain });
  events.on(planEvent, (event) => announcements.onPlanEvent(event));
  const calendar = new CalendarService({ ...deps, announcements, store: new CalendarStore(db) });
  const jobs: Job[] = [
    {
      name: 'notices.daily',
      pattern: '0 */5 * * * *',
      run: async () => {
        await announcements.remind();
        await announcements.digest();
      },
    },
  ];
  if (mail) {
    const sender = new Outbox({ ...deps, notices, outbox, mailer: new SmtpMailer(config.smtpUrl, config.mailFrom) });
    jobs.push({ name: 'notices.mail', pattern: '*/2 * * * * *', run: async (stopped) => void (await sender.send(stopped)) });
  }
  return { calendar, jobs, resolvers: [notificationsResolver(new NoticesService(db, notices, clock, topics), calendar)] };
}
