import { LessThan } from 'typeorm';
import type { Database } from '../../platform/database.js';
import { SessionRow } from './accounts.entity.js';

/** Signed-in browsers. */
export class SessionsStore {
  constructor(private readonly db: Database) {}

  byTokenHash(tokenHash: string): Promise<SessionRow | null> {
    return this.rows.findOneBy({ tokenHash });
  }

  async insert(session: SessionRow): Promise<void> {
    await this.rows.insert(session);
  }

  /** Moves lastSeen on, unless another request already has. */
  async touch(id: string, seenAt: Date, unlessSince: Date): Promise<void> {
    await this.rows.update({ id, lastSeenAt: LessThan(unlessSince) }, { lastSeenAt: seenAt });
  }

  async remove(id: string): Promise<void> {
    await this.rows.delete({ id });
  }

  /** Ends them all and says which they were. */
  async removeOf(userId: string): Promise<string[]> {
    const ids = (await this.rows.findBy({ userId })).map((row) => row.id);
    await this.rows.delete({ userId });
    return ids;
  }

  async removeUnseenSince(moment: Date): Promise<void> {
    await this.rows.delete({ lastSeenAt: LessThan(moment) });
  }

  private get rows() {
    return this.db.em.getRepository(SessionRow);
  }
}
