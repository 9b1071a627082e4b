// What the scripts share: where things are, and how to run them on the pinned runtime.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';

/** The pinned Node. The machine's own may be too old to know node:sqlite or Temporal. */
export const runtime = join(root, 'node_modules', '.bin', windows ? 'node.exe' : 'node');
export const server = join(root, 'server', 'dist', 'cli.js');

/** Runs a program to its end with our own input and output; returns its exit code. */
export function run(command, args, env = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: windows, env: { ...process.env, ...env } });
  if (done.error) throw done.error;
  return done.status ?? 1;
}

/** Runs a program, hands on the signals that stop us, and ends with its exit code. */
export function become(command, args, env = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Could not start ${command}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1)));
}

const SKIP = new Set(['node_modules', 'dist', 'build', '.svelte-kit', 'generated', 'paraglide', '.git', 'data']);

/** The newest change below the given places, ms since 1970; 0 when there is none. */
export function newest(places) {
  let latest = 0;
  const visit = (path) => {
    if (!existsSync(path)) return;
    const info = statSync(path);
    if (!info.isDirectory()) {
      latest = Math.max(latest, info.mtimeMs);
      return;
    }
    for (const name of readdirSync(path)) if (!SKIP.has(name)) visit(join(path, name));
  };
  for (const place of places) visit(join(root, place));
  return latest;
}
