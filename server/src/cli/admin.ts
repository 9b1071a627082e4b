import { parseArgs } from 'node:util';
import type { AccountsService } from '../features/accounts/index.js';
import type { AuditService } from '../features/audit/index.js';
import type { Database } from '../platform/database.js';
import { isDuplicate } from '../platform/database.js';
import { Refused } from '../platform/outcome.js';

/** What the command works with; main wires it. `print` and `complain` take whole lines, without the line break. */
export interface AdminDeps {
  readonly db: Pick<Database, 'tx'>;
  readonly accounts: Pick<AccountsService, 'inviteFirstAdministrator'>;
  readonly audit: Pick<AuditService, 'verify'>;
  /** Makes the huvudman's row. @throws a duplicate-key error when the key is taken */
  readonly createHuvudman: (huvudman: { key: string; name: string; shortName: string }) => Promise<{ id: string }>;
  /** null: no huvudman has the key. */
  readonly huvudmanByKey: (key: string) => Promise<{ id: string; key: string; name: string } | null>;
  /** Writes a huvudman's export to a file, and the evidence's bytes to a folder. @returns how many rows, and hashes without bytes */
  readonly exportTo: (
    huvudman: { id: string; key: string; name: string },
    out: string,
    folder: string | null,
  ) => Promise<{ rows: number; missing: readonly string[] }>;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

const USAGE = `Administration av Samsyn / Administering Samsyn

  npm run admin -- create-huvudman --key <nyckel> --name <namn> --short-name <kortnamn> --email <e-post> --user-name <namn>
      Skapar en huvudman och skriver ut en inbjudningslänk till dess första administratör. Länken gäller en gång, i sju dygn.
      Creates a huvudman and prints an invitation link for its first administrator. The link works once, for seven days.
      Ex: npm run admin -- create-huvudman --key exempelby --name "Exempelby kommun" --short-name Exempelby \\
            --email admin@exempelby.example --user-name "Ada Exempel"

  npm run admin -- verify-audit --key <nyckel>
      Kontrollerar huvudmannens kedja av formella handlingar. Slutar med 1 om den inte håller.
      Verifies the huvudman's chain of formal acts. Exits with 1 if it doesn't hold.

  npm run admin -- export --key <nyckel> --out <fil.json> [--files <mapp>]
      Skriver kedjan, revisionerna, besluten och underlagen till en fil som npm run verify prövar utan server; med --files även filerna.
      Writes the chain, revisions, decisions and evidence to a file that npm run verify proves without a server; with --files the files too.

  npm run admin -- help`;

const FLAGS = {
  'create-huvudman': ['key', 'name', 'short-name', 'email', 'user-name'],
  'verify-audit': ['key'],
  export: ['key', 'out', 'files'],
} as const;
/** Flags that may be left out. */
const OPTIONAL: ReadonlySet<string> = new Set(['files']);
type Command = keyof typeof FLAGS;
type Values = Readonly<Record<string, string>>;

/**
 * Runs one admin command. No secret is ever read from the command line, where other users of the machine can see it.
 * @param argv what follows `npm run admin --`
 * @returns the exit code: 0 done, 1 refused or not whole, 2 used wrongly
 */
export async function runAdmin(argv: readonly string[], deps: AdminDeps): Promise<number> {
  const [command, ...rest] = argv;
  if (command === undefined || ['help', '--help', '-h'].includes(command)) {
    deps.print(USAGE);
    return command === undefined ? 2 : 0;
  }
  if (!isCommand(command)) return misused(deps, `Okänt kommando: ${command}. / Unknown command: ${command}.`);
  const values = readFlags(command, rest);
  if (typeof values === 'string') return misused(deps, values);
  switch (command) {
    case 'create-huvudman':
      return createHuvudman(values, deps);
    case 'verify-audit':
      return verifyAudit(values, deps);
    case 'export':
      return exportHuvudman(values, deps);
  }
}

async function createHuvudman(values: Values, deps: AdminDeps): Promise<number> {
  const { key = '', name = '', 'short-name': shortName = '', email = '', 'user-name': userName = '' } = values;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(key)) {
    return misused(deps, '--key: små bokstäver a–z, siffror och bindestreck. / --key: lower-case a–z, digits and hyphens.');
  }
  try {
    const link = await deps.db.tx(async () => {
      const { id } = await deps.createHuvudman({ key, name, shortName });
      const invited = await deps.accounts.inviteFirstAdministrator({ id, name }, { email, name: userName });
      // Thrown, so that the huvudman isn't left behind without anybody who could get in.
      if (invited instanceof Refused) throw new NotInvited(invited);
      return invited.link;
    });
    deps.print(`${name} är skapad. Ge länken till ${userName} (gäller en gång, i sju dygn):`);
    deps.print(`${name} is created. Give the link to ${userName} (works once, for seven days):`);
    deps.print(link);
    return 0;
  } catch (error) {
    if (error instanceof NotInvited) {
      for (const fault of error.refused.faults) deps.complain(`${fault.path}: ${fault.message}`);
      deps.complain('Inget skapades. / Nothing was created.');
      return 1;
    }
    if (!isDuplicate(error)) throw error;
    deps.complain(`Nyckeln ${key} är upptagen; inget skapades. / The key ${key} is taken; nothing was created.`);
    return 1;
  }
}

