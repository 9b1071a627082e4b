import { In, IsNull, LessThanOrEqual } from 'typeorm';
import { newId } from '../../platform/ids.js';
import type { Database } from '../../platform/database.js';
import { NoticePreferenceRow, NoticeRow } from './notifications.entity.js';
import { USUAL_PREFERENCES, type NewNotice, type Notice, type Preferences } from './notifications.model.js';

/** Where a page ends: notices go newest first, then by id. */
export interface NoticeCursor {
  readonly at: Date;
  readonly id: string;
}

export class NoticesStore {
  constructor(private readonly db: Database) {}

  /** @throws a duplicate-key error when the person has been told that already; ask `told` first */
  async add(notice: NewNotice, mailId: string | null): Promise<void> {
    await this.notices.insert({ ...notice, id: newId(), readAt: null, mailId });
  }

  /** Of these notices, those that were made before: `userId key`. */
  async told(keys: readonly string[]): Promise<Set<string>> {
    const rows = await this.notices.find({ where: { key: In([...keys]) }, select: { userId: true, key: true } });
    return new Set(rows.map(({ userId, key }) => `${userId} ${key}`));
  }

  async page(userId: string, limit: number, after: NoticeCursor | null): Promise<Notice[]> {
    const rows = this.notices.createQueryBuilder('n').where('n.userId = :userId', { userId });
    if (after) rows.andWhere('(n.at < :at OR (n.at = :at AND n.id < :id))', { ...after });
    return rows.orderBy({ 'n.at': 'DESC', 'n.id': 'DESC' }).limit(limit).getMany();
  }

  unread(userId: string): Promise<number> {
    return this.notices.countBy({ userId, readAt: IsNull() });
  }

  async markRead(userId: string, ids: readonly string[], readAt: Date): Promise<void> {
    await this.notices.update({ userId, id: In([...ids]), readAt: IsNull() }, { readAt });
  }

  async ofMail(mailId: string): Promise<Notice[]> {
    return this.notices.find({ where: { mailId }, order: { at: 'ASC', id: 'ASC' } });
  }

  /** Who has something waiting for a digest of `today` or before. */
  async awaitingDigest(today: string): Promise<string[]> {
    const where = { mailing: 'DIGEST' as const, mailId: IsNull(), digestOn: LessThanOrEqual(today) };
    const rows = await this.notices.find({ where, select: { userId: true } });
    return [...new Set(rows.map((row) => row.userId))].sort();
  }

  /** Puts what waits into the mail. */
  async putInDigest(userId: string, today: string, mailId: string): Promise<void> {
    const where = { userId, mailing: 'DIGEST' as const, mailId: IsNull(), digestOn: LessThanOrEqual(today) };
    await this.notices.update(where, { mailId });
  }

  /** By person; who has chosen nothing has the usual. */
  async preferences(userIds: readonly string[]): Promise<Map<string, Preferences>> {
    const rows = await this.db.em.findBy(NoticePreferenceRow, { userId: In([...userIds]) });
    const chosen = new Map(rows.map(({ userId, email, digest, reminders }) => [userId, { email, digest, reminders }]));
    return new Map(userIds.map((userId) => [userId, chosen.get(userId) ?? USUAL_PREFERENCES]));
  }

  async setPreferences(userId: string, preferences: Preferences): Promise<void> {
    const rows = this.db.em.getRepository(NoticePreferenceRow);
    await rows
      .createQueryBuilder()
      .insert()
      .values({ userId, ...USUAL_PREFERENCES })
      .orIgnore()
      .execute();
    await rows.update({ userId }, { ...preferences });
  }

  private get notices() {
    return this.db.em.getRepository(NoticeRow);
  }
}
