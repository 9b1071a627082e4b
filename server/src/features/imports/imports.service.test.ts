import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import type { Database } from '../../platform/database.js';
import { Events } from '../../platform/events.js';
import { Refused } from '../../platform/outcome.js';
import { LocalTopics } from '../../platform/topics.js';
import type { Actor, Role } from '../accounts/index.js';
import { assessmentEntities, createAssessment, type AssessmentService } from '../assessment/index.js';
import { auditEntities, createAudit, type AuditService } from '../audit/index.js';
import { contractsEntities, createContracts, type ContractsService } from '../contracts/index.js';
import { createFindings, findingsEntities, type FindingsService } from '../findings/index.js';
import { createImports, type ImportKind, type ImportReport, type ImportsService } from './index.js';

const FOLDER = new URL('../../../../demo/norrtalje-2022/', import.meta.url);
const FILES: Readonly<Record<ImportKind, string>> = {
  CONTRACT_AREAS: 'norrtalje-2022-contract-areas.csv',
  FINDINGS: 'norrtalje-2022-findings.csv',
  STATED_FIGURES: 'norrtalje-2022-stated.csv',
  EARLIER_GRADES: 'norrtalje-earlier-grades.csv',
};
const KINDS = Object.keys(FILES) as ImportKind[];
const text = (kind: ImportKind): string => readFileSync(new URL(FILES[kind], FOLDER), 'utf8');

/** A count of the file that shares no code with the import: lines, split at commas outside quotes. */
function recount(kind: ImportKind): Record<string, string>[] {
  const cells = (line: string) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => match[1] ?? match[2] ?? '');
  const [header = '', ...lines] = text(kind).trimEnd().split('\n');
  const names = cells(header);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, at) => [names[at] ?? '', cell])));
}

let db: Database;
let close: () => Promise<void>;
let contracts: ContractsService;
let findings: FindingsService;
let audit: AuditService;
let assessment: AssessmentService;
let imports: ImportsService;
let huvudmanId: string;

const someone = (role: Role, of: string): Actor => ({
  ...{ userId: role.toLowerCase(), name: role, sessionId: '' },
  memberships: [
    { id: 'm', role, side: 'ADMINISTRATION', organisation: 'H', huvudmanId: of, providerId: null, unitId: null, withinHuvudmanId: null },
  ],
});

beforeEach(async () => {
  const entities = [...contractsEntities, ...findingsEntities, ...assessmentEntities, ...auditEntities];
  ({ db, close } = await scratchDatabase(entities));
  const clock = { now: () => new Date('2026-03-01T12:00:00Z') };
  contracts = createContracts({ db }).service;
  findings = createFindings({ db, contracts }).service;
  audit = createAudit({ db, clock }).service;
  const plans = { planEvents: () => Promise.resolve([]) };
  const graded = createAssessment({ db, clock, topics: new LocalTopics(), events: new Events(), contracts, findings, audit, plans });
  assessment = graded.service;
  imports = createImports({ db, contracts, findings, gradeBook: graded.gradeBook, audit }).service;
  huvudmanId = (await contracts.createHuvudman({ key: 'h', name: 'Huvudmannen', shortName: 'H' })).id;
});
afterEach(() => close());

async function run(kind: ImportKind, csv = text(kind), dryRun = false): Promise<ImportReport> {
  const file = { kind, huvudmanId, year: 2022, csv, fileName: FILES[kind], dryRun };
  const outcome = await imports.importCsv(someone('ADMINISTRATOR', huvudmanId), file);
  if (outcome instanceof Refused) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
}

const importAll = async (): Promise<ImportReport[]> => {
  const reports: ImportReport[] = [];
  for (const kind of KINDS) reports.push(await run(kind));
  return reports;
};
const year = () => assessment.assessment(someone('UPPFOLJARE', huvudmanId), 2022, huvudmanId);
const fix = () => assessment.fixAssessment(someone('DIREKTOR', huvudmanId), { huvudmanId, year: 2022, decidedOn: '2023-06-08' });
const codes = (report: ImportReport) => report.errors.map(({ line, column, code }) => [line, column, code]);
const changed = (kind: ImportKind, from: string, to: string): string => {
  expect(text(kind)).toContain(from);
  return text(kind).replace(from, to);
};

