import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import type { Database } from '../../platform/database.js';
import { Events } from '../../platform/events.js';
import { newId } from '../../platform/ids.js';
import { Refused } from '../../platform/outcome.js';
import { LocalTopics } from '../../platform/topics.js';
import type { Actor, Role, Side } from '../accounts/index.js';
import { auditEntities, createAudit, type AuditService } from '../audit/index.js';
import { contractsEntities, createContracts, type ContractsService } from '../contracts/index.js';
import { createFindings, findingsEntities, type FindingsService } from '../findings/index.js';
import { planEvent, type PlanEvent, type PlanState } from '../handlingsplaner/index.js';
import { assessmentEntities, createAssessment, type AreaAssessment, type AssessmentService, type GradeBook } from './index.js';

const YEAR = 2022;
const NOW = new Date('2026-03-01T12:00:00Z');
const by = { userId: 'u', name: 'Verksamhetschef', role: 'VERKSAMHETSCHEF', organisation: 'Utförare', side: 'PROVIDER' } as const;

let db: Database;
let close: () => Promise<void>;
let contracts: ContractsService;
let findings: FindingsService;
let audit: AuditService;
let assessment: AssessmentService;
let gradeBook: GradeBook;
let events: Events;
let topics: LocalTopics;
let recorded: PlanEvent[];
let huvudmanId: string;
let areaId: string;

beforeEach(async () => {
  ({ db, close } = await scratchDatabase([...contractsEntities, ...findingsEntities, ...assessmentEntities, ...auditEntities]));
  const clock = { now: () => NOW };
  contracts = createContracts({ db }).service;
  findings = createFindings({ db, contracts }).service;
  audit = createAudit({ db, clock }).service;
  [events, topics, recorded] = [new Events(), new LocalTopics(), []];
  const plans = { planEvents: () => Promise.resolve(recorded) };
  ({ service: assessment, gradeBook } = createAssessment({ db, clock, topics, events, contracts, findings, audit, plans }));
  huvudmanId = (await contracts.createHuvudman({ key: 'h', name: 'Huvudmannen', shortName: 'H' })).id;
  areaId = await anArea('fot', 'YELLOW');
});
afterEach(() => close());

const someone = (role: Role, of = huvudmanId, side: Side = 'ADMINISTRATION'): Actor => ({
  ...{ userId: role.toLowerCase(), name: role, sessionId: '' },
  memberships: [{ id: 'm', role, side, organisation: 'H', huvudmanId: of, providerId: null, unitId: null, withinHuvudmanId: null }],
});

async function anArea(key: string, grade: 'GREEN' | 'YELLOW' | null): Promise<string> {
  const facts = {
    serviceArea: 1,
    serviceAreaSource: 'STATED',
    category: 'A',
    laws: [],
    contractForms: [],
    providerCount: 2,
    unitCount: null,
  } as const;
  await contracts.importContractAreas(huvudmanId, YEAR, new Map([[key, { ...facts, name: key }]]));
  await gradeBook.importGrades(huvudmanId, YEAR, new Map([[key, grade]]), by);
  return (await contracts.contractAreaIdsByKey(huvudmanId)).get(key) ?? '';
}

/** Findings of the area, given to its first provider. */
async function someFindings(...keys: string[]): Promise<string[]> {
  const facts = {
    contractAreaKey: 'fot',
    kind: 'BRIST',
    law: 'HSL',
    focusArea: 'samverkan',
    observation: 'O',
    planInSource: '',
    planSource: 'STATED',
    providerName: null,
  } as const;
  await findings.importFindings(huvudmanId, YEAR, new Map(keys.map((key) => [key, { ...facts, krav: key }])));
  const rows = await findings.findingsOf(huvudmanId, YEAR);
  return keys.map((key) => rows.find((row) => row.key === key)?.id ?? '');
}

/** Records the event and tells those who follow, as the plans do: in one transaction. */
async function happens(findingId: string, to: PlanState, planId = findingId): Promise<void> {
  const seq = recorded.length + 1;
  const event: PlanEvent = {
    ...{ id: newId(), seq, planId, findingId, huvudmanId, contractAreaId: areaId, providerId: newId(), year: YEAR },
    ...{ act: 'OPEN', from: null, to, at: new Date(NOW.getTime() + seq), by, details: {} },
  };
  const providerId = recorded.find((each) => each.planId === planId)?.providerId ?? event.providerId;
  recorded.push({ ...event, providerId });
  await db.tx(() => events.emit(planEvent, { ...event, providerId }));
}

