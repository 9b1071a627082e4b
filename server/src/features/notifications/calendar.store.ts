import type { Database } from '../../platform/database.js';
import { CalendarFeedRow } from './notifications.entity.js';

export class CalendarStore {
  constructor(private readonly db: Database) {}

  of(userId: string): Promise<CalendarFeedRow | null> {
    return this.feeds.findOneBy({ userId });
  }

  bySecretHash(secretHash: string): Promise<CalendarFeedRow | null> {
    return this.feeds.findOneBy({ secretHash });
  }

  /** A new address in place of the old. */
  async renew(feed: CalendarFeedRow): Promise<void> {
    await this.feeds.delete({ userId: feed.userId });
    await this.feeds.insert(feed);
  }

  /** @returns false when there was none */
  async revoke(userId: string): Promise<boolean> {
    return (await this.feeds.delete({ userId })).affected === 1;
  }

  private get feeds() {
    return this.db.em.getRepository(CalendarFeedRow);
  }
}
