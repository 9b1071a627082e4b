import type { Actor } from '../accounts/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { DomainError } from '../../platform/outcome.js';
import type { Topics } from '../../platform/topics.js';
import type { NoticeCursor, NoticesStore } from './notices.store.js';
import { USUAL_PREFERENCES, type Notice, type NoticePage, type Preferences } from './notifications.model.js';
import { noticesTopic, type NoticesHint } from './notifications.topics.js';

const MAX_PAGE = 200;

/** A person's own notices and choices. Nobody reaches another's. */
export class NoticesService {
  constructor(
    private readonly db: Database,
    private readonly store: NoticesStore,
    private readonly clock: Clock,
    private readonly topics: Topics,
  ) {}

  /** Newest first. @throws DomainError BAD_INPUT for a page size or cursor that isn't one */
  async list(actor: Actor, first: number, after: string | null): Promise<NoticePage> {
    if (first < 1 || first > MAX_PAGE) throw new DomainError('BAD_INPUT', `first ska vara 1–${MAX_PAGE}.`);
    const found = await this.store.page(actor.userId, first + 1, after === null ? null : readCursor(after));
    const nodes = found.slice(0, first);
    const last = nodes.at(-1);
    const unread = await this.unread(actor);
    return { nodes, unread, hasNextPage: found.length > first, endCursor: last ? writeCursor(last) : null };
  }

  unread(actor: Actor): Promise<number> {
    return this.store.unread(actor.userId);
  }

  /** Those among `ids` that are the actor's; others are as if they weren't there. @returns how many are left unread */
  async markRead(actor: Actor, ids: readonly string[]): Promise<number> {
    if (ids.length > MAX_PAGE) throw new DomainError('BAD_INPUT', `Högst ${MAX_PAGE} åt gången.`);
    const now = this.clock.now();
    await this.db.tx(async () => {
      await this.store.markRead(actor.userId, ids, now);
      this.db.afterCommit(() => this.topics.publish(noticesTopic(actor.userId), { at: now.toISOString() }));
    });
    return this.unread(actor);
  }

  async preferences(actor: Actor): Promise<Preferences> {
    return (await this.store.preferences([actor.userId])).get(actor.userId) ?? USUAL_PREFERENCES;
  }

  async setPreferences(actor: Actor, preferences: Preferences): Promise<Preferences> {
    await this.db.tx(() => this.store.setPreferences(actor.userId, preferences));
    return preferences;
  }

  /** A hint each time the actor's list changes. */
  watch(actor: Actor): AsyncIterableIterator<NoticesHint> {
    return this.topics.iterate<NoticesHint>(noticesTopic(actor.userId));
  }
}

const writeCursor = ({ at, id }: Notice): string => Buffer.from(`${at.getTime()}.${id}`).toString('base64url');

function readCursor(text: string): NoticeCursor {
  const [, at, id] = /^(\d{1,15})\.([0-9a-f]{32})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (!at || !id) throw new DomainError('BAD_INPUT', 'Sidan finns inte: after är inte en markör från listan.');
  return { at: new Date(Number(at)), id };
}