const area = (): Promise<AreaAssessment> => assessment.areaAssessment(someone('UPPFOLJARE'), YEAR, 'fot', null);
const decide = (grounds: string, actor = someone('AVTALSANSVARIG'), contractAreaId = areaId) =>
  assessment.decideAreaGrade(actor, { year: YEAR, contractAreaId, grade: 'RED', grounds });
const fix = (decidedOn = '2023-06-08', actor = someone('DIREKTOR')) =>
  assessment.fixAssessment(actor, { huvudmanId, year: YEAR, decidedOn });

describe('läge efter åtgärd follows the plans', () => {
  test('step, counts and colour move; the decided grade does not', async () => {
    const [first = '', second = ''] = await someFindings('a', 'b');
    await happens(first, 'REQUESTED');
    await happens(second, 'REQUESTED');
    expect(await area()).toMatchObject({ fixed: 'YELLOW', planCount: 2, findingCount: 2, live: { colour: 'YELLOW', step: 'REQUESTED' } });
    await happens(first, 'APPROVED');
    expect((await area()).live).toMatchObject({
      ...{ colour: 'YELLOW', remedied: false, step: 'REQUESTED' },
      counts: [
        { step: 'REQUESTED', count: 1 },
        { step: 'APPROVED', count: 1 },
      ],
      changedAt: new Date(NOW.getTime() + 3),
    });
    await happens(first, 'VERIFIED');
    await happens(second, 'VERIFIED');
    expect(await area()).toMatchObject({ fixed: 'YELLOW', live: { colour: 'GREEN', remedied: true, step: 'VERIFIED' } });
    const { totals } = await assessment.assessment(someone('NAMND', huvudmanId, 'BOARD'), null, null);
    expect(totals.at(-1)).toMatchObject({ fixed: { yellow: 1, green: 0 }, live: { yellow: 0, green: 1 } });
  });

  test('providers are counted each for itself, without an invented grade', async () => {
    const [first = ''] = await someFindings('a');
    await happens(first, 'SUBMITTED');
    const { providers } = await area();
    expect(providers.map(({ findingCount, live }) => [findingCount, live.colour, live.step])).toEqual([
      [1, null, 'SUBMITTED'],
      [0, null, null],
    ]);
  });

  test('a listener that fails takes the event with it', async () => {
    const [first = ''] = await someFindings('a');
    events.on(planEvent, () => Promise.reject(new Error('no')));
    await expect(happens(first, 'SUBMITTED')).rejects.toThrow('no');
    expect((await area()).live.step).toBeNull();
  });

  test('whoever watches is told when a step changes, after the commit, and not while a draft is written', async () => {
    const [first = ''] = await someFindings('a');
    const hints = assessment.changes(someone('UPPFOLJARE'), YEAR, null);
    for (const state of ['REQUESTED', 'DRAFT', 'SUBMITTED'] as const) await happens(first, state);
    await decide('Sämre.');
    await hints.next();
    await hints.next();
    const { value } = await hints.next();
    await hints.return?.();
    expect(await assessment.changedArea(someone('UPPFOLJARE'), YEAR, null, value)).toMatchObject({
      fixed: 'RED',
      live: { step: 'SUBMITTED' },
    });
  });

  test('I8: made again from the recorded events it is the same, for any course of events', async () => {
    const findingIds = await someFindings('a', 'b', 'c');
    const states = [
      'REQUESTED',
      'DRAFT',
      'SUBMITTED',
      'RETURNED',
      'APPROVED',
      'REPORTED',
      'VERIFIED',
      'NOT_REMEDIED',
      'CLOSED',
      'WITHDRAWN',
    ] as const;
    const step = fc.record({ finding: fc.constantFrom(...findingIds), round: fc.constantFrom('1', '2'), to: fc.constantFrom(...states) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (course) => {
        for (const { finding, round, to } of course) await happens(finding, to, finding.slice(1) + round);
        const followed = await area();
        expect((await assessment.recompute(huvudmanId, YEAR)).differing).toBe(0);
        expect(await area()).toEqual(followed);
      }),
      { numRuns: 25 },
    );
  });

  test('I8: a projection that was lost or bent is mended, and said', async () => {
    const [first = '', second = ''] = await someFindings('a', 'b');
    await happens(first, 'SUBMITTED');
    await happens(second, 'APPROVED');
    const before = await area();
    await db.tx((em) => em.query("UPDATE finding_step SET step = 'VERIFIED' WHERE step = 'SUBMITTED'"));
    expect(await assessment.recompute(huvudmanId, YEAR)).toEqual({ plans: 2, differing: 1 });
    await db.tx((em) => em.query('DELETE FROM finding_step'));
    expect(await assessment.recompute(huvudmanId, YEAR)).toEqual({ plans: 2, differing: 2 });
    expect(await area()).toEqual(before);
    recorded.pop();
    expect(await assessment.recompute(huvudmanId, YEAR)).toEqual({ plans: 1, differing: 1 });
  });
});

