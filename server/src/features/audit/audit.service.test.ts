import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountsWorld, CARE, NORTH, SOUTH, type AccountsWorld } from '../../../../test/builders/accountsWorld.js';
import type { Actor } from '../accounts/index.js';
import { AuditChainRow, AuditEntryRow } from './audit.entity.js';
import type { NewAuditEntry, Recorded } from './audit.model.js';

const by = { userId: 'u1', name: 'Ada Exempel', role: 'AVTALSANSVARIG', organisation: 'Norra', side: 'ADMINISTRATION' } as const;
let world: AccountsWorld;
let reader: Actor;

const act = (subjectId: string, name = 'plan.submit') => ({
  by,
  act: name,
  subjectType: 'plan',
  subjectId,
  summary: `Plan ${subjectId}`,
  details: { subjectId },
});
const record = (entry: NewAuditEntry): Promise<Recorded> => world.db.tx(() => world.audit.record(entry));
const inNorth = (subjectId: string, name?: string): Promise<Recorded> => record({ huvudmanId: NORTH, ...act(subjectId, name) });
/** Somebody with the database's password goes behind the product's back. */
const tamper = (seq: number, values: Partial<AuditEntryRow>) =>
  world.db.tx((em) => em.update(AuditEntryRow, { ownerId: NORTH, seq }, values));
const subjects = async (...ask: Parameters<AccountsWorld['audit']['list']>) =>
  (await world.audit.list(...ask)).nodes.map((entry) => entry.subjectId);

beforeEach(async () => {
  world = await accountsWorld();
  reader = await world.someone('DIREKTOR', { huvudmanId: NORTH });
});
afterEach(() => world.close());

describe('I11: the chain', () => {
  it('numbers and links each huvudman’s entries by themselves', async () => {
    const first = await inNorth('p1');
    const other = await record({ huvudmanId: SOUTH, ...act('p2') });
    const second = await inNorth('p3');
    expect([first.seq, other.seq, second.seq]).toEqual([1, 1, 2]);
    const { nodes } = await world.audit.list(reader, {}, { first: 10 });
    expect(nodes[0]).toMatchObject({ seq: 2, hash: second.hash, previousHash: first.hash, actor: by, at: world.clock.now() });
    expect(await world.audit.verify(NORTH)).toEqual({ entries: 2, headHash: second.hash, broken: null });
    expect(await world.audit.verify(SOUTH)).toEqual({ entries: 1, headHash: other.hash, broken: null });
    expect(await world.audit.verify('f'.repeat(32))).toMatchObject({ entries: 0, broken: null });
  });

  it('does not fork when many record at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => inNorth(`p${i}`)));
    expect(await world.audit.verify(NORTH)).toMatchObject({ entries: 20, broken: null });
  });

  it('has no gap after an act that was rolled back', async () => {
    await inNorth('p1');
    const failing = world.db.tx(async () => {
      await world.audit.record({ huvudmanId: NORTH, ...act('p2') });
      throw new Error('the act itself failed');
    });
    await expect(failing).rejects.toThrow('the act itself failed');
    expect((await inNorth('p3')).seq).toBe(2);
    expect(await world.audit.verify(NORTH)).toMatchObject({ entries: 2, broken: null });
  });

  it('is not written to outside the transaction of the act', async () => {
    await expect(world.audit.record({ huvudmanId: NORTH, ...act('p1') })).rejects.toThrow('in the transaction');
    expect(await world.db.em.count(AuditEntryRow)).toBe(0);
  });

  it('walks more entries than it reads at a time', async () => {
    await world.db.tx(async () => {
      for (let i = 0; i < 501; i++) await world.audit.record({ huvudmanId: NORTH, ...act(`p${i}`) });
    });
    expect(await world.audit.verify(NORTH)).toMatchObject({ entries: 501, broken: null });
  });
});

