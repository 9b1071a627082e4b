import { In } from 'typeorm';
import type { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import { FindingRow, KravRow } from './findings.entity.js';
import type { Finding } from './findings.model.js';

/** Every query of findings. */
export class FindingsStore {
  constructor(private readonly db: Database) {}

  async byIds(ids: readonly string[]): Promise<Finding[]> {
    return this.withKrav(await this.db.em.find(FindingRow, { where: { id: In([...ids]) }, order: { year: 'DESC', position: 'ASC' } }));
  }

  async ofYear(huvudmanId: string, year: number): Promise<Finding[]> {
    return this.withKrav(await this.db.em.find(FindingRow, { where: { huvudmanId, year }, order: { position: 'ASC' } }));
  }

  /** Huvudman, krav, provider and year of every finding against these krav. */
  standings(kravIds: readonly string[]): Promise<Pick<FindingRow, 'huvudmanId' | 'kravId' | 'providerId' | 'year'>[]> {
    const select = { huvudmanId: true, kravId: true, providerId: true, year: true } as const;
    return this.db.em.find(FindingRow, { where: { kravId: In([...new Set(kravIds)]) }, select });
  }

  async lastPosition(huvudmanId: string, year: number): Promise<number> {
    return (await this.db.em.maximum(FindingRow, 'position', { huvudmanId, year })) ?? 0;
  }

  async add(finding: Omit<FindingRow, 'id'>): Promise<void> {
    await this.db.em.insert(FindingRow, Object.assign(new FindingRow(), finding, { id: newId() }));
  }

  async change(id: string, finding: Omit<FindingRow, 'id' | 'position'>): Promise<void> {
    await this.db.em.update(FindingRow, { id }, finding);
  }

  async kravId(contractAreaId: string, textHash: string): Promise<string | null> {
    return (await this.db.em.findOneBy(KravRow, { contractAreaId, textHash }))?.id ?? null;
  }

  async addKrav(krav: Omit<KravRow, 'id'>): Promise<string> {
    const row = Object.assign(new KravRow(), krav, { id: newId() });
    await this.db.em.insert(KravRow, row);
    return row.id;
  }

  private async withKrav(rows: FindingRow[]): Promise<Finding[]> {
    const kravRows = await this.db.em.findBy(KravRow, { id: In([...new Set(rows.map((row) => row.kravId))]) });
    const krav = new Map(kravRows.map((row) => [row.id, row]));
    return rows.map((row) => {
      const {
        id,
        huvudmanId,
        year,
        key,
        kind,
        contractAreaId,
        providerId,
        providerAssumed,
        observation,
        kravId,
        planInSource,
        planSource,
      } = row;
      const { text, law, focusArea } = krav.get(kravId) ?? { text: '', law: null, focusArea: '' };
      return {
        ...{ id, huvudmanId, year, key, kind, contractAreaId, providerId, providerAssumed, observation, kravId, planInSource, planSource },
        ...{ krav: text, law, focusArea },
      };
    });
  }
}
