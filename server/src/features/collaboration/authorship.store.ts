import { IsNull, MoreThan, Not } from 'typeorm';
import type { ActorSnapshot } from '../accounts/index.js';
import type { Database } from '../../platform/database.js';
import { DocumentAttributionRow, DocumentLeaseRow } from './collaboration.entity.js';
import type { AttributionNote } from './collaboration.model.js';

/** What the record holds of authorship beside the log's rows. */
export class AuthorshipStore {
  constructor(private readonly db: Database) {}

  /** Who deleted and who moved what, in the order of the log, after a seq. */
  async notesAfter(documentId: string, seq: number): Promise<AttributionNote[]> {
    const rows = await this.db.em.find(DocumentAttributionRow, {
      where: { documentId, seq: MoreThan(seq) },
      order: { seq: 'ASC', ordinal: 'ASC' },
    });
    return rows.map(({ kind, ...note }) => ({ ...note, kind: kind as AttributionNote['kind'] }));
  }

  /** The people who took the document's leases, as known then, by lease; by user where a lease doesn't say. */
  async authors(documentId: string): Promise<{ byLease: Map<number, ActorSnapshot>; byUser: Map<string, ActorSnapshot> }> {
    const rows = await this.db.em.find(DocumentLeaseRow, { where: { documentId, author: Not(IsNull()) }, order: { takenAt: 'ASC' } });
    const known = rows.map((row) => ({ ...row, author: JSON.parse(row.author as string) as ActorSnapshot }));
    return {
      byLease: new Map(known.map(({ clientId, author }) => [clientId, author])),
      byUser: new Map(known.map(({ userId, author }) => [userId, author])),
    };
  }
}