describe('I11: tampering shows', () => {
  beforeEach(async () => {
    for (const id of ['p1', 'p2', 'p3']) await inNorth(id);
  });
  const broken = async () => (await world.audit.verify(NORTH)).broken;

  it.each<[string, Partial<AuditEntryRow>]>([
    ['who', { actor: JSON.stringify({ ...by, name: 'Någon Annan' }) }],
    ['what', { act: 'plan.approve' }],
    ['when', { at: new Date('2020-01-01T00:00:00.000Z') }],
    ['words', { summary: 'Något annat hände' }],
    ['subject', { subjectId: 'p9' }],
  ])('in %s', async (_what, values) => {
    await tamper(2, values);
    expect(await broken()).toEqual({ seq: 2, code: 'ENTRY_CHANGED' });
  });

  it('in details, but not when they are erased by rule', async () => {
    await tamper(2, { details: null });
    expect(await broken()).toBeNull();
    await tamper(2, { details: '{"subjectId":"p9"}' });
    expect(await broken()).toEqual({ seq: 2, code: 'DETAILS_CHANGED' });
  });

  it('in an entry whose hash was mended too: the next one points elsewhere', async () => {
    const [, second] = await world.db.em.find(AuditEntryRow, { where: { ownerId: NORTH }, order: { seq: 'ASC' } });
    const { entryHash } = await import('./audit.rules.js');
    const header = { ...second, v: 1 as const, at: second?.at.toISOString() ?? '', actor: by, summary: 'Något annat' };
    const hash = entryHash(header as Parameters<typeof entryHash>[0]);
    await tamper(2, { summary: 'Något annat', hash });
    expect(await broken()).toEqual({ seq: 3, code: 'PREVIOUS_HASH' });
  });

  it('in an entry taken out, in the middle and at the end', async () => {
    await world.db.tx((em) => em.delete(AuditEntryRow, { ownerId: NORTH, seq: 3 }));
    expect(await broken()).toEqual({ seq: 3, code: 'HEAD' });
    await world.db.tx((em) => em.delete(AuditEntryRow, { ownerId: NORTH, seq: 1 }));
    expect(await broken()).toEqual({ seq: 1, code: 'ENTRY_MISSING' });
  });

  it('in an entry that the head does not know', async () => {
    const { length } = await world.db.em.find(AuditEntryRow, { where: { ownerId: NORTH } });
    await world.db.tx((em) => em.update(AuditChainRow, { ownerId: NORTH }, { headSeq: length - 1 }));
    expect(await broken()).toEqual({ seq: 4, code: 'HEAD' });
  });
});

describe('reading the record', () => {
  it('is newest first, page by page, with nothing twice and nothing left out', async () => {
    for (const id of ['p1', 'p2', 'p3']) await inNorth(id);
    world.clock.pass(1_000);
    for (const id of ['p4', 'p5']) await inNorth(id);
    const first = await world.audit.list(reader, {}, { first: 2 });
    expect(first).toMatchObject({ totalCount: 5, hasNextPage: true });
    const second = await world.audit.list(reader, {}, { first: 2, after: first.endCursor });
    const third = await world.audit.list(reader, {}, { first: 2, after: second.endCursor });
    expect([...first.nodes, ...second.nodes, ...third.nodes].map((entry) => entry.subjectId)).toEqual(['p5', 'p4', 'p3', 'p2', 'p1']);
    expect(third.hasNextPage).toBe(false);
    expect(await world.audit.list(reader, {}, { first: 2, after: third.endCursor })).toMatchObject({
      nodes: [],
      endCursor: null,
      totalCount: 5,
    });
  });

  it('narrows by subject and by act', async () => {
    await inNorth('p1');
    await inNorth('p1', 'plan.share');
    await inNorth('p2');
    expect(await subjects(reader, { subjectId: 'p1' }, { first: 10 })).toEqual(['p1', 'p1']);
    expect((await world.audit.list(reader, { subjectId: 'p1', act: 'plan.share' }, { first: 10 })).totalCount).toBe(1);
  });

  it('I7: is of the own huvudmän, to those who may; another’s answers as one that does not exist', async () => {
    await inNorth('p1');
    await record({ huvudmanId: SOUTH, ...act('p2') });
    await record({ providerId: CARE, ...act('p3') });
    expect(await subjects(reader, {}, { first: 10 })).toEqual(['p1']);
    expect(await subjects(reader, { subjectId: 'p2' }, { first: 10 })).toEqual([]);
    const both = {
      ...reader,
      memberships: [...reader.memberships, ...(await world.someone('ADMINISTRATOR', { huvudmanId: SOUTH })).memberships],
    };
    expect((await subjects(both, {}, { first: 10 })).sort()).toEqual(['p1', 'p2']);
    expect(await subjects(both, { huvudmanId: SOUTH }, { first: 10 })).toEqual(['p2']);
    const chief = await world.someone('VERKSAMHETSCHEF', { providerId: CARE });
    const mas = await world.someone('MAS', { huvudmanId: NORTH });
    for (const [actor, huvudmanId] of [
      [reader, SOUTH],
      [reader, CARE],
      [chief, null],
      [chief, CARE],
      [mas, null],
    ] as const) {
      await expect(world.audit.list(actor, { huvudmanId }, { first: 10 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it.each([[{ first: 0 }], [{ first: 201 }], [{ first: 10, after: 'not a cursor' }]])('denies the page %j', async (page) => {
    await expect(world.audit.list(reader, {}, page)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
