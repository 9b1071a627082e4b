import { LessThan } from 'typeorm';
import type { ActorSnapshot } from '../accounts/index.js';
import type { Database } from '../../platform/database.js';
import { AccessLogRow } from './accessLog.entity.js';
import type { AccessRecord } from './audit.model.js';

export class AccessLogStore {
  constructor(private readonly db: Database) {}

  /** Call inside `tx`. Of what is there already the first stays. */
  async add(rows: readonly AccessLogRow[]): Promise<void> {
    await this.db.em
      .createQueryBuilder()
      .insert()
      .into(AccessLogRow)
      .values([...rows])
      .orIgnore()
      .updateEntity(false)
      .execute();
  }

  /** Newest first. */
  async entries(subjectId: string, first: number, before: Date | null): Promise<AccessRecord[]> {
    const where = before ? { subjectId, at: LessThan(before) } : { subjectId };
    const rows = await this.db.em.find(AccessLogRow, { where, order: { at: 'DESC', userId: 'ASC' }, take: first });
    return rows.map(({ at, reader }) => ({ at, by: JSON.parse(reader) as ActorSnapshot }));
  }
}
