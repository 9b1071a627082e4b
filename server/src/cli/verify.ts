import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileFlaw, verifyExport, type Flaw } from './verifyExport.js';

interface VerifyWords {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

const USAGE = `Användning / Usage: npm run verify -- <export.json> [--files <mapp/folder>]
  Prövar en export utan server och databas: kedjan, texternas och listornas hash, och med --files varje fil.
  Proves an export without server or database: the chain, the hashes of texts and lists, and with --files every file.`;

/** Proves an export. @returns exit code: 0 it holds, 1 it doesn't, 2 used wrongly */
export async function runVerify(argv: readonly string[], { print, complain }: VerifyWords): Promise<number> {
  const request = readRequest(argv);
  if (!request) {
    complain(USAGE);
    return 2;
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(request.file));
  } catch (error) {
    complain(`${request.file}: ${(error as Error).message}`);
    return 1;
  }
  const { flaws, file } = verifyExport(text);
  const all: Flaw[] = [...flaws];
  if (file && request.folder !== null) all.push(...(await fileFlaws(file.evidence, request.folder)));
  for (const { where, what } of all) complain(`${where}: ${what}`);
  if (all.length > 0 || !file) {
    complain(`HÅLLER INTE / DOES NOT HOLD: ${all.length} fel / flaws.`);
    return 1;
  }
  const { counts, chain, huvudman, exportedAt } = file.head;
  print(`HÅLLER / HOLDS: ${huvudman.name}, ${exportedAt}.`);
  print(`${counts.audit} handlingar, ${counts.revisions} revisioner, ${counts.decisions} beslut, ${counts.evidence} underlag.`);
  print(`Kedjans sista hash / The chain's last hash: ${chain.hash}`);
  if (request.folder === null && counts.evidence > 0)
    print('Filerna är inte prövade: lägg till --files. / The files are not proved: add --files.');
  return 0;
}

async function fileFlaws(evidence: readonly { readonly row: Readonly<Record<string, unknown>> }[], folder: string): Promise<Flaw[]> {
  const flaws: Flaw[] = [];
  for (const { row } of evidence) {
    const found = await measured(join(folder, String(row['sha256']).replace(/[^0-9a-f]/g, '')));
    const wrong = fileFlaw(row, found);
    if (wrong) flaws.push(wrong);
  }
  return flaws;
}

async function measured(path: string): Promise<{ bytes: number; sha256: string } | null> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch {
    return null;
  }
  return { bytes, sha256: hash.digest('hex') };
}

function readRequest(argv: readonly string[]): { file: string; folder: string | null } | null {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: { files: { type: 'string' } } });
    const [file, ...more] = positionals;
    return file === undefined || more.length > 0 ? null : { file, folder: values.files ?? null };
  } catch {
    return null;
  }
}
