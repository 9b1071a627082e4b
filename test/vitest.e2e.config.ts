import { mergeConfig } from 'vitest/config';
import base from '../vitest.config.js';

/** The product in a real browser, one file at a time: two cores carry one browser with several windows. */
const config = mergeConfig(base, { test: { testTimeout: 180_000, hookTimeout: 120_000, fileParallelism: false } });
config.test = { ...config.test, include: ['test/e2e/**/*.test.ts'] };
export default config;
