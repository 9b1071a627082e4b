import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { newId, newSecret, sha256 } from '../../platform/ids.js';
import type { Topics } from '../../platform/topics.js';
import type { Actor } from './accounts.model.js';
import type { SessionsStore } from './sessions.store.js';
import { plainMembership, type UsersStore } from './users.store.js';

const HOUR_MS = 3_600_000;
const SEEN_EVERY_MS = 60_000;

/** Sessions: rows in the database, found by the hash of a secret that only the browser keeps. */
export class SessionsService {
  private readonly idleMs: number;

  constructor(
    private readonly db: Database,
    private readonly store: SessionsStore,
    private readonly users: UsersStore,
    private readonly clock: Clock,
    private readonly topics: Topics,
    idleHours: number,
  ) {
    this.idleMs = idleHours * HOUR_MS;
  }

  /** Who the secret belongs to, with the memberships that hold now; null: no such session, idle too long, or the account is closed. */
  async actorOf(token: string | null): Promise<Actor | null> {
    if (token === null) return null;
    const session = await this.store.byTokenHash(sha256(token));
    if (!session) return null;
    const now = this.clock.now();
    const quietMs = now.getTime() - session.lastSeenAt.getTime();
    if (quietMs >= this.idleMs) return null;
    const user = await this.users.byId(session.userId);
    if (!user?.active) return null;
    if (quietMs >= SEEN_EVERY_MS) {
      await this.db.tx(() => this.store.touch(session.id, now, new Date(now.getTime() - SEEN_EVERY_MS + 1)));
    }
    return {
      userId: user.id,
      name: user.name,
      sessionId: session.id,
      memberships: (await this.users.membershipsOf(user.id)).map(plainMembership),
    };
  }

  /** Starts a session and answers with its secret. Always a new one, so that nobody can plant theirs before a sign-in. In `tx`. */
  async start(userId: string): Promise<string> {
    const now = this.clock.now();
    const token = newSecret();
    await this.store.removeUnseenSince(new Date(now.getTime() - this.idleMs));
    await this.store.insert({ id: newId(), tokenHash: sha256(token), userId, createdAt: now, lastSeenAt: now });
    return token;
  }

  /** Ends the session, and tells its sockets. */
  async end(token: string | null): Promise<void> {
    if (token === null) return;
    await this.db.tx(async () => {
      const session = await this.store.byTokenHash(sha256(token));
      if (!session) return;
      await this.store.remove(session.id);
      this.tell([session.id]);
    });
  }

  /** Ends every session of the person, and tells their sockets. In `tx`. */
  async endAllOf(userId: string): Promise<void> {
    this.tell(await this.store.removeOf(userId));
  }

  private tell(sessionIds: readonly string[]): void {
    this.db.afterCommit(() => {
      for (const id of sessionIds) this.topics.publish(`session:${id}`, { ended: true });
    });
  }
}
