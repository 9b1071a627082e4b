// Two copies of yjs break its constructor checks, two of graphql its schemas. The lockfile must hold one of each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
let faults = 0;
for (const name of ['yjs', 'lib0', 'graphql', '@tiptap/core', '@tiptap/y-tiptap', 'svelte']) {
  const copies = Object.keys(packages).filter((path) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`));
  if (copies.length === 1) continue;
  faults++;
  console.error(`${name} is installed ${copies.length} times: ${copies.join(', ')}`);
}
process.exit(faults === 0 ? 0 : 1);
