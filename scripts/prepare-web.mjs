// Everything the web's types stand on: operations from the contract, messages, and kit's own generated types.
import { run } from './project.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
process.exit(run(npm, ['run', 'prepare:types', '-w', 'web']));
