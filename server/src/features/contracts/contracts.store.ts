import { In } from 'typeorm';
import type { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import { ContractAreaRow, ContractAreaYearRow, ContractRow, HuvudmanRow, ProviderRow, UnitRow } from './contracts.entity.js';
import type { ContractAreaFacts, ContractAreaYear, ContractRef, Huvudman, LadderTemplate, Provider, Unit } from './contracts.model.js';
import { contractKey } from './contracts.rules.js';
import { USUAL_LADDERS } from './ladder.rules.js';

/** Every query of contracts. */
export class ContractsStore {
  constructor(private readonly db: Database) {}

  async huvudman(id: string): Promise<Huvudman | null> {
    const row = await this.db.em.findOneBy(HuvudmanRow, { id });
    return row && toHuvudman(row);
  }

  async huvudmanByKey(key: string): Promise<Huvudman | null> {
    const row = await this.db.em.findOneBy(HuvudmanRow, { key });
    return row && toHuvudman(row);
  }

  async huvudmen(ids: readonly string[]): Promise<Huvudman[]> {
    return (await this.db.em.find(HuvudmanRow, { where: { id: In([...ids]) }, order: { name: 'ASC' } })).map(toHuvudman);
  }

  async addHuvudman(huvudman: Omit<Huvudman, 'id'>): Promise<Huvudman> {
    const ladders = huvudman.ladders === USUAL_LADDERS ? null : JSON.stringify(huvudman.ladders);
    const row = Object.assign(new HuvudmanRow(), huvudman, { id: newId(), ladders });
    await this.db.em.insert(HuvudmanRow, row);
    return toHuvudman(row);
  }

  async huvudmanIdsOfProviders(providerIds: readonly string[]): Promise<string[]> {
    const rows = await this.db.em.findBy(ContractRow, { providerId: In([...providerIds]) });
    return [...new Set(rows.map((row) => row.huvudmanId))];
  }

  /** Areas of one year, in the source's order within their service area. */
  async areas(huvudmanId: string, year: number): Promise<ContractAreaYear[]> {
    const rows = await this.db.em.find(ContractAreaYearRow, {
      where: { huvudmanId, year },
      order: { serviceArea: 'ASC', position: 'ASC' },
    });
    return this.withKeys(rows);
  }

  async areasById(ids: readonly string[], years: readonly number[]): Promise<ContractAreaYear[]> {
    return this.withKeys(await this.db.em.findBy(ContractAreaYearRow, { contractAreaId: In([...ids]), year: In([...years]) }));
  }

  /** Years that have areas, newest first. */
  async years(huvudmanId: string): Promise<number[]> {
    const query = this.db.em.createQueryBuilder(ContractAreaYearRow, 'area').select('area.year', 'year').distinct(true);
    const rows = await query
      .where('area.huvudmanId = :huvudmanId', { huvudmanId })
      .orderBy('area.year', 'DESC')
      .getRawMany<{ year: number }>();
    return rows.map((row) => row.year);
  }

  /** Every key the huvudman has ever had, with the area's id. */
  async areaIdsByKey(huvudmanId: string): Promise<Map<string, string>> {
    const rows = await this.db.em.findBy(ContractAreaRow, { huvudmanId });
    return new Map(rows.map((row) => [row.key, row.id]));
  }

  async addArea(huvudmanId: string, key: string): Promise<string> {
    const row = Object.assign(new ContractAreaRow(), { id: newId(), huvudmanId, key });
    await this.db.em.insert(ContractAreaRow, row);
    return row.id;
  }

  async addAreaYear(huvudmanId: string, contractAreaId: string, year: number, position: number, facts: ContractAreaFacts): Promise<void> {
    const row = { ...columns(facts), id: newId(), huvudmanId, contractAreaId, year, position };
    await this.db.em.insert(ContractAreaYearRow, Object.assign(new ContractAreaYearRow(), row));
  }

  async changeAreaYear(contractAreaId: string, year: number, facts: ContractAreaFacts): Promise<void> {
    await this.db.em.update(ContractAreaYearRow, { contractAreaId, year }, columns(facts));
  }

  async lastPosition(huvudmanId: string, year: number): Promise<number> {
    return (await this.db.em.maximum(ContractAreaYearRow, 'position', { huvudmanId, year })) ?? 0;
  }

  providers(ids: readonly string[]): Promise<Provider[]> {
    return this.db.em.findBy(ProviderRow, { id: In([...ids]) });
  }

  providerByName(name: string): Promise<Provider | null> {
    return this.db.em.findOneBy(ProviderRow, { name });
  }

  async addProvider(name: string): Promise<Provider> {
    const row = Object.assign(new ProviderRow(), { id: newId(), name });
    await this.db.em.insert(ProviderRow, row);
    return row;
  }

  /** The forms of these contracts, by `contractKey`. One query. */
  async contractForms(contracts: readonly ContractRef[]): Promise<Map<string, string>> {
    const rows = await this.db.em.findBy(ContractRow, {
      contractAreaId: In([...new Set(contracts.map(({ contractAreaId }) => contractAreaId))]),
      providerId: In([...new Set(contracts.map(({ providerId }) => providerId))]),
    });
    return new Map(rows.map((row) => [contractKey(row), row.form]));
  }

  /** The huvudman's contracts in the order the providers were added to their area. */
  contracts(huvudmanId: string): Promise<ContractRow[]> {
    return this.db.em.find(ContractRow, { where: { huvudmanId }, order: { position: 'ASC' } });
  }

  async addContract(contract: Omit<ContractRow, 'id'>): Promise<void> {
    await this.db.em.insert(ContractRow, Object.assign(new ContractRow(), contract, { id: newId() }));
  }

  units(providerId: string): Promise<Unit[]> {
    return this.db.em.find(UnitRow, { where: { providerId }, order: { name: 'ASC' } });
  }

  unit(id: string): Promise<Unit | null> {
    return this.db.em.findOneBy(UnitRow, { id });
  }

  async addUnit(providerId: string, name: string): Promise<Unit> {
    const row = Object.assign(new UnitRow(), { id: newId(), providerId, name });
    await this.db.em.insert(UnitRow, row);
    return row;
  }

  private async withKeys(rows: ContractAreaYearRow[]): Promise<ContractAreaYear[]> {
    const areas = await this.db.em.findBy(ContractAreaRow, { id: In(rows.map((row) => row.contractAreaId)) });
    const keys = new Map(areas.map((area) => [area.id, area.key]));
    return rows.map((row) => ({
      id: row.contractAreaId,
      huvudmanId: row.huvudmanId,
      key: keys.get(row.contractAreaId) ?? '',
      year: row.year,
      name: row.name,
      serviceArea: row.serviceArea,
      serviceAreaSource: row.serviceAreaSource,
      category: row.category,
      laws: JSON.parse(row.laws) as string[],
      contractForms: JSON.parse(row.contractForms) as string[],
      providerCount: row.providerCount,
      unitCount: row.unitCount,
    }));
  }
}

/** A huvudman as the rest of the product reads it: without ladders of its own it has the usual ones. */
const toHuvudman = (row: HuvudmanRow): Huvudman => ({
  ...row,
  ladders: row.ladders === null ? USUAL_LADDERS : (JSON.parse(row.ladders) as LadderTemplate[]),
});

function columns(facts: ContractAreaFacts): Omit<ContractAreaYearRow, 'id' | 'huvudmanId' | 'contractAreaId' | 'year' | 'position'> {
  const { name, serviceArea, serviceAreaSource, category, providerCount, unitCount } = facts;
  return {
    name,
    serviceArea,
    serviceAreaSource,
    category,
    providerCount,
    unitCount,
    laws: JSON.stringify(facts.laws),
    contractForms: JSON.stringify(facts.contractForms),
  };
}
