import { In, MoreThan, type FindOptionsWhere, type SelectQueryBuilder } from 'typeorm';
import type { ActorSnapshot } from '../accounts/index.js';
import type { Database } from '../../platform/database.js';
import { AuditChainRow, AuditEntryRow } from './audit.entity.js';
import type { AuditEntry } from './audit.model.js';
import { CHAIN_START, type ChainHead, type StoredEntry } from './audit.rules.js';

/** Where a page of the record begins: strictly after this entry, newest first. */
export interface AuditCursor {
  readonly at: Date;
  readonly seq: number;
  readonly id: string;
}

export interface AuditQuery {
  readonly ownerIds: readonly string[];
  readonly subjectId: string | null;
  readonly act: string | null;
}

export class AuditStore {
  constructor(private readonly db: Database) {}

  /**
   * Takes the next number in the chain and its lock, until the transaction ends.
   * The update comes first, and changes the row: on MariaDB that both locks it and makes the read after it see the newest head, even when
   * the transaction's snapshot is older.
   */
  async takeNext(ownerId: string): Promise<ChainHead> {
    const chains = this.db.em.getRepository(AuditChainRow);
    const advance = () => chains.update({ ownerId }, { headSeq: () => 'head_seq + 1' });
    if ((await advance()).affected === 0) {
      await chains.createQueryBuilder().insert().values({ ownerId, headSeq: 0, headHash: CHAIN_START }).orIgnore().execute();
      await advance();
    }
    const head = await chains.findOneByOrFail({ ownerId });
    return { seq: head.headSeq, hash: head.headHash };
  }

  /** Appends the entry and makes it the head. Call after `takeNext`, in the same transaction. */
  async append(id: string, at: Date, entry: StoredEntry): Promise<void> {
    const { ownerId, seq, act, subjectType, subjectId, summary, details, detailsHash, previousHash, hash } = entry;
    const row = { id, ownerId, seq, at, actor: JSON.stringify(entry.actor), act, subjectType, subjectId, summary, details, detailsHash };
    await this.db.em.getRepository(AuditEntryRow).insert({ ...row, previousHash, hash });
    await this.db.em.getRepository(AuditChainRow).update({ ownerId }, { headHash: hash });
  }

  /** The head as committed; null: nothing was ever recorded. */
  async head(ownerId: string): Promise<ChainHead | null> {
    const row = await this.db.em.getRepository(AuditChainRow).findOneBy({ ownerId });
    return row && { seq: row.headSeq, hash: row.headHash };
  }

  /** Entries after `seq`, oldest first. */
  async entriesAfter(ownerId: string, seq: number, limit: number): Promise<StoredEntry[]> {
    const where = { ownerId, seq: MoreThan(seq) };
    const rows = await this.db.em.getRepository(AuditEntryRow).find({ where, order: { seq: 'ASC' }, take: limit });
    return rows.map((row) => ({ ...row, v: 1, at: row.at.toISOString(), actor: JSON.parse(row.actor) as ActorSnapshot }));
  }

  /** Newest first. */
  async page(query: AuditQuery, limit: number, after: AuditCursor | null): Promise<AuditEntry[]> {
    const rows = this.matching(query);
    if (after) {
      rows.andWhere('(e.at < :at OR (e.at = :at AND (e.seq < :seq OR (e.seq = :seq AND e.id < :id))))', { ...after });
    }
    const found = await rows.orderBy({ 'e.at': 'DESC', 'e.seq': 'DESC', 'e.id': 'DESC' }).limit(limit).getMany();
    return found.map(({ id, seq, at, act, subjectType, subjectId, summary, hash, previousHash, actor }) => {
      const plain = { id, seq, at, act, subjectType, subjectId, summary, hash, previousHash };
      return { ...plain, actor: JSON.parse(actor) as ActorSnapshot };
    });
  }

  async count(query: AuditQuery): Promise<number> {
    return this.matching(query).getCount();
  }

  private matching({ ownerIds, subjectId, act }: AuditQuery): SelectQueryBuilder<AuditEntryRow> {
    const where: FindOptionsWhere<AuditEntryRow> = { ownerId: In([...ownerIds]) };
    if (subjectId !== null) where.subjectId = subjectId;
    if (act !== null) where.act = act;
    return this.db.em.getRepository(AuditEntryRow).createQueryBuilder('e').where(where);
  }
}
