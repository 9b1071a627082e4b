import { refKey, type ContractAreaYear, type ContractsService, type Provider, type RowChange } from '../contracts/index.js';
import type { Database } from '../../platform/database.js';
import { sha256 } from '../../platform/ids.js';
import type { Finding, FindingFacts, FindingView } from './findings.model.js';
import { factsChange, yearsInRow } from './findings.rules.js';
import type { FindingsStore } from './findings.store.js';

/** Findings and the krav they point at. Answers facts; who may see them is asked by the caller. */
export class FindingsService {
  constructor(
    private readonly db: Database,
    private readonly store: FindingsStore,
    private readonly contracts: ContractsService,
  ) {}

  async finding(id: string): Promise<Finding | null> {
    return (await this.store.byIds([id]))[0] ?? null;
  }

  /** Those that exist of `ids`. Two queries. */
  findings(ids: readonly string[]): Promise<Finding[]> {
    return this.store.byIds(ids);
  }

  /** The year's findings in the source's order. Two queries. */
  findingsOf(huvudmanId: string, year: number): Promise<Finding[]> {
    return this.store.ofYear(huvudmanId, year);
  }

  /** Findings by id, each with its area and provider. Five queries whatever the number. */
  async views(ids: readonly string[]): Promise<Map<string, FindingView>> {
    const findings = await this.store.byIds([...new Set(ids)]);
    const areas = await this.contracts.contractAreasByRef(findings.map((finding) => ({ id: finding.contractAreaId, year: finding.year })));
    const providers = byId(await this.contracts.providers([...new Set(findings.map((finding) => finding.providerId))]));
    const views = new Map<string, FindingView>();
    for (const finding of findings) {
      const contractArea = areas.get(refKey({ id: finding.contractAreaId, year: finding.year }));
      const provider = providers.get(finding.providerId);
      if (contractArea && provider) views.set(finding.id, { ...finding, contractArea, provider });
    }
    return views;
  }

  /** By finding id: for how many years in a row, its own included, its provider has had a finding against its krav. One query. */
  async yearsStanding(findings: readonly Finding[]): Promise<Map<string, number>> {
    const rows = await this.store.standings(findings.map(({ kravId }) => kravId));
    const years = Map.groupBy(rows, standingKey);
    return new Map(
      findings.map((finding) => [
        finding.id,
        yearsInRow(
          finding.year,
          (years.get(standingKey(finding)) ?? []).map(({ year }) => year),
        ),
      ]),
    );
  }

  /** What importing the rows would do, by key. Writes nothing. */
  async findingChanges(huvudmanId: string, year: number, rows: ReadonlyMap<string, FindingFacts>): Promise<Map<string, RowChange>> {
    const present = new Map((await this.store.ofYear(huvudmanId, year)).map((finding) => [finding.key, finding]));
    const areas = await this.contracts.contractAreas(huvudmanId, year);
    const areaKeys = new Map(areas.map((area) => [area.id, area.key]));
    const providers = byId(await this.contracts.providers([...present.values()].map((finding) => finding.providerId)));
    return new Map(
      [...rows].map(([key, facts]) => {
        const finding = present.get(key);
        if (!finding) return [key, 'CREATED'];
        const areaKey = areaKeys.get(finding.contractAreaId) ?? '';
        const providerName = finding.providerAssumed ? null : (providers.get(finding.providerId)?.name ?? null);
        return [key, factsChange({ ...finding, contractAreaKey: areaKey, providerName }, facts)];
      }),
    );
  }

  /**
   * Creates or changes the year's findings by key. A new finding whose provider the rows don't name is given to "utförare 1" of its area.
   * The rows' area keys must exist that year, and named providers must have a contract in the area.
   */
  importFindings(huvudmanId: string, year: number, rows: ReadonlyMap<string, FindingFacts>): Promise<void> {
    return this.db.tx(async () => {
      const changes = await this.findingChanges(huvudmanId, year, rows);
      const present = new Map((await this.store.ofYear(huvudmanId, year)).map((finding) => [finding.key, finding]));
      const areas = new Map((await this.contracts.contractAreas(huvudmanId, year)).map((area) => [area.key, area]));
      let position = await this.store.lastPosition(huvudmanId, year);
      for (const [key, facts] of rows) {
        const area = areas.get(facts.contractAreaKey);
        if (!area) throw new Error(`no contract area ${facts.contractAreaKey} in ${year}`);
        if (changes.get(key) === 'UNCHANGED') continue;
        const finding = present.get(key);
        const row = { huvudmanId, year, key, ...(await this.columns(area, facts, finding)) };
        if (finding) await this.store.change(finding.id, row);
        else await this.store.add({ ...row, position: ++position });
      }
    });
  }

  private async columns(area: ContractAreaYear, facts: FindingFacts, present: Finding | undefined) {
    const { kind, observation, planInSource, planSource } = facts;
    const kravId = await this.ensureKrav(area.id, facts);
    const stated = { contractAreaId: area.id, kravId, kind, observation, planInSource, planSource };
    if (facts.providerName === null && present?.contractAreaId === area.id) {
      return { ...stated, providerId: present.providerId, providerAssumed: present.providerAssumed };
    }
    const provider = pickProvider(await this.contracts.ensureNeutralProviders(area), facts.providerName);
    return { ...stated, providerId: provider.id, providerAssumed: facts.providerName === null };
  }

  private async ensureKrav(contractAreaId: string, facts: FindingFacts): Promise<string> {
    const { law, focusArea, krav: text } = facts;
    const textHash = sha256(JSON.stringify([law, focusArea, text]));
    return (
      (await this.store.kravId(contractAreaId, textHash)) ?? (await this.store.addKrav({ contractAreaId, textHash, text, law, focusArea }))
    );
  }
}

function pickProvider(providers: readonly Provider[], name: string | null): Provider {
  const provider = name === null ? providers[0] : providers.find((each) => each.name === name);
  if (!provider) throw new Error('the area has no such provider');
  return provider;
}

const standingKey = ({ huvudmanId, kravId, providerId }: Pick<Finding, 'huvudmanId' | 'kravId' | 'providerId'>): string =>
  `${huvudmanId}:${kravId}:${providerId}`;

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> => new Map(rows.map((row) => [row.id, row]));
