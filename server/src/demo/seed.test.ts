import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anActor } from '../../../test/builders/plansWorld.js';
import { scratchDatabase } from '../../../test/harness/scratchDatabase.js';
import { accountsEntities, createAccounts, type AccountsService } from '../features/accounts/index.js';
import { assessmentEntities, createAssessment } from '../features/assessment/index.js';
import { auditEntities, createAudit, type AuditService } from '../features/audit/index.js';
import { contractsEntities, createContracts } from '../features/contracts/index.js';
import { createFindings, findingsEntities } from '../features/findings/index.js';
import { createHandlingsplaner, handlingsplanerEntities, type HandlingsplanerDeps } from '../features/handlingsplaner/index.js';
import { createImports } from '../features/imports/index.js';
import { Events } from '../platform/events.js';
import { LocalTopics } from '../platform/topics.js';
import { seedDemo } from './seed.js';
import { DEMO_YEAR, type SeedDeps } from './steps.js';

let deps: SeedDeps;
let accounts: AccountsService;
let audit: AuditService;
let close: () => Promise<void>;

beforeEach(async () => {
  const scratch = await scratchDatabase([
    ...[...contractsEntities, ...findingsEntities, ...assessmentEntities, ...auditEntities],
    ...[...accountsEntities, ...handlingsplanerEntities],
  ]);
  const { db } = scratch;
  close = scratch.close;
  const clock = { now: () => new Date('2026-03-01T12:00:00Z') };
  const [events, topics] = [new Events(), new LocalTopics()];
  const contracts = createContracts({ db });
  const findings = createFindings({ db, contracts: contracts.service });
  const audited = createAudit({ db, clock });
  audit = audited.service;
  const { accessLog } = audited;
  const shared = { db, clock, events, topics, contracts: contracts.service, findings: findings.service, audit, accessLog };
  const config = { demo: true, signInAttemptsPerQuarter: 10, sessionIdleHours: 1 };
  const people = createAccounts({ ...shared, config, publicUrl: () => '', record: audit, organisations: contracts.service });
  accounts = people.service;
  // A demand opens no document: nothing of co-editing is reached.
  const collaboration = {
    createDocument: () => Promise.reject(new Error('a demand opens no document')),
    freeze: () => Promise.reject(new Error('nothing is handed in')),
    read: () => Promise.reject(new Error('nothing is read')),
    changeAccess: () => Promise.reject(new Error('nobody writes')),
  };
  const evidence = { evidenceManifest: () => Promise.resolve([]), ofPlans: () => Promise.resolve([]) };
  const handlingsplaner = createHandlingsplaner({ ...shared, evidence, collaboration: collaboration as unknown as HandlingsplanerDeps['collaboration'] });
  const assessment = createAssessment({ ...shared, plans: handlingsplaner.service });
  const imports = createImports({ ...shared, gradeBook: assessment.gradeBook });
  deps = { db, clock, accounts: people, contracts, findings, imports, assessment, handlingsplaner };
});
afterEach(() => close());

const huvudman = async (key: string) => {
  const found = await deps.contracts.service.huvudmanByKey(key);
  if (!found) throw new Error(`no ${key}`);
  return found;
};

describe('the demo', () => {
  beforeEach(() => seedDemo(deps));

  test('Norrtälje 2022 is decided, with a demand for each of the eleven areas and a plan for each of the 26 findings', async () => {
    const { id } = await huvudman('kson');
    const events = await deps.handlingsplaner.service.planEvents(id, DEMO_YEAR);
    expect(events).toHaveLength(26);
    expect(new Set(events.map((event) => event.contractAreaId)).size).toBe(11);
    expect(await deps.assessment.service.recompute(id, DEMO_YEAR)).toEqual({ plans: 26, differing: 0 });
    expect((await audit.verify(id)).broken).toBeNull();
  });

  test('one plan is reviewed on both tracks, each of the others by its law', async () => {
    const { id } = await huvudman('kson');
    const { nodes } = await deps.handlingsplaner.service.plans(anActor('AVTALSANSVARIG', id), {}, 50, null);
    const both = nodes.filter(({ plan }) => plan.tracks.length === 2);
    expect(both.map(({ finding, plan }) => [finding.key, plan.tracks.map(({ track }) => track)])).toEqual([['kv-2', ['AVTAL', 'HSL']]]);
    expect(nodes.every(({ plan }) => /^KSON 2026\/\d+$/.test(plan.diaryNumber ?? ''))).toBe(true);
  });

  test('every area has its providers, as many as the source counts and at least one', async () => {
    const { id } = await huvudman('kson');
    const providers = await deps.contracts.service.providersByArea(id);
    for (const area of await deps.contracts.service.contractAreas(id, DEMO_YEAR)) {
      const names = (providers.get(area.id) ?? []).map((provider) => provider.name);
      expect(names).toHaveLength(area.providerCount ?? 1);
      for (const [at, name] of names.entries()) expect(name).toMatch(new RegExp(`, utförare ${at + 1}$`));
    }
  });

  test('one provider has contracts with both huvudmän, and plans with both', async () => {
    const [kson, exempel] = [await huvudman('kson'), await huvudman('exempel')];
    const of = async (huvudmanId: string) => new Set((await deps.handlingsplaner.service.planEvents(huvudmanId, DEMO_YEAR)).map((event) => event.providerId));
    const [here, there] = [await of(kson.id), await of(exempel.id)];
    const both = [...here].filter((id) => there.has(id));
    expect(await deps.contracts.service.providers(both)).toMatchObject([{ name: 'Kundvalet, utförare 1' }]);
    expect(exempel).toMatchObject({ planWord: 'åtgärdsplan', metStep: 'APPROVED' });
  });

  test('there is a button for every role, and a verksamhetschef for every provider with a demand', async () => {
    const buttons = await accounts.demoAccounts();
    expect(new Set(buttons.map((button) => button.role)).size).toBe(12);
    expect(buttons.filter((button) => button.role === 'VERKSAMHETSCHEF')).toHaveLength(11);
    expect(buttons.filter((button) => button.organisation === 'Exempelkommunen').map((button) => button.role).sort()).toEqual(['ADMINISTRATOR', 'AVTALSANSVARIG']);
    expect(buttons.find((button) => button.key === 'kundvalet-1-verksamhetschef')?.organisation).toBe('Kundvalet, utförare 1');
  });

  test('seeding again changes nothing', async () => {
    const { id } = await huvudman('kson');
    const before = (await audit.verify(id)).headHash;
    await seedDemo(deps);
    expect((await audit.verify(id)).headHash).toBe(before);
  });
});

test('a seeding that fails leaves nothing half made', async () => {
  const broken = { ...deps, handlingsplaner: { service: { issueDemand: () => Promise.reject(new Error('away')) } } } as unknown as SeedDeps;
  await expect(seedDemo(broken)).rejects.toThrow('away');
  expect(await deps.contracts.service.huvudmanByKey('kson')).toBeNull();
  expect(await accounts.demoAccounts()).toEqual([]);
});