async function exportHuvudman({ key = '', out = '', files = '' }: Values, deps: AdminDeps): Promise<number> {
  const huvudman = await deps.huvudmanByKey(key);
  if (!huvudman) return unknownKey(key, deps);
  const { rows, missing } = await deps.exportTo(huvudman, out, files === '' ? null : files);
  for (const sha256 of missing) deps.complain(`Filen saknas i lagret: ${sha256}. / The file is missing from the store.`);
  deps.print(`${rows} rader i ${out}. Pröva: npm run verify -- ${out}${files === '' ? '' : ` --files ${files}`}`);
  deps.print(`${rows} rows in ${out}. Prove it: npm run verify -- ${out}${files === '' ? '' : ` --files ${files}`}`);
  return missing.length > 0 ? 1 : 0;
}

function unknownKey(key: string, deps: AdminDeps): number {
  deps.complain(`Ingen huvudman har nyckeln ${key}. / No huvudman has the key ${key}.`);
  return 1;
}

async function verifyAudit({ key = '' }: Values, deps: AdminDeps): Promise<number> {
  const huvudman = await deps.huvudmanByKey(key);
  if (!huvudman) return unknownKey(key, deps);
  const { entries, headHash, broken } = await deps.audit.verify(huvudman.id);
  if (broken) {
    deps.complain(`Kedjan håller inte vid nr ${broken.seq} (${broken.code}). / The chain breaks at no. ${broken.seq} (${broken.code}).`);
    return 1;
  }
  deps.print(`Kedjan håller: ${entries} handlingar. / The chain holds: ${entries} acts. SHA-256 ${headHash}`);
  return 0;
}

class NotInvited extends Error {
  constructor(readonly refused: Refused) {
    super(refused.message);
  }
}

const isCommand = (text: string): text is Command => Object.hasOwn(FLAGS, text);

/** The command's flags, each given and not empty; or words for what is wrong. */
function readFlags(command: Command, args: readonly string[]): Values | string {
  const names: readonly string[] = FLAGS[command];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  let values: Readonly<Record<string, string | undefined>>;
  try {
    ({ values } = parseArgs({ args: [...args], options, allowPositionals: false }));
  } catch (error) {
    return `Kan inte läsas / Can't be read: ${(error as Error).message}`;
  }
  const given = Object.fromEntries(names.map((name) => [name, (values[name] ?? '').trim()]));
  const missing = names.filter((name) => given[name] === '' && !OPTIONAL.has(name)).map((name) => `--${name}`);
  return missing.length === 0 ? given : `Saknas / Missing: ${missing.join(', ')}`;
}

function misused(deps: AdminDeps, words: string): number {
  deps.complain(words);
  deps.complain('Hjälp / Help: npm run admin -- help');
  return 2;
}
