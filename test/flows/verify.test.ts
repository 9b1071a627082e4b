import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonical, exportText, sealed, sealOf, type ExportFile, type Section } from '../../server/src/cli/exportFile.js';
import { verifyExport } from '../../server/src/cli/verifyExport.js';
import { aPdf } from '../builders/files.js';
import type { Client } from '../harness/client.js';
import { approvedPlan, measureOf, runCommand, upload } from '../harness/life.js';
import { act, planById } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';

describe('I11: an export proves itself', () => {
  let server: TestServer;
  let chief: Client;
  let reviewer: Client;
  let folder: string;
  let out: string;
  let text: string;

  beforeAll(async () => {
    server = await TestServer.start();
    folder = mkdtempSync(join(tmpdir(), 'samsyn-export-'));
    out = join(folder, 'ut.json');
    chief = await server.as('kundvalet-1-verksamhetschef');
    reviewer = await server.as('kson-avtalsansvarig');
    const plan = await approvedPlan(chief, reviewer, 'kv-3');
    const place = { planId: plan.id, measureId: measureOf(plan) };
    for (const words of ['ett', 'två']) expect((await upload(chief, place, `${words}.pdf`, new Uint8Array(aPdf(words)))).status).toBe(201);
    const reported = {
      ...place,
      status: 'DONE',
      doneOn: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
      words: 'Rutinen är beslutad och spridd.',
    };
    expect(await act(chief, 'reportMeasure', reported)).toMatchObject({ __typename: 'ReportMeasurePayload' });
    expect((await act(chief, 'reportPlan', { planId: plan.id })).plan?.state).toBe('REPORTED');
    // What is reported is shut: nothing slips in beside it, until it is refused.
    const late = (): Promise<{ status: number }> => upload(chief, place, 'sent.pdf', new Uint8Array(aPdf('sent')));
    expect((await late()).status).toBe(422);
    const manifestHash = (await planById(reviewer, plan.id)).content?.manifestHash;
    const refused = { ...place, verification: 'REFUSED', grounds: 'Stickprovet saknas.', manifestHash };
    expect((await act(reviewer, 'verifyMeasure', refused)).plan?.state).toBe('APPROVED');
    expect((await late()).status).toBe(201);
    const exported = runCommand(server, ['admin', 'export', '--key', 'kson', '--out', out, '--files', join(folder, 'filer')]);
    expect(exported, exported.text).toMatchObject({ code: 0 });
    text = readFileSync(out, 'utf8');
  });
  afterAll(async () => {
    await chief.close();
    await reviewer.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As somebody would who knows the format: changes a row and makes all seals anew. */
  function forged(section: Section, change: (row: Record<string, unknown>) => void, which = 0): string {
    const file = JSON.parse(text) as ExportFile;
    const row = { ...(file[section][which]?.row as Record<string, unknown>) };
    change(row);
    const rows = file[section].map((each, at) => (at === which ? sealed(row) : each));
    const changed = { ...file, [section]: rows } as ExportFile;
    return exportText({ ...changed, seal: sealOf(changed.head, changed) });
  }

  it('holds, with its files, without server, database or configuration', () => {
    const { code, text: said } = runCommand(server, ['verify', out, '--files', join(folder, 'filer')], {
      ...{ DATA_DIR: '/nowhere', DATABASE_URL: 'not a url' },
    });
    expect(said).toContain('HÅLLER / HOLDS');
    expect(code).toBe(0);
    const { head } = JSON.parse(text) as ExportFile;
    expect(head.counts).toMatchObject({ evidence: 3, reports: 1 });
    expect(head.counts.revisions).toBeGreaterThan(0);
    expect(head.counts.decisions).toBeGreaterThan(0);
    expect(said).toContain(head.chain.hash);
  });

  it('a byte changed anywhere makes it fail, and it says where', () => {
    const bytes = Buffer.from(text);
    const step = Math.max(1, Math.floor(bytes.length / 1_500));
    for (let at = 0; at < bytes.length; at += step) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      const { flaws } = verifyExport(changed.toString('latin1') === bytes.toString('latin1') ? '' : changed.toString('utf8'));
      expect(flaws.length, `byte ${at}: ${JSON.stringify(text.slice(at - 20, at + 20))}`).toBeGreaterThan(0);
      for (const { where } of flaws) expect(where).not.toBe('');
    }
  }, 120_000);

  it('bytes put in or taken out too; spaces, and other ways of writing the same', () => {
    for (let at = 0; at < text.length; at += Math.ceil(text.length / 200)) {
      expect(verifyExport(text.slice(0, at) + text.slice(at + 1)).flaws).not.toEqual([]);
      expect(verifyExport(`${text.slice(0, at)} ${text.slice(at)}`).flaws).not.toEqual([]);
    }
    expect(verifyExport(text.replace('"head"', '"h\\u0065ad"')).flaws[0]?.where).toMatch(/rad \/ line 2/);
    expect(verifyExport(canonical(JSON.parse(text))).flaws).not.toEqual([]);
  });

  it('rows taken out, moved or added are missed, by name', () => {
    for (const section of ['audit', 'revisions', 'decisions', 'evidence'] as const) {
      const file = JSON.parse(text) as ExportFile;
      const without = { ...file, [section]: file[section].slice(1) } as ExportFile;
      expect(
        verifyExport(exportText(without))
          .flaws.map(({ where }) => where)
          .join(),
        section,
      ).toMatch(new RegExp(section));
    }
    const file = JSON.parse(text) as ExportFile;
    const moved = { ...file, audit: file.audit.toReversed() } as ExportFile;
    expect(verifyExport(exportText({ ...moved, seal: sealOf(moved.head, moved) })).flaws[0]?.where).toBe('audit nr 1');
  });

  it('a forger who makes new seals meets the chain', () => {
    const where = (forgery: string): string =>
      verifyExport(forgery)
        .flaws.map((flaw) => `${flaw.where}: ${flaw.what}`)
        .join('\n');
    expect(where(text)).toBe('');
    expect(where(forged('audit', (row) => (row['summary'] = 'Något annat')))).toMatch(/audit nr 1: .*ENTRY_CHANGED/);
    expect(where(forged('audit', (row) => (row['details'] = '{}')))).toMatch(/audit nr 1: .*DETAILS_CHANGED/);
    expect(where(forged('revisions', (row) => (row['canonicalJson'] = `${String(row['canonicalJson'])} `)))).toMatch(
      /revisions\[0\].*contentHash/,
    );
    expect(where(forged('revisions', (row) => (row['manifestJson'] = '[{}]')))).toMatch(/revisions\[0\].*manifestHash/);
    expect(where(forged('revisions', (row) => (row['number'] = 9)))).toMatch(/revisions\[0\].*no act in the chain/);
    expect(where(forged('decisions', (row) => (row['contentHash'] = '0'.repeat(64))))).toMatch(/decisions\[0\].*another text/);
    expect(where(forged('decisions', (row) => (row['outcome'] = 'RETURNED')))).toMatch(/decisions\[0\].*not in the chain/);
    expect(where(forged('judgements', (row) => (row['measureHash'] = '0'.repeat(64))))).toMatch(/judgements\[0\].*another measure/);
    expect(where(forged('reports', (row) => (row['manifestHash'] = '0'.repeat(64))))).toMatch(/reports\[0\].*not in the chain/);
    expect(where(forged('reports', (row) => (row['verification'] = 'VERIFIED')))).toMatch(/reports\[0\].*not in the chain/);
    expect(where(forged('evidence', (row) => (row['sha256'] = '0'.repeat(64))))).toMatch(/evidence\[0\].*not so in the chain/);
    expect(where(forged('evidence', (row) => (row['removedAt'] = '2026-01-01T00:00:00.000Z')))).toMatch(
      /evidence\[0\].*not so in the chain/,
    );
  });

  it('a file that isn’t the one handed in is named; so is one that is missing, and a text that is no export', () => {
    const files = join(folder, 'filer');
    const [one, two] = readdirSync(files) as [string, string, string];
    const whole = readFileSync(join(files, one));
    const bytes = Buffer.from(whole);
    bytes[5] = (bytes[5] as number) ^ 1;
    writeFileSync(join(files, one), bytes);
    const spoilt = runCommand(server, ['verify', out, '--files', files]);
    expect(spoilt.code).toBe(1);
    expect(spoilt.text).toContain(`files/${one}`);
    expect(spoilt.text).not.toContain(`files/${two}`);
    writeFileSync(join(files, one), whole);
    rmSync(join(files, two));
    expect(runCommand(server, ['verify', out, '--files', files]).text).toContain(`files/${two}: filen saknas`);
    writeFileSync(join(folder, 'annat.json'), '{"a":1}');
    expect(runCommand(server, ['verify', join(folder, 'annat.json')]).code).toBe(1);
    expect(runCommand(server, ['verify', join(folder, 'ingen.json')]).code).toBe(1);
    expect(runCommand(server, ['verify']).code).toBe(2);
  });

  it('every huvudman’s, the demo’s as it is', () => {
    const other = join(folder, 'exempel.json');
    expect(runCommand(server, ['admin', 'export', '--key', 'exempel', '--out', other]).code).toBe(0);
    expect(runCommand(server, ['verify', other]).code).toBe(0);
    expect(readFileSync(other, 'utf8')).not.toContain('Kundvalet');
  });
});
