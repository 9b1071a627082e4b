import { afterEach, beforeEach, expect, test } from 'vitest';
import { scratchDatabase } from '../../../test/harness/scratchDatabase.js';
import { Events } from '../platform/events.js';
import { LocalTopics } from '../platform/topics.js';
import { assessmentEntities, createAssessment } from '../features/assessment/index.js';
import { auditEntities, createAudit } from '../features/audit/index.js';
import { contractsEntities, createContracts } from '../features/contracts/index.js';
import { createFindings, findingsEntities } from '../features/findings/index.js';
import { createImports } from '../features/imports/index.js';
import { runImport, type ImportCommandDeps } from './import.js';

const AREAS = `key,name,service_area,service_area_source,category,grade,providers,units,contract_forms,laws
fot,Fotsjukvård,1,stated,A,yellow,2,,LOV,HSL
`;
const FILES: Readonly<Record<string, Uint8Array>> = {
  'areas.csv': new TextEncoder().encode(AREAS),
  'faulty.csv': new TextEncoder().encode(AREAS.replace('yellow', 'blå')),
  'latin1.csv': new Uint8Array(Buffer.from(AREAS, 'latin1')),
};

let deps: ImportCommandDeps;
let said: string[];
let complained: string[];
let close: () => Promise<void>;

beforeEach(async () => {
  const scratch = await scratchDatabase([...contractsEntities, ...findingsEntities, ...assessmentEntities, ...auditEntities]);
  const { db } = scratch;
  close = scratch.close;
  const clock = { now: () => new Date('2026-03-01T12:00:00Z') };
  const contracts = createContracts({ db }).service;
  const findings = createFindings({ db, contracts }).service;
  const audit = createAudit({ db, clock }).service;
  const plans = { planEvents: () => Promise.resolve([]) };
  const { gradeBook } = createAssessment({ db, clock, topics: new LocalTopics(), events: new Events(), contracts, findings, audit, plans });
  [said, complained] = [[], []];
  deps = {
    contracts,
    imports: createImports({ db, contracts, findings, gradeBook, audit }).service,
    readFile: (path) => (FILES[path] ? Promise.resolve(FILES[path]) : Promise.reject(new Error('ENOENT'))),
    print: (line) => said.push(line),
    complain: (line) => complained.push(line),
  };
  await contracts.createHuvudman({ key: 'kson', name: 'Huvudmannen', shortName: 'H' });
});
afterEach(() => close());

const run = (...more: string[]) => runImport(['--huvudman', 'kson', '--year', '2022', '--kind', 'contract-areas', ...more], deps);

test('reads a file and says what it did; again, it changes nothing', async () => {
  expect(await run('areas.csv', '--dry-run')).toBe(0);
  expect(await run('areas.csv')).toBe(0);
  expect(await run('areas.csv')).toBe(0);
  expect(said).toEqual([
    '1 rader: 1 nya, 0 ändrade, 0 oförändrade. Provkörning: inget skrevs.',
    '1 rader: 1 nya, 0 ändrade, 0 oförändrade.',
    '1 rader: 0 nya, 0 ändrade, 1 oförändrade.',
  ]);
});

test.each([
  ['a faulty row, with its line and column', ['faulty.csv'], /^rad 2, grade: "blå"/],
  ['another encoding', ['latin1.csv'], /UTF-8/],
  ['a file that is not there', ['nej.csv'], /nej\.csv går inte att läsa/],
])('complains of %s', async (_name, more, words) => {
  expect(await run(...more)).toBe(1);
  expect(complained[0]).toMatch(words);
  expect(said).toEqual([]);
});

test('an unknown huvudman is said', async () => {
  expect(await runImport(['--huvudman', 'x', '--year', '2022', '--kind', 'findings', 'areas.csv'], deps)).toBe(1);
  expect(complained).toEqual(['Det finns ingen huvudman med nyckeln x.']);
});

test.each([
  [[]],
  [['--huvudman', 'kson', '--year', '22', '--kind', 'findings', 'a.csv']],
  [['--huvudman', 'kson', '--year', '2022', '--kind', 'allt', 'a.csv']],
  [['--huvudman', 'kson', '--year', '2022', '--kind', 'findings']],
  [['--okänd']],
])('wrong use shows how: %j', async (argv) => {
  expect(await runImport(argv, deps)).toBe(2);
  expect(complained.at(-1)).toContain('npm run import --');
});
