import { mergeConfig } from 'vitest/config';
import base from '../vitest.config.js';

/** Clients that mean harm, over real sockets. */
const config = mergeConfig(base, { test: { testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: true, maxWorkers: 2 } });
config.test = { ...config.test, include: ['test/hostile/**/*.test.ts'] };
export default config;
