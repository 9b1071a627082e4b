import { providerReach, type Actor } from '../accounts/index.js';
import type { Database } from '../../platform/database.js';
import type {
  ContractAreaFacts,
  ContractAreaRef,
  ContractAreaYear,
  ContractRef,
  Huvudman,
  LadderRung,
  NewHuvudman,
  Provider,
  RowChange,
  Unit,
} from './contracts.model.js';
import { contractKey, factsChange, neutralProviderName, newHuvudman, refKey } from './contracts.rules.js';
import { ladderFor } from './ladder.rules.js';
import type { ContractsStore } from './contracts.store.js';

/** Huvudmän, contract areas per year, providers and their contracts. Answers facts; who may see them is asked by the caller. */
export class ContractsService {
  constructor(
    private readonly db: Database,
    private readonly store: ContractsStore,
  ) {}

  huvudman(id: string): Promise<Huvudman | null> {
    return this.store.huvudman(id);
  }

  /** Those that exist of `ids`, by name. One query. */
  huvudmen(ids: readonly string[]): Promise<Huvudman[]> {
    return this.store.huvudmen(ids);
  }

  huvudmanByKey(key: string): Promise<Huvudman | null> {
    return this.store.huvudmanByKey(key);
  }

  /** The actor's own huvudmän, and those its provider has a contract with. */
  async huvudmenOf(actor: Actor): Promise<Huvudman[]> {
    const own = actor.memberships.flatMap((membership) => membership.huvudmanId ?? []);
    const reach = providerReach(actor);
    const everywhere = reach.filter(({ huvudmanId }) => huvudmanId === null).map(({ providerId }) => providerId);
    const vouched = reach.flatMap(({ huvudmanId }) => huvudmanId ?? []);
    const byContract = await this.store.huvudmanIdsOfProviders(everywhere);
    return this.store.huvudmen([...new Set([...own, ...vouched, ...byContract])]);
  }

  /** null: there is no such huvudman. */
  async huvudmanName(id: string): Promise<string | null> {
    return (await this.store.huvudman(id))?.name ?? null;
  }

  /** null: there is no such provider. */
  async providerName(id: string): Promise<string | null> {
    return (await this.provider(id))?.name ?? null;
  }

  /** Whether the provider has a contract with the huvudman. */
  async providerServes(providerId: string, huvudmanId: string): Promise<boolean> {
    return (await this.store.huvudmanIdsOfProviders([providerId])).includes(huvudmanId);
  }

  /**
   * Local rules that are left out get the defaults of `newHuvudman`.
   * @throws a duplicate-key error when the key is taken
   */
  createHuvudman(huvudman: NewHuvudman): Promise<Huvudman> {
    return this.db.tx(() => this.store.addHuvudman(newHuvudman(huvudman)));
  }

  /** The year's areas by service area and the source's order. Two queries. */
  contractAreas(huvudmanId: string, year: number): Promise<ContractAreaYear[]> {
    return this.store.areas(huvudmanId, year);
  }

  /** Years that have contract areas, newest first. */
  years(huvudmanId: string): Promise<number[]> {
    return this.store.years(huvudmanId);
  }

  async contractArea(id: string, year: number): Promise<ContractAreaYear | null> {
    return (await this.store.areasById([id], [year]))[0] ?? null;
  }

  /** Areas by `refKey(ref)`, for lists. Two queries. */
  async contractAreasByRef(refs: readonly ContractAreaRef[]): Promise<Map<string, ContractAreaYear>> {
    const areas = await this.store.areasById([...new Set(refs.map((ref) => ref.id))], [...new Set(refs.map((ref) => ref.year))]);
    return new Map(areas.map((area) => [refKey(area), area]));
  }

  /** Every key the huvudman has had, in any year, with the area's id. */
  contractAreaIdsByKey(huvudmanId: string): Promise<Map<string, string>> {
    return this.store.areaIdsByKey(huvudmanId);
  }

  async provider(id: string): Promise<Provider | null> {
    return (await this.store.providers([id]))[0] ?? null;
  }

  /** Those that exist of `ids`, in no special order. One query. */
  providers(ids: readonly string[]): Promise<Provider[]> {
    return this.store.providers(ids);
  }

  /** Providers with a contract in the area, "utförare 1" first. */
  async providersIn(huvudmanId: string, contractAreaId: string): Promise<Provider[]> {
    return (await this.providersByArea(huvudmanId)).get(contractAreaId) ?? [];
  }

