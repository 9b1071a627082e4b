import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { ActorSnapshot } from '../features/accounts/index.js';
import type { ContractsService } from '../features/contracts/index.js';
import type { ImportKind, ImportReport, ImportsService } from '../features/imports/index.js';
import { Refused } from '../platform/outcome.js';

export interface ImportCommandDeps {
  readonly contracts: ContractsService;
  readonly imports: ImportsService;
  /** @throws the system's error when the file can't be read */
  readFile(path: string): Promise<Uint8Array>;
  /** `print` and `complain` take whole lines, without the line break. */
  print(line: string): void;
  complain(line: string): void;
}

const KINDS: Readonly<Record<string, ImportKind>> = {
  'contract-areas': 'CONTRACT_AREAS',
  findings: 'FINDINGS',
  stated: 'STATED_FIGURES',
  'earlier-grades': 'EARLIER_GRADES',
};

const USAGE = `Användning: npm run import -- --huvudman <nyckel> --year <år> --kind <slag> <fil.csv> [--dry-run]
  <slag>: ${Object.keys(KINDS).join(', ')}
  --dry-run: visar vad filen skulle ändra och skriver inget`;

const DONE = 0;
const REFUSED = 1;
const WRONG_USE = 2;

interface Request {
  readonly huvudman: string;
  readonly year: number;
  readonly kind: ImportKind;
  readonly file: string;
  readonly dryRun: boolean;
}

/** Imports a file from the command line. @returns exit code: 0 read, 1 the file or huvudman won't do, 2 wrong use */
export async function runImport(argv: readonly string[], deps: ImportCommandDeps): Promise<number> {
  const request = parseRequest(argv);
  if (typeof request === 'string') {
    deps.complain(request);
    deps.complain(USAGE);
    return WRONG_USE;
  }
  const huvudman = await deps.contracts.huvudmanByKey(request.huvudman);
  if (!huvudman) return refuse(deps, `Det finns ingen huvudman med nyckeln ${request.huvudman}.`);
  const csv = await readFile(deps, request.file);
  if (csv === null) return refuse(deps, `Filen ${request.file} går inte att läsa.`);
  const { year, kind, dryRun } = request;
  const file = { huvudmanId: huvudman.id, year, kind, csv, fileName: basename(request.file), dryRun };
  const outcome = await deps.imports.importAs(commandLine(huvudman.name), file);
  if (outcome instanceof Refused) return refuse(deps, outcome.message);
  return tell(deps, outcome, dryRun);
}

function parseRequest(argv: readonly string[]): Request | string {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { huvudman: { type: 'string' }, year: { type: 'string' }, kind: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    });
  } catch (error) {
    return (error as Error).message;
  }
  const { huvudman, year, kind: word, 'dry-run': dryRun = false } = parsed.values;
  const [file, ...more] = parsed.positionals;
  const kind = word === undefined ? undefined : KINDS[word];
  if (!huvudman) return '--huvudman saknas.';
  if (!year || !/^\d{4}$/.test(year)) return '--year ska vara ett år med fyra siffror.';
  if (!kind) return `--kind ska vara ett av: ${Object.keys(KINDS).join(', ')}.`;
  if (!file || more.length > 0) return 'Ange en fil.';
  return { huvudman, year: Number(year), kind, file, dryRun };
}

async function readFile(deps: ImportCommandDeps, path: string): Promise<Uint8Array | null> {
  try {
    return await deps.readFile(path);
  } catch {
    return null;
  }
}

function tell(deps: ImportCommandDeps, report: ImportReport, dryRun: boolean): number {
  for (const { line, column, message } of report.errors) deps.complain(`rad ${line}${column === '' ? '' : `, ${column}`}: ${message}`);
  if (report.errors.length > 0) return refuse(deps, `${report.errors.length} fel. Inget lästes in.`);
  const { rows, created, updated, unchanged } = report;
  deps.print(`${rows} rader: ${created} nya, ${updated} ändrade, ${unchanged} oförändrade.${dryRun ? ' Provkörning: inget skrevs.' : ''}`);
  return DONE;
}

function refuse(deps: ImportCommandDeps, message: string): number {
  deps.complain(message);
  return REFUSED;
}

/** Whoever may run commands on the server acts as its administrator; the record says that it was there. */
const commandLine = (organisation: string): ActorSnapshot => ({
  ...{ userId: 'command-line', name: 'Kommandoraden', role: 'ADMINISTRATOR', organisation, side: 'ADMINISTRATION' },
});