describe('deciding a grade', () => {
  test('takes grounds, keeps the grade before it, and is recorded', async () => {
    expect(await decide('  ')).toMatchObject({ code: 'GROUNDS_MISSING', faults: [{ path: 'grounds' }] });
    expect(await decide(' Tillgängligheten har sjunkit. ')).toMatchObject({ fixed: 'RED', grounds: 'Tillgängligheten har sjunkit.' });
    expect((await area()).fixed).toBe('RED');
    const rows = await db.em.query('SELECT number, grade, origin FROM area_grade ORDER BY number');
    expect(rows).toEqual([
      { number: 1, grade: 'YELLOW', origin: 'IMPORT' },
      { number: 2, grade: 'RED', origin: 'DECISION' },
    ]);
    const { nodes } = await audit.list(someone('DIREKTOR'), {}, { first: 5 });
    expect(nodes.map(({ act, summary }) => [act, summary])).toEqual([['assessment.decideGrade', 'fot: röd 2022']]);
  });

  test('I7: who may not decide it, and what is not there, answer the same', async () => {
    for (const answer of [
      decide('G', someone('UPPFOLJARE')),
      decide('G', someone('AVTALSANSVARIG', newId())),
      decide('G', undefined, newId()),
    ]) {
      await expect(answer).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('fixing the year', () => {
  test('freezes every grade: no decision after it', async () => {
    const fixed = await fix();
    expect(fixed).toMatchObject({ state: { decidedOn: '2023-06-08', fixedAt: NOW } });
    expect(await decide('Ändrat.')).toMatchObject({ code: 'YEAR_FIXED' });
    expect(await fix('2023-06-09')).toMatchObject({ code: 'YEAR_FIXED' });
    expect((await area()).fixed).toBe('YELLOW');
    expect((await audit.list(someone('DIREKTOR'), { act: 'assessment.fix' }, { first: 5 })).nodes).toHaveLength(1);
  });

  test('needs a grade on every area, and a day that has been', async () => {
    await anArea('ny', null);
    expect(await fix()).toMatchObject({ code: 'GRADES_MISSING', faults: [{ path: 'ny' }] });
    expect(await fix('2026-03-02')).toMatchObject({ code: 'BAD_DATE' });
    expect(await assessment.fixAssessment(someone('DIREKTOR'), { huvudmanId, year: 1999, decidedOn: '2000-06-01' })).toBeInstanceOf(
      Refused,
    );
  });

  test('I7: only where the actor may', async () => {
    await expect(fix('2023-06-08', someone('AVTALSANSVARIG'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(fix('2023-06-08', someone('DIREKTOR', newId()))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('I7: another huvudman, an unknown one, a provider and an unknown area all answer NOT_FOUND', async () => {
  const provider: Actor = {
    ...{ userId: 'v', name: 'V', sessionId: '' },
    memberships: [
      {
        id: 'm',
        role: 'VERKSAMHETSCHEF',
        side: 'PROVIDER',
        organisation: 'U',
        huvudmanId: null,
        providerId: newId(),
        unitId: null,
        withinHuvudmanId: null,
      },
    ],
  };
  const asked = [
    assessment.assessment(someone('UPPFOLJARE', newId()), YEAR, huvudmanId),
    assessment.assessment(someone('UPPFOLJARE'), YEAR, newId()),
    assessment.assessment(provider, YEAR, null),
    assessment.areaAssessment(someone('UPPFOLJARE'), YEAR, 'finns-inte', null),
  ];
  for (const answer of asked) await expect(answer).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(() => assessment.changes(provider, YEAR, huvudmanId)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('without a year it shows the newest that has areas; an empty year is empty, not missing', async () => {
  expect((await assessment.assessment(someone('UPPFOLJARE'), null, null)).state.year).toBe(YEAR);
  expect(await assessment.assessment(someone('UPPFOLJARE'), 2030, null)).toMatchObject({ areas: [], years: [YEAR], updatedAt: null });
});
