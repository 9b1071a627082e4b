import { mergeConfig } from 'vitest/config';
import base from '../vitest.config.js';

/** One promise (or one fault) a file, over real sockets, against the built server. */
const config = mergeConfig(base, { test: { testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: true, maxWorkers: 2 } });
config.test = { ...config.test, include: ['test/{flows,faults}/**/*.test.ts'] };
export default config;
