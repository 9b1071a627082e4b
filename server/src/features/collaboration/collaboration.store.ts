import { In, LessThan, MoreThan, Not, type EntityManager } from 'typeorm';
import type { ActorSnapshot } from '../accounts/index.js';
import { CHAIN_START } from './chain.rules.js';
import { DocumentAttributionRow, DocumentCheckpointRow, DocumentLeaseRow, DocumentRow, DocumentUpdateRow } from './collaboration.entity.js';
import type { AttributionNote, CheckpointState, DocumentHead, LogRow } from './collaboration.model.js';
import { isDuplicate, type Database } from '../../platform/database.js';

/** What is appended to one document's log at once. */
export interface Append {
  readonly documentId: string;
  /** The head and epoch the rows were checked against. */
  readonly expected: DocumentHead;
  /** In order, the first with seq expected.seq + 1. */
  readonly rows: readonly LogRow[];
  readonly notes: readonly AttributionNote[];
}

export interface NewLease {
  readonly documentId: string;
  readonly clientId: number;
  readonly author: ActorSnapshot;
  readonly sessionId: string;
  readonly takenAt: Date;
}

/** Stands for a session in leases that the server took to write an accepted suggestion. */
export const SERVER_SESSION = 'server';

/** Rows put in one INSERT: SQLite takes 32,766 parameters. */
const ROWS_PER_INSERT = 500;
/** Only the newest is read; one more in case it was being read. */
const KEPT_CHECKPOINTS = 2;

/** Every query of the log, its checkpoints and leases. */
export class DocumentStore {
  constructor(private readonly db: Database) {}

  private get em(): EntityManager {
    return this.db.em;
  }

  /** @throws a duplicate error when there is such a document */
  async create(documentId: string, at: Date, seed: LogRow): Promise<void> {
    const blank = { id: documentId, head: 0, headHash: CHAIN_START, epoch: seed.epoch, locks: 0, createdAt: at };
    await this.em.insert(DocumentRow, blank);
    await this.append({ documentId, expected: { seq: 0, epoch: seed.epoch, hash: CHAIN_START }, rows: [seed], notes: [] });
  }

  /** null: no such document. */
  async head(documentId: string): Promise<DocumentHead | null> {
    const row = await this.em.findOneBy(DocumentRow, { id: documentId });
    return row && { seq: row.head, epoch: row.epoch, hash: row.headHash };
  }

  /** Heads of several documents as they are committed, with how often each was locked: a change of rights locks. */
  async heads(documentIds: readonly string[]): Promise<{ id: string; seq: number; locks: number }[]> {
    const select = { id: true, head: true, locks: true } as const;
    const rows = await this.em.find(DocumentRow, { where: { id: In([...documentIds]) }, select });
    return rows.map(({ id, head, locks }) => ({ id, seq: head, locks }));
  }

  /** Takes the document's lock until the transaction ends, and tells its newest head. Call inside `tx`. */
  async lock(documentId: string): Promise<DocumentHead | null> {
    const { affected } = await this.em.update(DocumentRow, { id: documentId }, { locks: () => 'locks + 1' });
    return affected === 0 ? null : this.head(documentId);
  }

  async growEpoch(documentId: string): Promise<void> {
    await this.em.update(DocumentRow, { id: documentId }, { epoch: () => 'epoch + 1' });
  }

  /**
   * Appends where head and epoch are as expected, and inserts nothing where they aren't. Call inside `tx`.
   * @returns whether it was appended
   */
  async append({ documentId, expected, rows, notes }: Append): Promise<boolean> {
    const last = rows.at(-1) as LogRow;
    // First the condition, which is also the lock; so a conflict costs no insert and spoils nobody else's in the same transaction.
    const where = { id: documentId, head: expected.seq, epoch: expected.epoch };
    const { affected } = await this.em.update(DocumentRow, where, { head: last.seq, headHash: last.hash });
    if (affected === 0) return false;
    await this.insertAll(
      DocumentUpdateRow,
      rows.map((row) => ({ ...row, documentId, bytes: asBuffer(row.bytes) })),
    );
    const bySeq = new Map(rows.map((row) => [row.seq, row]));
    let [seq, ordinal] = [0, 0];
    const noted = notes.map((note) => {
      ordinal = note.seq === seq ? ordinal + 1 : 0;
      seq = note.seq;
      const { userId, at } = bySeq.get(seq) as LogRow;
      return { ...note, documentId, ordinal, userId, at };
    });
    await this.insertAll(DocumentAttributionRow, noted);
    return true;
  }