  /** The huvudman's providers by contract area id, "utförare 1" first. Two queries. */
  async providersByArea(huvudmanId: string): Promise<Map<string, Provider[]>> {
    const contracts = await this.store.contracts(huvudmanId);
    const providers = new Map((await this.store.providers(contracts.map((row) => row.providerId))).map((row) => [row.id, row]));
    const byArea = new Map<string, Provider[]>();
    for (const contract of contracts) {
      const provider = providers.get(contract.providerId);
      if (provider) byArea.set(contract.contractAreaId, [...(byArea.get(contract.contractAreaId) ?? []), provider]);
    }
    return byArea;
  }

  /** The provider by that name with a contract in the area; what is missing is created. */
  ensureProvider(huvudmanId: string, contractAreaId: string, name: string, form: string): Promise<Provider> {
    return this.db.tx(async () => {
      const provider = (await this.store.providerByName(name)) ?? (await this.store.addProvider(name));
      const inArea = await this.providersIn(huvudmanId, contractAreaId);
      if (!inArea.some((other) => other.id === provider.id)) {
        await this.store.addContract({ huvudmanId, contractAreaId, providerId: provider.id, position: inArea.length + 1, form });
      }
      return provider;
    });
  }

  /**
   * Gives an area that has no provider as many neutrally named ones as the source counts; none counted becomes one.
   * @returns the area's providers, "utförare 1" first
   */
  ensureNeutralProviders(area: ContractAreaYear): Promise<Provider[]> {
    return this.db.tx(async () => {
      const present = await this.providersIn(area.huvudmanId, area.id);
      if (present.length > 0) return present;
      const huvudman = await this.store.huvudman(area.huvudmanId);
      const providers: Provider[] = [];
      for (let number = 1; number <= Math.max(1, area.providerCount ?? 1); number++) {
        const name = await this.freeName(neutralProviderName(area.name, number), huvudman?.shortName ?? '');
        providers.push(await this.ensureProvider(area.huvudmanId, area.id, name, area.contractForms.join('|')));
      }
      return providers;
    });
  }

  /** The escalation ladders of these contracts by `contractKey`, lowest rung first. Two queries. */
  async laddersOf(contracts: readonly (ContractRef & { readonly huvudmanId: string })[]): Promise<Map<string, readonly LadderRung[]>> {
    const forms = await this.store.contractForms(contracts);
    const huvudmen = await this.store.huvudmen([...new Set(contracts.map(({ huvudmanId }) => huvudmanId))]);
    const ladders = new Map(huvudmen.map((huvudman) => [huvudman.id, huvudman.ladders]));
    return new Map(
      contracts.map((contract) => {
        const key = contractKey(contract);
        return [key, ladderFor(ladders.get(contract.huvudmanId) ?? [], forms.get(key) ?? '')];
      }),
    );
  }

  units(providerId: string): Promise<Unit[]> {
    return this.store.units(providerId);
  }

  unit(id: string): Promise<Unit | null> {
    return this.store.unit(id);
  }

  ensureUnit(providerId: string, name: string): Promise<Unit> {
    return this.db.tx(async () => {
      const present = (await this.store.units(providerId)).find((unit) => unit.name === name);
      return present ?? (await this.store.addUnit(providerId, name));
    });
  }

  /** What importing the rows would do, by key. Writes nothing. */
  async contractAreaChanges(
    huvudmanId: string,
    year: number,
    rows: ReadonlyMap<string, ContractAreaFacts>,
  ): Promise<Map<string, RowChange>> {
    const present = new Map((await this.store.areas(huvudmanId, year)).map((area) => [area.key, area]));
    return new Map([...rows].map(([key, facts]) => [key, factsChange(present.get(key), facts)]));
  }

  /** Creates or changes the year's areas by key. Areas the rows don't name stay as they are. */
  importContractAreas(huvudmanId: string, year: number, rows: ReadonlyMap<string, ContractAreaFacts>): Promise<void> {
    return this.db.tx(async () => {
      const changes = await this.contractAreaChanges(huvudmanId, year, rows);
      const ids = await this.store.areaIdsByKey(huvudmanId);
      let position = await this.store.lastPosition(huvudmanId, year);
      for (const [key, facts] of rows) {
        const id = ids.get(key) ?? (await this.store.addArea(huvudmanId, key));
        if (changes.get(key) === 'CREATED') await this.store.addAreaYear(huvudmanId, id, year, ++position, facts);
        if (changes.get(key) === 'UPDATED') await this.store.changeAreaYear(id, year, facts);
      }
    });
  }

  /** Two huvudmän may both have an area called the same; their invented providers must not become one. */
  private async freeName(name: string, shortName: string): Promise<string> {
    return (await this.store.providerByName(name)) ? `${name} (${shortName})` : name;
  }
}
