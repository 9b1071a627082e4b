import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountsWorld, NORTH, PASSWORD, tokenIn, type AccountsWorld } from '../../../test/builders/accountsWorld.js';
import { AuditEntryRow } from '../features/audit/audit.entity.js';
import { runAdmin } from './admin.js';

const GOOD = [
  'create-huvudman',
  '--key',
  'norra',
  '--name',
  'Norra kommun',
  '--short-name',
  'Norra',
  '--email',
  'ada@norra.example',
  '--user-name',
  'Ada Exempel',
];
let world: AccountsWorld;
let printed: string[];
let complained: string[];
let keys: Set<string>;
let exported: string[];

beforeEach(async () => {
  world = await accountsWorld();
  [printed, complained, keys, exported] = [[], [], new Set(), []];
});
afterEach(() => world.close());

function run(...argv: string[]): Promise<number> {
  return runAdmin(argv, {
    ...{ db: world.db, accounts: world.service, audit: world.audit },
    createHuvudman: ({ key }) => {
      if (keys.has(key)) return Promise.reject(Object.assign(new Error('duplicate'), { code: 'ER_DUP_ENTRY' }));
      keys.add(key);
      return Promise.resolve({ id: NORTH });
    },
    huvudmanByKey: (key) => Promise.resolve(keys.has(key) ? { id: NORTH, key, name: 'Norra' } : null),
    exportTo: (huvudman, out, folder) => {
      exported.push(`${huvudman.key} ${out} ${folder ?? '-'}`);
      return Promise.resolve({ rows: 3, missing: folder === null ? [] : ['0'.repeat(64)] });
    },
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
  });
}

describe('create-huvudman', () => {
  it('prints a link by which the first administrator gets in and invites others, and records it', async () => {
    expect(await run(...GOOD)).toBe(0);
    const link = printed.at(-1) ?? '';
    expect(link).toMatch(/^https:\/\/samsyn\.example\/inbjudan\/[\w-]{43}$/);
    const browser = world.browser();
    await world.ways.acceptInvitation(await browser.asks(), { token: tokenIn(link), name: 'Ada Exempel', password: PASSWORD });
    const { actor } = await browser.asks();
    expect(actor?.memberships).toMatchObject([{ role: 'ADMINISTRATOR', organisation: 'Norra kommun', huvudmanId: NORTH }]);
    const entries = await world.db.em.find(AuditEntryRow, { order: { seq: 'ASC' } });
    expect(entries.map((entry) => entry.act)).toEqual(['user.invite', 'user.acceptInvitation']);
    expect(entries[0]?.actor).toContain('admin-kommandot');
  });

  it('says which flags are missing, in both languages, and makes nothing', async () => {
    expect(await run('create-huvudman', '--key', 'norra', '--name', ' ')).toBe(2);
    expect(complained[0]).toBe('Saknas / Missing: --name, --short-name, --email, --user-name');
    expect(keys.size).toBe(0);
  });

  it.each([
    [['create-huvudman', '--password', 'hemligt'], 'Unknown option'],
    [GOOD.with(2, 'Norra!'), '--key'],
    [['drop-everything'], 'Okänt kommando'],
  ])('%j is used wrongly', async (argv, words) => {
    expect(await run(...argv)).toBe(2);
    expect(complained.join()).toContain(words);
    expect(keys.size).toBe(0);
  });

  it('refuses an address that is none, and rolls the huvudman back', async () => {
    expect(await run(...GOOD.with(8, 'ada'))).toBe(1);
    expect(complained).toEqual(['email: Skriv en e-postadress, som namn@kommun.se.', 'Inget skapades. / Nothing was created.']);
    expect(printed).toEqual([]);
    expect(await world.db.em.count(AuditEntryRow)).toBe(0);
  });

  it('says when the key is taken', async () => {
    await run(...GOOD);
    expect(await run(...GOOD)).toBe(1);
    expect(complained[0]).toContain('Nyckeln norra är upptagen');
  });
});

describe('verify-audit', () => {
  it('says whether the chain holds, by its exit code too', async () => {
    await run(...GOOD);
    expect(await run('verify-audit', '--key', 'norra')).toBe(0);
    expect(printed.at(-1)).toContain('1 handlingar');
    await world.db.tx((em) => em.update(AuditEntryRow, { seq: 1 }, { summary: 'Något annat' }));
    expect(await run('verify-audit', '--key', 'norra')).toBe(1);
    expect(complained[0]).toContain('ENTRY_CHANGED');
    expect(await run('verify-audit', '--key', 'södra')).toBe(1);
  });
});

describe('help', () => {
  it('is printed when asked for, and when nothing is', async () => {
    expect(await run('help')).toBe(0);
    expect(await run()).toBe(2);
    expect(printed[0]).toContain('create-huvudman');
    expect(printed[0]).not.toContain('--password');
  });
});

describe('export', () => {
  it('writes one huvudman’s, and says how to prove it; the files only when asked for', async () => {
    keys.add('norra');
    expect(await run('export', '--key', 'norra', '--out', 'ut.json')).toBe(0);
    expect(exported).toEqual(['norra ut.json -']);
    expect(printed[0]).toContain('npm run verify -- ut.json');
    expect(await run('export', '--key', 'norra', '--out', 'ut.json', '--files', 'filer')).toBe(1);
    expect(complained[0]).toContain('0'.repeat(64));
  });

  it('knows no other huvudman, and needs a file to write', async () => {
    expect(await run('export', '--key', 'ingen', '--out', 'ut.json')).toBe(1);
    expect(await run('export', '--key', 'norra')).toBe(2);
    expect(exported).toEqual([]);
  });
});
