import type { NewHuvudman } from '../features/contracts/index.js';
import { SHARED_PROVIDER } from './norrtalje.js';
import { huvudmanPerson } from './people.js';
import { DEMO_YEAR, demandPlans, importFile, type SeedDeps } from './steps.js';

const EXEMPEL: NewHuvudman = {
  key: 'exempel',
  name: 'Exempelkommunen',
  shortName: 'Exempel',
  planWord: 'åtgärdsplan',
  metStep: 'APPROVED',
  boardName: 'omsorgsnämnden',
  diaryPrefix: 'EX',
};

/** Invented. */
const AREAS = `key,name,service_area,service_area_source,category,grade,providers,units,contract_forms,laws
hemtjanst,Hemtjänst,1,stated,C,yellow,2,,LOV,SoL
dagverksamhet,Dagverksamhet,1,stated,A,green,1,,LOU,SoL
ledsagning,Ledsagning,2,stated,B,,1,,ramavtal,SoL|LSS
`;
const FINDINGS = `contract_area,key,kind,law,focus_area,krav,observation,plan_in_source,plan_source,provider
hemtjanst,ht-1,brist,SoL,dokumentation,Aktuella genomförandeplaner,Några genomförandeplaner är inte uppdaterade under året,begärd,stated,"${SHARED_PROVIDER}"
hemtjanst,ht-2,utvecklingsområde,SoL,samverkan,Samverkan vid in- och utskrivning,Rutinen för samverkan behöver utvecklas,begärd,stated,"${SHARED_PROVIDER}"
`;

/** A second huvudman with its own words, not yet decided, and a provider that also has a contract with the first. */
export async function seedExempel(deps: SeedDeps): Promise<void> {
  const contracts = deps.contracts.service;
  const huvudman = await contracts.createHuvudman(EXEMPEL);
  const avtalsansvarig = await huvudmanPerson(deps.accounts.service, huvudman, 'AVTALSANSVARIG');
  const administrator = await huvudmanPerson(deps.accounts.service, huvudman, 'ADMINISTRATOR');
  await importFile(deps, administrator, huvudman.id, { kind: 'CONTRACT_AREAS', csv: AREAS, fileName: 'exempel-avtalsomraden.csv' });
  const areas = await contracts.contractAreas(huvudman.id, DEMO_YEAR);
  const hemtjanst = areas.find((area) => area.key === 'hemtjanst');
  if (!hemtjanst) throw new Error('the demo has lost its area');
  await contracts.ensureProvider(huvudman.id, hemtjanst.id, SHARED_PROVIDER, 'LOV');
  for (const area of areas) await contracts.ensureNeutralProviders(area);
  await importFile(deps, administrator, huvudman.id, { kind: 'FINDINGS', csv: FINDINGS, fileName: 'exempel-brister.csv' });
  const findings = await deps.findings.service.findingsOf(huvudman.id, DEMO_YEAR);
  await demandPlans(deps, avtalsansvarig, hemtjanst, findings, 'gul');
}
