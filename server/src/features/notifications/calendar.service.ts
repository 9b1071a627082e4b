import ical, { ICalCalendarMethod } from 'ical-generator';
import { may, providersOf, type AccountsService, type Actor } from '../accounts/index.js';
import { addDays, type Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { newSecret, sha256 } from '../../platform/ids.js';
import type { Announcements } from './announcements.service.js';
import type { CalendarStore } from './calendar.store.js';
import type { Duty } from './due.rules.js';
import { dutyTitle } from './notices.rules.js';
import { planHref } from './outbox.service.js';

/** A person's feed. The address is told once, when it is made: only the hash of its secret is kept. */
export interface CalendarFeed {
  readonly url: string | null;
  readonly createdAt: Date;
}

interface CalendarDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly accounts: Pick<AccountsService, 'actorOfUser'>;
  readonly announcements: Pick<Announcements, 'duties' | 'nameOf'>;
  readonly store: CalendarStore;
  readonly publicUrl: () => string;
}

/** Deadlines as a calendar that people subscribe to by a secret address, which they can change or take away. */
export class CalendarService {
  constructor(private readonly deps: CalendarDeps) {}

  /** null: the actor has none. */
  async of(actor: Actor): Promise<CalendarFeed | null> {
    const feed = await this.deps.store.of(actor.userId);
    return feed && { url: null, createdAt: feed.createdAt };
  }

  /** Makes an address; the old one stops working at once. */
  async renew(actor: Actor): Promise<CalendarFeed> {
    const { db, store, clock, publicUrl } = this.deps;
    const secret = newSecret();
    const createdAt = clock.now();
    await db.tx(() => store.renew({ userId: actor.userId, secretHash: sha256(secret), createdAt }));
    return { url: `${publicUrl()}/kalender/${secret}.ics`, createdAt };
  }

  /** @returns whether there was an address to take away */
  revoke(actor: Actor): Promise<boolean> {
    return this.deps.db.tx(() => this.deps.store.revoke(actor.userId));
  }

  /** The calendar behind a secret, as RFC 5545 text. null: no such address, or its owner's account is closed. */
  async feed(secret: string): Promise<string | null> {
    const row = await this.deps.store.bySecretHash(sha256(secret));
    const actor = row ? await this.deps.accounts.actorOfUser(row.userId) : null;
    return actor ? this.calendarOf(actor) : null;
  }

  private async calendarOf(actor: Actor): Promise<string> {
    const { announcements, clock, publicUrl } = this.deps;
    const calendar = ical({
      name: 'Samsyn',
      prodId: { company: 'Samsyn', product: 'Tider', language: 'SV' },
      method: ICalCalendarMethod.PUBLISH,
      ttl: 3_600,
    });
    const host = new URL(publicUrl()).hostname;
    for (const duty of (await announcements.duties()).filter((each) => concerns(actor, each))) {
      calendar.createEvent({
        // The same duty is the same event, however often it is fetched and wherever its day moves.
        id: `${duty.plan.id}-${duty.kind.toLowerCase()}@${host}`,
        stamp: clock.now(),
        start: localDay(duty.on),
        end: localDay(addDays(duty.on, 1)),
        allDay: true,
        summary: dutyTitle(duty.kind, await announcements.nameOf(duty.plan)),
        url: publicUrl() + planHref(duty.plan.id),
      });
    }
    return calendar.toString();
  }
}

/** The library writes an all-day date by the parts of a local Date. */
function localDay(date: string): Date {
  const { year, month, day } = Temporal.PlainDate.from(date);
  return new Date(year, month - 1, day);
}

/** A provider's duties concern its people, and those who review the plan, since they wait for it; a reviewer's duty only the reviewers. */
function concerns(actor: Actor, { plan, audience }: Duty): boolean {
  const reviews = plan.tracks.filter(({ track }) => may(actor, 'plan.review', { huvudmanId: plan.huvudmanId, track }) !== null);
  if (audience.side === 'PROVIDER') return reviews.length > 0 || providersOf(actor).includes(plan.providerId);
  return reviews.some(({ track }) => audience.tracks.includes(track));
}