describe('Norrtälje 2022', () => {
  test('every row of the four files is created', async () => {
    const reports = await importAll();
    expect(reports.map(({ created, updated, unchanged, applied }) => ({ created, updated, unchanged, applied }))).toEqual(
      KINDS.map((kind) => ({ created: recount(kind).length, updated: 0, unchanged: 0, applied: true })),
    );
  });

  test('grades per service area are those of the file: 44 areas, 33 green, 9 yellow, 2 red', async () => {
    await importAll();
    const { totals, areas } = await year();
    const rows = recount('CONTRACT_AREAS');
    const count = (serviceArea: number | null, grade: string) =>
      rows.filter((row) => (serviceArea === null || row['service_area'] === String(serviceArea)) && row['grade'] === grade).length;
    expect(totals.map(({ serviceArea, fixed: { green, yellow, red, all } }) => [serviceArea, green, yellow, red, all])).toEqual([
      [1, 12, 2, 0, 14],
      [2, 5, 0, 0, 5],
      [3, 15, 3, 1, 19],
      [4, 1, 4, 1, 6],
      [null, 33, 9, 2, 44],
    ]);
    for (const { serviceArea, fixed } of totals) {
      expect([fixed.green, fixed.yellow, fixed.red]).toEqual(['green', 'yellow', 'red'].map((grade) => count(serviceArea, grade)));
    }
    expect(areas.map(({ contractArea }) => contractArea.key).sort()).toEqual(rows.map((row) => row['key']).sort());
  });

  test('non-green by category: A 1 of 10, B 2 of 3, C 4 of 25, D 4 of 5', async () => {
    await importAll();
    const { areas } = await year();
    const of = (category: string) => areas.filter(({ contractArea }) => contractArea.category === category);
    const shares = ['A', 'B', 'C', 'D'].map((category) => [
      of(category).filter(({ fixed }) => fixed !== 'GREEN').length,
      of(category).length,
    ]);
    expect(shares).toEqual([
      [1, 10],
      [2, 3],
      [4, 25],
      [4, 5],
    ]);
  });

  test('findings are given to "utförare 1" of their area, marked as assumed', async () => {
    await importAll();
    const rows = await findings.findingsOf(huvudmanId, 2022);
    const views = await findings.views(rows.map((row) => row.id));
    expect(rows.map((row) => row.key)).toEqual(recount('FINDINGS').map((row) => row['key']));
    for (const view of views.values()) expect([view.provider.name.endsWith(', utförare 1'), view.providerAssumed]).toEqual([true, true]);
    expect([...views.values()].find((view) => view.key === 'kv-3')).toMatchObject({
      ...{ krav: 'Rutin för avvikelser, synpunkter och klagomål', law: 'SoL', planInSource: 'begärd', planSource: 'STATED' },
      provider: { name: 'Kundvalet, utförare 1' },
    });
    expect(
      await contracts.providersIn(huvudmanId, [...views.values()].find((view) => view.key === 'fot-1')?.contractAreaId ?? ''),
    ).toHaveLength(6);
  });

  test('years in a row, dates, and the source set against its rows', async () => {
    await importAll();
    const { areas, state, contradictions } = await year();
    const inRow = (key: string) => areas.find(({ contractArea }) => contractArea.key === key)?.yearsInRow;
    expect([inRow('kundvalet'), inRow('turbundna-resor'), inRow('fotsjukvard'), inRow('bvc')]).toEqual([5, 2, 1, 0]);
    expect(state).toMatchObject({ firstReportOn: '2023-10-19', planFollowUpOn: '2023-12-07', fixedAt: null });
    const rows = recount('CONTRACT_AREAS');
    const keysOf = (href: string | null) => new URLSearchParams(href?.split('?')[1]).get('areas')?.split(',');
    expect(contradictions.map(({ code }) => code)).toEqual(['UNNAMED_AREA', 'PLANS_DRAWN_UP', 'SERVICE_AREA_ASSUMED', 'PLAN_ASSUMED']);
    expect(contradictions.map(({ rowsHref }) => keysOf(rowsHref)?.length)).toEqual([1, 7, 30, 4]);
    expect(contradictions[0]).toMatchObject({ title: '43 namn, men 44 räknade', rowsText: '43 har namn, 1 saknar namn' });
    expect(contradictions[1]?.rowsText).toBe(
      '7 avtalsområden utan upprättad plan: 5 begärda, 2 under framtagande; övriga: 1 inkommen, 3 upprättade',
    );
    expect(keysOf(contradictions[2]?.rowsHref ?? null)?.sort()).toEqual(
      rows
        .filter((row) => row['service_area_source'] === 'assumed')
        .map((row) => row['key'])
        .sort(),
    );
  });
});

test('reading the same files again changes nothing', async () => {
  await importAll();
  const before = await year();
  expect((await importAll()).map(({ unchanged, created, updated }) => [unchanged, created, updated])).toEqual(
    KINDS.map((kind) => [recount(kind).length, 0, 0]),
  );
  expect(await year()).toEqual(before);
});

