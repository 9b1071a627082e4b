// Installs and builds what is missing or older than its sources, and nothing else.
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newest, root, run, runtime } from './project.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** Makes node_modules what the lockfile says. Asks nothing when it already is. */
export function ensureInstalled() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(runtime) && changed(marker) >= changed(join(root, 'package-lock.json'))) return;
  console.log('Installing the pinned packages (about half a minute, once) …');
  if (run(npm, ['ci', '--no-audit', '--no-fund']) !== 0) {
    console.error('npm ci failed: is the npm registry reachable, and is there room on the disk?');
    process.exit(1);
  }
  if (!existsSync(runtime)) {
    console.error(
      `There is no Node 26 for ${process.platform}-${process.arch} among the packages. Install Node 26.10 and link it as ${runtime}.`,
    );
    process.exit(1);
  }
}

const CODE = ['schema/src', 'schema/package.json', 'server/src', 'server/package.json', 'tsconfig.json', 'package-lock.json'];
const WEB = [
  'web/src',
  'web/messages',
  'web/static',
  'web/vite.config.ts',
  'web/package.json',
  'web/codegen.ts',
  'schema/src',
  'schema/schema.graphql',
  'package-lock.json',
];

/** Builds server and web where their sources are newer than the last build. */
export function ensureBuilt({ web = true } = {}) {
  build('server', join(root, 'server', 'dist', '.built'), CODE, ['run', 'build:code']);
  if (web) build('web', join(root, 'web', 'build', '.built'), WEB, ['run', 'build', '-w', 'web']);
}

function build(name, stamp, sources, args) {
  if (changed(stamp) >= newest(sources)) return;
  console.log(`Building the ${name} …`);
  const started = Date.now();
  if (run(npm, args) !== 0) {
    console.error(`The ${name} did not build; the fault is above.`);
    process.exit(1);
  }
  writeFileSync(stamp, new Date(started).toISOString());
}
