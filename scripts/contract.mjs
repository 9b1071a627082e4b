// The committed contract must be what the server prints; `npm run schema -- --write` brings it up to date.
import { spawnSync } from 'node:child_process';
import { root, runtime, server } from './project.mjs';

const done = spawnSync(runtime, ['--disable-warning=ExperimentalWarning', server, 'print-schema', '--check'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(done.status ?? 1);
