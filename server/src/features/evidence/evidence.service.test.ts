import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aDocx, aJpg, anXlsx, aPdf, aPng } from '../../../../test/builders/files.js';
import { anActor } from '../../../../test/builders/plansWorld.js';
import { scratchDatabase } from '../../../../test/harness/scratchDatabase.js';
import { snapshot, type Membership } from '../accounts/index.js';
import { auditEntities, createAudit, type AuditService } from '../audit/index.js';
import { createLog } from '../../platform/log.js';
import { notFound, Refused } from '../../platform/outcome.js';
import { createEvidence, evidenceEntities, type Evidence, type EvidenceService } from './index.js';

const PLAN = 'p'.repeat(32);
const PLACE = { planId: PLAN, measureId: 'm1' };
const HUVUDMAN = 'h'.repeat(32);
const chief = anActor('VERKSAMHETSCHEF', 'v'.repeat(32));
const stranger = anActor('VERKSAMHETSCHEF', 'w'.repeat(32));
const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let service: EvidenceService;
let audit: AuditService;
let dataDir: string;
let close: () => Promise<void>;
let open: boolean;
let told: string[];
const clock = { at: new Date('2026-03-02T08:00:00.000Z'), now: () => clock.at };

beforeEach(async () => {
  const scratch = await scratchDatabase([...evidenceEntities, ...auditEntities]);
  dataDir = mkdtempSync(join(tmpdir(), 'samsyn-evidence-'));
  close = () => scratch.close().then(() => rmSync(dataDir, { recursive: true, force: true }));
  [open, told] = [true, []];
  clock.at = new Date();
  audit = createAudit({ db: scratch.db, clock }).service;
  const plans = {
    evidenceAllowed: (actor: typeof chief, planId: string) => {
      if (actor !== chief || planId !== PLAN) throw notFound();
      const by = snapshot(chief, chief.memberships[0] as Membership);
      return Promise.resolve(open ? { huvudmanId: HUVUDMAN, by } : new Refused('WRONG_STATE', 'stängd'));
    },
    evidenceReadable: (actor: typeof chief, planId: string) => Promise.resolve(actor === chief && planId === PLAN),
    evidenceChanged: (planId: string) => Promise.resolve(void told.push(planId)),
  };
  const config = { dataDir, maxFileBytes: 4_096, maxFilesPerMeasure: 3 };
  service = createEvidence({ db: scratch.db, clock, log: createLog('silent', 'test'), audit, plans, config }).service;
});
afterEach(() => close());

const hand = (fileName: string, bytes: Buffer, actor = chief): Promise<Evidence | Refused> =>
  service.receive(actor, PLACE, { fileName, content: Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]) });
const stored = (): string[] => readdirSync(join(dataDir, 'files')).filter((name) => name !== 'incoming');
const code = async (fileName: string, bytes: Buffer): Promise<string> => {
  const outcome = await hand(fileName, bytes);
  return outcome instanceof Refused ? outcome.code : outcome.mediaType;
};

