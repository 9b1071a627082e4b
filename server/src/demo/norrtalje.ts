import { readFile } from 'node:fs/promises';
import type { Actor, Role } from '../features/accounts/index.js';
import type { Huvudman, NewHuvudman } from '../features/contracts/index.js';
import { huvudmanPerson, providerPerson } from './people.js';
import { accepted, DEMO_YEAR, demandPlans, importFile, type SeedDeps } from './steps.js';

/** Public facts of the year 2022, as committed with the product. */
const FOLDER = new URL('../../../demo/norrtalje-2022/', import.meta.url);
const FILES = {
  areas: 'norrtalje-2022-contract-areas.csv',
  findings: 'norrtalje-2022-findings.csv',
  stated: 'norrtalje-2022-stated.csv',
  earlier: 'norrtalje-earlier-grades.csv',
} as const;

export const KSON_KEY = 'kson';
/** The provider that has contracts with both of the demo's huvudmän. */
export const SHARED_PROVIDER = 'Kundvalet, utförare 1';
const SHARED_AREA = 'kundvalet';
/** Quality work that is also a matter of patient safety: reviewed on both tracks. */
const BOTH_TRACKS = ['kv-2'];

const KSON: NewHuvudman = {
  key: KSON_KEY,
  name: 'Kommunalförbundet sjukvård och omsorg i Norrtälje',
  shortName: 'KSON',
  planWord: 'handlingsplan',
  metStep: 'VERIFIED',
  boardName: 'direktionen',
  diaryPrefix: 'KSON',
};

const OTHER_ROLES: readonly Role[] = ['UPPFOLJARE', 'MAS', 'MAR', 'SAS', 'KLG', 'NAMND'];
const COLOUR_WORDS = { GREEN: 'grön', YELLOW: 'gul', RED: 'röd' } as const;

/** Norrtälje's year 2022: fixed in June 2023, eleven areas with a demand. Providers are invented and neutral. */
export async function seedNorrtalje(deps: SeedDeps): Promise<void> {
  const huvudman = await deps.contracts.service.createHuvudman(KSON);
  const person = (role: Role): Promise<Actor> => huvudmanPerson(deps.accounts.service, huvudman, role);
  const avtalsansvarig = await person('AVTALSANSVARIG');
  const administrator = await person('ADMINISTRATOR');
  const direktor = await person('DIREKTOR');
  for (const role of OTHER_ROLES) await person(role);
  await importYear(deps, administrator, huvudman.id);
  await fixYear(deps, direktor, huvudman.id);
  await demandAll(deps, avtalsansvarig, huvudman);
}

async function importYear(deps: SeedDeps, actor: Actor, huvudmanId: string): Promise<void> {
  const file = async (name: string) => ({ csv: await readFile(new URL(name, FOLDER)), fileName: name });
  await importFile(deps, actor, huvudmanId, { kind: 'CONTRACT_AREAS', ...(await file(FILES.areas)) });
  for (const area of await deps.contracts.service.contractAreas(huvudmanId, DEMO_YEAR)) {
    await deps.contracts.service.ensureNeutralProviders(area);
  }
  await importFile(deps, actor, huvudmanId, { kind: 'FINDINGS', ...(await file(FILES.findings)) });
  await importFile(deps, actor, huvudmanId, { kind: 'STATED_FIGURES', ...(await file(FILES.stated)) });
  await importFile(deps, actor, huvudmanId, { kind: 'EARLIER_GRADES', ...(await file(FILES.earlier)) });
}

async function fixYear(deps: SeedDeps, actor: Actor, huvudmanId: string): Promise<void> {
  const stated = await deps.assessment.service.statedFigures(actor, DEMO_YEAR, huvudmanId);
  const decidedOn = stated.find(({ figure }) => figure === 'decided')?.value;
  if (!decidedOn) throw new Error(`${FILES.stated} states no date of decision`);
  accepted(await deps.assessment.service.fixAssessment(actor, { huvudmanId, year: DEMO_YEAR, decidedOn }));
}

async function demandAll(deps: SeedDeps, actor: Actor, huvudman: Huvudman): Promise<void> {
  const { areas } = await deps.assessment.service.assessment(actor, DEMO_YEAR, huvudman.id);
  const findings = Map.groupBy(await deps.findings.service.findingsOf(huvudman.id, DEMO_YEAR), (finding) => finding.contractAreaId);
  for (const { contractArea, fixed, providers } of areas) {
    const own = findings.get(contractArea.id) ?? [];
    const provider = providers.find((each) => each.provider.id === own[0]?.providerId)?.provider;
    if (fixed === null || fixed === 'GREEN' || !provider) continue;
    await demandPlans(deps, actor, contractArea, own, COLOUR_WORDS[fixed], BOTH_TRACKS);
    const place = { key: `${contractArea.key}-1`, provider, huvudman };
    await providerPerson(deps.accounts.service, place, 'VERKSAMHETSCHEF');
    if (contractArea.key !== SHARED_AREA) continue;
    const unit = await deps.contracts.service.ensureUnit(provider.id, 'Enhet 1');
    await providerPerson(deps.accounts.service, { ...place, unitId: unit.id }, 'ENHETSCHEF');
    await providerPerson(deps.accounts.service, place, 'MEDARBETARE');
  }
}