  /**
   * Rows after a seq, in order.
   * @param current inside `tx`: the newest rows, whatever the transaction has read before
   */
  async rowsAfter(documentId: string, seq: number, current = false): Promise<LogRow[]> {
    const rows = await this.em.find(DocumentUpdateRow, {
      where: { documentId, seq: MoreThan(seq) },
      order: { seq: 'ASC' },
      ...this.reading(current),
    });
    return rows.map(({ documentId: _, ...row }) => ({ ...row, bytes: asBytes(row.bytes) }));
  }

  /** The row of an operation, to answer one that is sent again. */
  async operation(documentId: string, lease: number, n: number): Promise<Pick<LogRow, 'seq' | 'at' | 'bytesHash'> | null> {
    return this.em.findOne(DocumentUpdateRow, {
      where: { documentId, lease, n },
      select: { documentId: true, seq: true, at: true, bytesHash: true },
    });
  }

  /** The highest n of a lease; 0 when nothing was written under it. */
  async lastN(documentId: string, lease: number): Promise<number> {
    return (await this.em.maximum(DocumentUpdateRow, 'n', { documentId, lease })) ?? 0;
  }

  /** The newest checkpoint. @param current see rowsAfter */
  async checkpoint(documentId: string, current = false): Promise<CheckpointState | null> {
    const [row] = await this.em.find(DocumentCheckpointRow, {
      where: { documentId },
      order: { seq: 'DESC' },
      take: 1,
      ...this.reading(current),
    });
    return row ? { seq: row.seq, state: asBytes(row.state), contentHash: row.contentHash } : null;
  }

  /** Stores a checkpoint, and lets all but the newest two go. One for that seq that is there already is as good. Call inside `tx`. */
  async addCheckpoint(documentId: string, { seq, state, contentHash }: CheckpointState, at: Date): Promise<void> {
    const row = { documentId, seq, state: asBuffer(state), contentHash, createdAt: at };
    await this.em.createQueryBuilder().insert().into(DocumentCheckpointRow).values(row).orIgnore().updateEntity(false).execute();
    const kept = {
      where: { documentId },
      order: { seq: 'DESC' },
      select: { documentId: true, seq: true },
      skip: KEPT_CHECKPOINTS - 1,
      take: 1,
    } as const;
    const [oldest] = await this.em.find(DocumentCheckpointRow, kept);
    if (oldest) await this.em.delete(DocumentCheckpointRow, { documentId, seq: LessThan(oldest.seq) });
  }

  async lease(documentId: string, clientId: number): Promise<{ userId: string; sessionId: string; closed: boolean } | null> {
    const row = await this.em.findOneBy(DocumentLeaseRow, { documentId, clientId });
    return row && { userId: row.userId, sessionId: row.sessionId, closed: row.closedAt !== null };
  }

  /** Call inside `tx`. @returns false when the client id is leased already */
  async addLease({ author, ...lease }: NewLease): Promise<boolean> {
    try {
      await this.em.insert(DocumentLeaseRow, { ...lease, userId: author.userId, author: JSON.stringify(author), closedAt: null });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  async closeLease(documentId: string, clientId: number, at: Date): Promise<void> {
    await this.em.update(DocumentLeaseRow, { documentId, clientId }, { closedAt: at });
  }

  /** Not counting those the server took in the user's name. */
  async leasesTakenSince(documentId: string, userId: string, since: Date): Promise<number> {
    return this.em.countBy(DocumentLeaseRow, { documentId, userId, sessionId: Not(SERVER_SESSION), takenAt: MoreThan(since) });
  }

  private async insertAll<Row extends object>(entity: new () => Row, rows: readonly object[]): Promise<void> {
    for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
      const values = rows.slice(i, i + ROWS_PER_INSERT);
      await this.em.createQueryBuilder().insert().into(entity).values(values).updateEntity(false).execute();
    }
  }

  /** On MariaDB only a locking read sees what was committed after the transaction's first read. On SQLite there is one writer. */
  private reading(current: boolean): { lock?: { mode: 'pessimistic_write' } } {
    return current && this.db.dialect === 'mariadb' ? { lock: { mode: 'pessimistic_write' } } : {};
  }
}

/** mysql2 writes Buffers as bytes, and nothing else. */
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const asBytes = (bytes: Buffer): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