test('a dry run says what would happen and writes nothing', async () => {
  const report = await run('CONTRACT_AREAS', undefined, true);
  expect(report).toMatchObject({ created: 44, applied: false, errors: [] });
  expect(await contracts.contractAreas(huvudmanId, 2022)).toEqual([]);
  expect((await audit.verify(huvudmanId)).entries).toBe(0);
});

test('a corrected source updates the row it corrects, and keeps the grade it had', async () => {
  await importAll();
  const report = await run(
    'CONTRACT_AREAS',
    changed('CONTRACT_AREAS', 'bvc,Barnavårdscentral (BVC),1,assumed,C,green', 'bvc,Barnavårdscentral (BVC),1,stated,C,yellow'),
  );
  expect(report).toMatchObject({ created: 0, updated: 1, unchanged: 43, applied: true });
  const bvc = (await year()).areas.find(({ contractArea }) => contractArea.key === 'bvc');
  expect([bvc?.contractArea.serviceAreaSource, bvc?.fixed]).toEqual(['STATED', 'YELLOW']);
});

test('one faulty row, and nothing of the file is applied', async () => {
  const csv = changed('CONTRACT_AREAS', 'bvc,Barnavårdscentral (BVC),1,assumed,C,green', 'bvc,,x,sagt,E,blå').replace(
    'bmm,',
    'fotsjukvard,',
  );
  const report = await run('CONTRACT_AREAS', csv);
  expect(codes(report)).toEqual([
    [4, 'name', 'VALUE_MISSING'],
    [4, 'service_area', 'BAD_NUMBER'],
    [4, 'service_area_source', 'BAD_SOURCE'],
    [4, 'category', 'BAD_CATEGORY'],
    [4, 'grade', 'BAD_GRADE'],
    [5, 'key', 'DUPLICATE_KEY'],
  ]);
  expect(report).toMatchObject({ rows: 44, created: 0, updated: 0, unchanged: 0, applied: false });
  expect(report.errors.find(({ code }) => code === 'BAD_GRADE')).toMatchObject({
    value: 'blå',
    message: expect.stringContaining('green, yellow, red') as string,
  });
  expect(await contracts.contractAreas(huvudmanId, 2022)).toEqual([]);
});

test('findings name areas that exist, known words, and providers with a contract', async () => {
  await run('CONTRACT_AREAS');
  const header = 'contract_area,key,kind,law,focus_area,krav,observation,plan_in_source,plan_source,provider\n';
  const report = await run(
    'FINDINGS',
    `${header}finns-inte,x-1,brist,HSL,medarbetare,K,O,begärd,stated,\nbvc,x-2,fel,XYZ,mat,,O,kanske,stated,Okänd AB\n`,
  );
  expect(codes(report)).toEqual([
    [2, 'contract_area', 'UNKNOWN_AREA'],
    [3, 'kind', 'BAD_KIND'],
    [3, 'law', 'BAD_LAW'],
    [3, 'focus_area', 'BAD_FOCUS_AREA'],
    [3, 'krav', 'VALUE_MISSING'],
    [3, 'plan_in_source', 'BAD_PLAN_WORD'],
    [3, 'provider', 'UNKNOWN_PROVIDER'],
  ]);
});

test('I10: a finding that seems to name a person is refused, and the number is not repeated', async () => {
  await run('CONTRACT_AREAS');
  const report = await run('FINDINGS', changed('FINDINGS', 'Delegeringarna är inaktuella', 'Delegeringen för 121212-1212 är inaktuell'));
  expect(codes(report)).toEqual([[19, 'observation', 'PERSONAL_NUMBER']]);
  expect(JSON.stringify(report)).not.toContain('1212');
});

test('a finding keeps its key in its area, and a provider that was named is kept by a file that names none', async () => {
  await importAll();
  expect(codes(await run('FINDINGS', changed('FINDINGS', 'fotsjukvard,fot-1', 'hlm,fot-1')))).toEqual([[2, 'key', 'KEY_TAKEN']]);
  const [, row = ''] = text('FINDINGS').split('\n');
  const header = `${text('FINDINGS').split('\n')[0] ?? ''},provider`;
  await run('FINDINGS', `${header}\n${row},"Fotsjukvård, utförare 3"\n`);
  await run('FINDINGS', changed('FINDINGS', 'klagomål har kommit in', 'flera klagomål har kommit in'));
  const finding = (await findings.findingsOf(huvudmanId, 2022)).find(({ key }) => key === 'fot-1');
  expect(await contracts.provider(finding?.providerId ?? '')).toMatchObject({ name: 'Fotsjukvård, utförare 3' });
  expect(finding).toMatchObject({ providerAssumed: false, observation: expect.stringContaining('flera klagomål') as string });
});