describe('handing in evidence', () => {
  it('keeps the bytes under their hash, says so in the chain, and tells who watches', async () => {
    const bytes = aPdf();
    const evidence = (await hand('Protokoll å.pdf', bytes)) as Evidence;
    expect(evidence).toMatchObject({
      ...PLACE,
      fileName: 'Protokoll å.pdf',
      mediaType: 'application/pdf',
      bytes: bytes.length,
      sha256: sha(bytes),
    });
    expect(stored()).toEqual([sha(bytes)]);
    expect(readFileSync(join(dataDir, 'files', sha(bytes)))).toEqual(bytes);
    expect(told).toEqual([PLAN]);
    const { entries } = await audit.chain(HUVUDMAN);
    expect(entries.map(({ act }) => act)).toEqual(['evidence.add']);
    expect(entries[0]?.summary).not.toContain('Protokoll');
    expect(JSON.parse(entries[0]?.details ?? '')).toMatchObject({ evidenceId: evidence.id, sha256: sha(bytes) });
    expect(await service.evidenceManifest(PLAN)).toEqual([
      { id: evidence.id, name: 'Protokoll å.pdf', bytes: bytes.length, sha256: sha(bytes) },
    ]);
  });

  it.each([
    ['a.docx', aDocx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a.xlsx', anXlsx(), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['a.png', aPng(), 'image/png'],
    ['a.JPEG', aJpg(), 'image/jpeg'],
    ['a.csv', Buffer.from('\uFEFFnamn;antal\nå;1\n'), 'text/csv'],
    ['a.txt', Buffer.from('Åtgärdat i samtliga enheter.\n'), 'text/plain'],
    // Disguised: the content is something else than the name says.
    ['a.pdf', aPng(), 'FILE_DISGUISED'],
    ['a.docx', anXlsx(), 'FILE_DISGUISED'],
    ['a.txt', aPdf(), 'FILE_DISGUISED'],
    ['a.pdf', Buffer.from('MZ this is a program'), 'FILE_DISGUISED'],
    // Broken: the end is missing.
    ['a.pdf', aPdf().subarray(0, 20), 'FILE_BROKEN'],
    ['a.png', aPng().subarray(0, 50), 'FILE_BROKEN'],
    ['a.docx', aDocx().subarray(0, 200), 'FILE_BROKEN'],
    ['a.txt', Buffer.from([0xe5, 0xe4, 0xf6]), 'FILE_NOT_UTF8'],
    ['a.txt', Buffer.from('a\u0000b'), 'FILE_NOT_UTF8'],
    ['a.exe', Buffer.from('MZ'), 'FILE_KIND'],
    ['a.docm', aDocx(), 'FILE_KIND'],
    ['', aPdf(), 'FILE_NAME'],
    ['a.txt', Buffer.alloc(0), 'FILE_EMPTY'],
    ['a.txt', Buffer.alloc(4_097, 'a'), 'FILE_TOO_LARGE'],
    ['a.txt', Buffer.alloc(4_096, 'a'), 'text/plain'],
  ])('%s of %s: %s', async (name, bytes, expected) => {
    expect(await code(name, bytes)).toBe(expected);
    expect(readdirSync(join(dataDir, 'files', 'incoming'))).toEqual([]);
  });

  it('a text may be cut anywhere on its way, in a letter too', async () => {
    expect(await code('a.txt', Buffer.from(`${'a'.repeat(9)}åäö`))).toBe('text/plain');
  });

  it('takes the same file once per measure, also when it comes twice at once; after a removal it may come again', async () => {
    const [one, two] = await Promise.all([code('a.pdf', aPdf()), code('b.pdf', aPdf())]);
    expect([one, two].sort()).toEqual(['FILE_EXISTS', 'application/pdf']);
    const [kept] = await service.ofPlan(PLAN);
    await service.remove(chief, kept?.id ?? '');
    expect(await code('a.pdf', aPdf())).toBe('application/pdf');
    expect(await service.ofPlan(PLAN)).toHaveLength(1);
    expect(await service.everOf([PLAN])).toHaveLength(2);
  });

  it('takes so many per measure and no more', async () => {
    for (const words of ['1', '2', '3']) expect(await code(`${words}.pdf`, aPdf(words))).toBe('application/pdf');
    expect(await code('4.pdf', aPdf('4'))).toBe('TOO_MANY_FILES');
    expect((await service.wouldReceive(chief, PLACE))?.code).toBe('TOO_MANY_FILES');
  });

  it('only while the measure is open, and from who may; else no row is made', async () => {
    await expect(hand('a.pdf', aPdf(), stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    open = false;
    expect(await code('a.pdf', aPdf())).toBe('WRONG_STATE');
    expect(await service.everOf([PLAN])).toEqual([]);
    expect((await audit.chain(HUVUDMAN)).entries).toEqual([]);
  });

  it('an upload that breaks leaves nothing', async () => {
    const content = Readable.from(
      (async function* () {
        yield Buffer.from('%PDF');
        throw new Error('gone');
      })(),
    );
    await expect(service.receive(chief, PLACE, { fileName: 'a.pdf', content })).rejects.toThrow('gone');
    expect(readdirSync(join(dataDir, 'files', 'incoming'))).toEqual([]);
  });
});

describe('reading and removing', () => {
  it('who may see the plan gets the bytes; others, and a removed file, nothing', async () => {
    const evidence = (await hand('a.pdf', aPdf())) as Evidence;
    expect(await buffer((await service.download(chief, evidence.id)).content)).toEqual(aPdf());
    await expect(service.download(stranger, evidence.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(service.download(chief, 'nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const removed = (await service.remove(chief, evidence.id)) as Evidence;
    expect(removed.removedAt).toEqual(clock.at);
    await expect(service.download(chief, evidence.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(stored()).toEqual([sha(aPdf())]);
    expect(await service.evidenceManifest(PLAN)).toEqual([]);
    expect(((await service.remove(chief, evidence.id)) as Refused).code).toBe('ALREADY_REMOVED');
  });

  it('a report shuts the removal too', async () => {
    const evidence = (await hand('a.pdf', aPdf())) as Evidence;
    open = false;
    expect(((await service.remove(chief, evidence.id)) as Refused).code).toBe('WRONG_STATE');
    await expect(service.remove(stranger, evidence.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await service.ofPlan(PLAN)).toHaveLength(1);
  });

  it('bytes that no row names go after a day; what a row names, removed or not, stays', async () => {
    const evidence = (await hand('a.pdf', aPdf())) as Evidence;
    await service.remove(chief, evidence.id);
    const orphan = join(dataDir, 'files', 'f'.repeat(64));
    const cut = join(dataDir, 'files', 'incoming', 'cut');
    const old = new Date(clock.at.getTime() - 25 * 3_600_000);
    for (const path of [orphan, cut]) writeFileSync(path, 'x');
    expect(await service.sweep()).toBe(0);
    for (const path of [orphan, cut, join(dataDir, 'files', sha(aPdf()))]) utimesSync(path, old, old);
    expect(await service.sweep()).toBe(2);
    expect(stored()).toEqual([sha(aPdf())]);
  });
});
