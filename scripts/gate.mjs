// The one gate. `check` is what must hold before a commit; `all` adds the flows on both databases, the hostile clients and the browser.
// A missing database or browser fails with what to install: nothing is skipped in silence. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { root, runtime } from './project.mjs';
import { missingBrowser, missingMariadb, missingRedis } from './needs.mjs';

ensureInstalled();
const out = join(root, '.run');
mkdirSync(out, { recursive: true });
const bin = (name) => join(root, 'node_modules', '.bin', name);
const totals = { passed: 0, failed: 0, broken: [] };

/** Runs one step; its own test counts are added where it has some, else it counts as one. */
function step(name, args, { env = {}, report } = {}) {
  const started = Date.now();
  if (report) rmSync(report, { force: true });
  const done = spawnSync(runtime, args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 });
  const counts = report && existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  const passed = counts?.numPassedTests ?? (done.status === 0 ? 1 : 0);
  let failed = counts?.numFailedTests ?? (done.status === 0 ? 0 : 1);
  // A runner that dies, or that ran nothing, is a failure whatever it counted.
  if (done.status !== 0 && failed === 0) failed = 1;
  if (counts && passed === 0) failed = Math.max(failed, 1);
  note(name, passed, failed, started);
  if (failed > 0) process.stdout.write(`${done.stdout ?? ''}${done.stderr ?? ''}\n`);
}

function note(name, passed, failed, started) {
  totals.passed += passed;
  totals.failed += failed;
  if (failed > 0) totals.broken.push(name);
  console.log(
    `${failed === 0 ? 'ok    ' : 'FAILED'} ${name} (${passed} passed, ${failed} failed, ${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
}

/** Something the machine must have. Says what to install, and counts as a failure. */
function need(name, missing) {
  const started = Date.now();
  if (missing === null) return true;
  console.log(missing);
  note(name, 0, 1, started);
  return false;
}

function vitest(name, config, env = {}) {
  const report = join(out, `${name.replace(/\W+/g, '-')}.json`);
  step(name, [bin('vitest'), 'run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
    env,
    report,
  });
}

function check() {
  step('format', [bin('prettier'), '--check', '.', '--log-level', 'warn', '--cache', '--cache-location', join(out, 'prettier')]);
  ensureBuilt({ web: false });
  step('contract (schema.graphql is what the server prints)', ['scripts/contract.mjs']);
  step('generated code for the web', ['scripts/prepare-web.mjs']);
  step('lint', [bin('eslint'), '.', '--max-warnings', '0', '--cache', '--cache-location', join(out, 'eslint')]);
  step('types: server, schema', [bin('tsc'), '-b', 'schema', 'server']);
  step('types: tests', [bin('tsc'), '-p', 'test']);
  step('types: web', [bin('svelte-check'), '--workspace', 'web', '--fail-on-warnings', '--output', 'human']);
  step('imports point one way', [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'schema/src', 'server/src', 'web/src', 'test']);
  step('no dead code', [bin('knip')]);
  step('one yjs, one graphql', ['scripts/single-copies.mjs']);
  vitest('unit', 'vitest.config.ts');
}

function all() {
  check();
  ensureBuilt();
  vitest('flows on SQLite', 'test/vitest.flows.config.ts', { SAMSYN_TEST_DATABASE: 'sqlite' });
  if (need('MariaDB', missingMariadb()) && need('Redis', missingRedis()))
    vitest('flows on MariaDB', 'test/vitest.flows.config.ts', { SAMSYN_TEST_DATABASE: 'mariadb' });
  vitest('hostile', 'test/vitest.hostile.config.ts');
  if (need('Chromium', missingBrowser())) vitest('e2e in Chromium', 'test/vitest.e2e.config.ts');
}

const began = Date.now();
if (process.argv[2] === 'all') all();
else check();
console.log(
  `${totals.broken.length > 0 ? `Failed: ${totals.broken.join(', ')}. ` : ''}${((Date.now() - began) / 1000).toFixed(0)} s in all.`,
);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 ? 1 : 0);
