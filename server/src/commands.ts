import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runAdmin } from './cli/admin.js';
import { makeExport, writeExport, writeFiles } from './cli/export.js';
import { SECTIONS } from './cli/exportFile.js';
import { runImport } from './cli/import.js';
import { generateMigration } from './cli/migration.js';
import { runVerify } from './cli/verify.js';
import { ConfigError, loadConfig, type Config } from './config.js';
import { compose, entities, printedContract, Samsyn } from './main.js';
import { systemClock } from './platform/clock.js';
import { migrations } from './migrations/index.js';

/** How the commands speak: whole lines, faults apart. */
const words = { print: (line: string) => console.log(line), complain: (line: string) => console.error(line) };

const CONTRACT = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));

/** Runs until told to stop; then drains. @returns the exit code */
async function serve(config: Config): Promise<number> {
  const samsyn = await Samsyn.start(config);
  // Listened for before the address is told: whoever waits for it may stop us at once.
  const stopped = new Promise<string>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve(name));
  });
  console.log(`Samsyn: ${samsyn.address}${config.demo ? '  (demoläge: exempeldata, inga lösenord, bara på den här datorn)' : ''}`);
  const signal = await stopped;
  console.log(`${signal}: stänger …`);
  await samsyn.stop();
  return 0;
}

async function withFeatures(config: Config, work: (samsyn: Awaited<ReturnType<typeof compose>>) => Promise<number>): Promise<number> {
  const samsyn = await compose(config);
  try {
    return await work(samsyn);
  } finally {
    await samsyn.close();
  }
}

async function printContract(args: readonly string[]): Promise<number> {
  const printed = await printedContract();
  if (!args.includes('--check')) {
    writeFileSync(CONTRACT, printed);
    return 0;
  }
  if (readFileSync(CONTRACT, 'utf8') === printed) return 0;
  console.error('schema/schema.graphql is not what the server prints. Run: npm run schema');
  return 1;
}

/** What a person can mend, said in words instead of a stack. */
function explain(error: unknown, config: Config | undefined): string {
  if (error instanceof ConfigError) return error.message;
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE') return `Port ${config?.port} is already in use. Stop the other program, or choose a port: PORT=3001 npm start`;
  if (code === 'EACCES') return `Not allowed: ${message}`;
  if (code && ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ER_ACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR'].includes(code)) {
    return `The database can't be reached (${code}). Check DATABASE_URL, and that the server is up. Without DATABASE_URL the embedded database is used.`;
  }
  return (error as Error).stack ?? String(error);
}

/**
 * Runs one command of the server.
 * @param argv the command and what follows it
 * @returns the exit code
 */
export async function runCommand([command = 'serve', ...args]: readonly string[]): Promise<number> {
  // Proving an export takes no configuration and no database.
  if (command === 'verify') return runVerify(args, words);
  let config: Config | undefined;
  try {
    config = loadConfig(process.env);
    const settled = config;
    switch (command) {
      case 'serve':
        return await serve(settled);
      case 'admin':
        return await withFeatures(settled, ({ db, accounts, audit, contracts, plans, evidence }) =>
          runAdmin(args, {
            db,
            ...words,
            accounts: accounts.service,
            audit: audit.service,
            createHuvudman: (huvudman) => contracts.service.createHuvudman(huvudman),
            huvudmanByKey: (key) => contracts.service.huvudmanByKey(key),
            exportTo: async (huvudman, out, folder) => {
              const parts = { db, clock: systemClock, audit: audit.service, plans, evidence: evidence.service };
              const file = await makeExport(huvudman, parts);
              const missing = folder === null ? [] : await writeFiles(file, folder, (sha256) => evidence.service.bytes(sha256));
              await writeExport(file, out);
              return { rows: SECTIONS.reduce((sum, name) => sum + file[name].length, 0), missing };
            },
          }),
        );
      case 'import':
        return await withFeatures(settled, ({ contracts, imports }) =>
          runImport(args, { ...words, contracts: contracts.service, imports: imports.service, readFile }),
        );
      case 'print-schema':
        return await printContract(args);
      case 'generate-migration':
        return await generateMigration(args[0], { url: settled.databaseUrl, entities, migrations }, new Date());
      default:
        console.error(`Unknown command ${command}. Known: serve, admin, import, verify, print-schema, generate-migration.`);
        return 2;
    }
  } catch (error) {
    console.error(explain(error, config));
    return 1;
  }
}