test('stated figures and earlier grades are checked', async () => {
  await run('CONTRACT_AREAS');
  expect(codes(await run('STATED_FIGURES', 'figure,scope,value\nblue,all,1\ngreen,område,x\ndecided,all,2023-02-30\n'))).toEqual([
    [2, 'figure', 'UNKNOWN_FIGURE'],
    [3, 'value', 'BAD_NUMBER'],
    [3, 'scope', 'BAD_SCOPE'],
    [4, 'scope', 'BAD_SCOPE'],
    [4, 'value', 'BAD_DATE'],
  ]);
  expect(codes(await run('EARLIER_GRADES', 'key,year,grade,source\nx,2021,red,stated\nbvc,2022,red,stated\nbvc,2020,,stated\n'))).toEqual([
    [2, 'key', 'UNKNOWN_AREA'],
    [3, 'year', 'YEAR_NOT_EARLIER'],
    [4, 'grade', 'VALUE_MISSING'],
  ]);
});

describe('a frozen year (I8)', () => {
  test('its grades never change by a file, and no area is added', async () => {
    await importAll();
    expect(await fix()).not.toBeInstanceOf(Refused);
    const before = await year();
    const csv = changed('CONTRACT_AREAS', 'bvc,Barnavårdscentral (BVC),1,assumed,C,green', 'bvc,Barnavårdscentral (BVC),1,assumed,C,red');
    expect(codes(await run('CONTRACT_AREAS', `${csv}ny,Nytt,1,stated,A,green,,,,\n`))).toEqual([
      [4, 'grade', 'YEAR_FIXED'],
      [46, 'key', 'YEAR_FIXED'],
    ]);
    expect(await year()).toEqual(before);
  });

  test('the same file is still read as unchanged, and what is said about an area can be corrected', async () => {
    await importAll();
    await fix();
    expect(await run('CONTRACT_AREAS')).toMatchObject({ unchanged: 44, applied: true });
    expect(
      await run('CONTRACT_AREAS', changed('CONTRACT_AREAS', 'Barnavårdscentral (BVC),1,assumed', 'Barnavårdscentral (BVC),1,stated')),
    ).toMatchObject({ updated: 1 });
  });
});

test('a file does not overrule what a person has decided', async () => {
  await importAll();
  const area = (await contracts.contractAreas(huvudmanId, 2022)).find(({ key }) => key === 'bvc');
  const decision = { year: 2022, contractAreaId: area?.id ?? '', grade: 'YELLOW', grounds: 'Tillgängligheten.' } as const;
  expect(await assessment.decideAreaGrade(someone('AVTALSANSVARIG', huvudmanId), decision)).not.toBeInstanceOf(Refused);
  expect(await run('CONTRACT_AREAS')).toMatchObject({ unchanged: 44 });
  const csv = changed('CONTRACT_AREAS', 'bvc,Barnavårdscentral (BVC),1,assumed,C,green', 'bvc,Barnavårdscentral (BVC),1,assumed,C,red');
  expect(codes(await run('CONTRACT_AREAS', csv))).toEqual([[4, 'grade', 'GRADE_DECIDED']]);
});

test('an applied file is recorded as a formal act, with its hash and its counts', async () => {
  await run('CONTRACT_AREAS');
  const { nodes } = await audit.list(someone('ADMINISTRATOR', huvudmanId), { act: 'import.apply' }, { first: 10 });
  expect(nodes.map(({ act, actor, summary }) => [act, actor.role, summary])).toEqual([
    ['import.apply', 'ADMINISTRATOR', 'Inläsning 2022: 44 rader, 44 nya, 0 ändrade'],
  ]);
});

test('I7: whoever may not import gets the same answer as where there is no huvudman', async () => {
  const file = { kind: 'CONTRACT_AREAS', year: 2022, csv: text('CONTRACT_AREAS'), fileName: 'f', dryRun: true } as const;
  const other = (await contracts.createHuvudman({ key: 'o', name: 'Den andra', shortName: 'O' })).id;
  const denied = [
    imports.importCsv(someone('NAMND', huvudmanId), { ...file, huvudmanId }),
    imports.importCsv(someone('ADMINISTRATOR', other), { ...file, huvudmanId }),
    imports.importCsv(someone('ADMINISTRATOR', huvudmanId), { ...file, huvudmanId: 'f'.repeat(32) }),
  ];
  for (const answer of denied) await expect(answer).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
