// `npm run dev`: server and web are rebuilt as you save, and the server starts again. The same code as in production, only built over and over.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { root, runtime, server } from './project.mjs';

ensureInstalled();
ensureBuilt();
const bin = (name) => join(root, 'node_modules', '.bin', name);
const env = { ...process.env, DEMO: process.env.DEMO ?? '1' };
const children = [
  spawn(runtime, [bin('tsc'), '-b', 'schema', 'server', '--watch', '--preserveWatchOutput'], { cwd: root, stdio: 'inherit' }),
  spawn(runtime, [bin('vite'), 'build', '--watch'], { cwd: join(root, 'web'), stdio: 'inherit' }),
  spawn(
    runtime,
    [
      '--disable-warning=ExperimentalWarning',
      `--watch-path=${join(root, 'server', 'dist')}`,
      `--watch-path=${join(root, 'web', 'build')}`,
      server,
      'serve',
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env,
    },
  ),
];
const stop = () => children.forEach((child) => child.kill('SIGTERM'));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
