import { huvudmenWhere, type Actor } from '../accounts/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import { DomainError, notFound } from '../../platform/outcome.js';
import type { AuditEntry, AuditFilter, AuditPage, AuditPageRequest, NewAuditEntry, Recorded, Verification } from './audit.model.js';
import {
  breakAt,
  canonicalJson,
  CHAIN_START,
  entryHash,
  hashOf,
  type AuditHeader,
  type ChainHead,
  type StoredEntry,
} from './audit.rules.js';
import type { AuditCursor, AuditStore } from './audit.store.js';

const MAX_PAGE = 200;
const VERIFY_BATCH = 500;

/** The record of formal acts (I11): appended to, chained by hash per huvudman, and provable afterwards. */
export class AuditService {
  constructor(
    private readonly db: Database,
    private readonly store: AuditStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Records a formal act in the transaction that carries it out: both happen or neither.
   * Holds the chain's lock until that transaction ends, so call it late in it.
   * @throws Error outside a transaction
   */
  async record(entry: NewAuditEntry): Promise<Recorded> {
    if (!this.db.inTransaction) throw new Error('A formal act is recorded in the transaction that carries it out');
    const ownerId = 'huvudmanId' in entry ? entry.huvudmanId : entry.providerId;
    const { userId, name, role, organisation, side } = entry.by;
    const details = canonicalJson(entry.details);
    const { seq, hash: previousHash } = await this.store.takeNext(ownerId);
    const at = this.clock.now();
    const header: AuditHeader = {
      v: 1,
      ownerId,
      seq,
      at: at.toISOString(),
      actor: { userId, name, role, organisation, side },
      act: entry.act,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      summary: entry.summary,
      detailsHash: hashOf(details),
      previousHash,
    };
    const hash = entryHash(header);
    await this.store.append(newId(), at, { ...header, details, hash });
    return { seq, hash };
  }

  /**
   * A page of the record, newest first, over the huvudmän where the actor may read it.
   * @throws DomainError NOT_FOUND when there is none, or not the one asked for; BAD_INPUT for a page size or cursor that isn't one
   */
  async list(actor: Actor, filter: AuditFilter, { first, after }: AuditPageRequest): Promise<AuditPage> {
    const readable = huvudmenWhere(actor, 'audit.read');
    const ownerIds = filter.huvudmanId ? readable.filter((id) => id === filter.huvudmanId) : readable;
    if (ownerIds.length === 0) throw notFound();
    if (first < 1 || first > MAX_PAGE) throw new DomainError('BAD_INPUT', `first ska vara 1–${MAX_PAGE}.`);
    const query = { ownerIds, subjectId: filter.subjectId ?? null, act: filter.act ?? null };
    const found = await this.store.page(query, first + 1, after ? readCursor(after) : null);
    const nodes = found.slice(0, first);
    const last = nodes.at(-1);
    return {
      nodes,
      totalCount: await this.store.count(query),
      hasNextPage: found.length > first,
      endCursor: last ? writeCursor(last) : null,
    };
  }

  /** A whole chain with its head, oldest first, as the verifier checks it. In a transaction the two belong together. */
  async chain(ownerId: string): Promise<{ head: ChainHead; entries: StoredEntry[] }> {
    const entries: StoredEntry[] = [];
    for (;;) {
      const batch = await this.store.entriesAfter(ownerId, entries.at(-1)?.seq ?? 0, VERIFY_BATCH);
      if (batch.length === 0) break;
      entries.push(...batch.map(inFull));
    }
    return { head: (await this.store.head(ownerId)) ?? { seq: 0, hash: CHAIN_START }, entries };
  }

  /** Walks a chain from its start and says where, if anywhere, it stops holding. `ownerId`: a huvudman's, or a provider's. */
  async verify(ownerId: string): Promise<Verification> {
    let reached: ChainHead = { seq: 0, hash: CHAIN_START };
    for (;;) {
      const batch = await this.store.entriesAfter(ownerId, reached.seq, VERIFY_BATCH);
      for (const entry of batch) {
        const broken = breakAt(entry, reached);
        if (broken) return { entries: reached.seq, headHash: reached.hash, broken };
        reached = { seq: entry.seq, hash: entry.hash };
      }
      if (batch.length > 0) continue;
      // The head is read after the entries: acts recorded meanwhile show as entries yet to walk, cut ones as a head that none reach.
      const head = (await this.store.head(ownerId)) ?? { seq: 0, hash: CHAIN_START };
      if (head.seq > reached.seq && (await this.store.entriesAfter(ownerId, reached.seq, 1)).length > 0) continue;
      const whole = head.seq === reached.seq && head.hash === reached.hash;
      return { entries: reached.seq, headHash: reached.hash, broken: whole ? null : { seq: reached.seq + 1, code: 'HEAD' } };
    }
  }
}

/** What the hash is over, the hash, and the details: nothing of the row beside. */
function inFull(entry: StoredEntry): StoredEntry {
  const { v, ownerId, seq, at, actor, act, subjectType, subjectId, summary, detailsHash, previousHash, details, hash } = entry;
  return { v, ownerId, seq, at, actor, act, subjectType, subjectId, summary, detailsHash, previousHash, details, hash };
}

const writeCursor = (entry: AuditEntry): string => Buffer.from(`${entry.at.getTime()}.${entry.seq}.${entry.id}`).toString('base64url');

function readCursor(text: string): AuditCursor {
  const [, at, seq, id] = /^(\d{1,15})\.(\d{1,10})\.([0-9a-f]{32})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (!at || !seq || !id) throw new DomainError('BAD_INPUT', 'Sidan finns inte: after är inte en markör från listan.');
  return { at: new Date(Number(at)), seq: Number(seq), id };
}
