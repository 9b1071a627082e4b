import { In, IsNull } from 'typeorm';
import type { ActorSnapshot } from '../accounts/index.js';
import type { Database } from '../../platform/database.js';
import { EvidenceRow } from './evidence.entity.js';
import type { Evidence } from './evidence.model.js';

export class EvidenceStore {
  constructor(private readonly db: Database) {}

  /** @throws a duplicate-key error (`isDuplicate`) when the measure has the same file */
  async add(evidence: Evidence): Promise<void> {
    const row = { ...evidence, liveSha256: evidence.sha256, uploadedBy: JSON.stringify(evidence.uploadedBy), removedBy: null };
    await this.rows.insert(row);
  }

  /** @returns false when it was removed already */
  async remove(id: string, at: Date, by: ActorSnapshot): Promise<boolean> {
    const change = { removedAt: at, removedBy: JSON.stringify(by), liveSha256: null };
    return (await this.rows.update({ id, removedAt: IsNull() }, change)).affected === 1;
  }

  async byId(id: string): Promise<Evidence | null> {
    const row = await this.rows.findOneBy({ id });
    return row && toEvidence(row);
  }

  /** The same bytes where they count for this measure. */
  async sameFile(planId: string, measureId: string, sha256: string): Promise<Evidence | null> {
    const row = await this.rows.findOneBy({ planId, measureId, liveSha256: sha256 });
    return row && toEvidence(row);
  }

  countOf(planId: string, measureId: string): Promise<number> {
    return this.rows.countBy({ planId, measureId, removedAt: IsNull() });
  }

  /** Those that count, oldest first. */
  ofPlans(planIds: readonly string[]): Promise<Evidence[]> {
    return this.find({ planId: In([...planIds]), removedAt: IsNull() });
  }

  /** All that were ever handed in, oldest first. */
  everOfPlans(planIds: readonly string[]): Promise<Evidence[]> {
    return this.find({ planId: In([...planIds]) });
  }

  /** Of these hashes, those that some row names, removed or not. */
  async named(sha256s: readonly string[]): Promise<Set<string>> {
    const rows = await this.rows.find({ where: { sha256: In([...sha256s]) }, select: { sha256: true } });
    return new Set(rows.map((row) => row.sha256));
  }

  private async find(where: Parameters<typeof this.rows.findBy>[0]): Promise<Evidence[]> {
    return (await this.rows.find({ where, order: { uploadedAt: 'ASC', id: 'ASC' } })).map(toEvidence);
  }

  private get rows() {
    return this.db.em.getRepository(EvidenceRow);
  }
}

const toEvidence = ({ liveSha256: _live, removedBy: _by, uploadedBy, ...row }: EvidenceRow): Evidence => ({
  ...row,
  uploadedBy: JSON.parse(uploadedBy) as ActorSnapshot,
});
