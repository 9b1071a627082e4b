import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vitest/config';

// graphql ships CommonJS and ESM builds; loaded twice it refuses its own schemas ("another module or realm"). One build for everyone.
const graphql = dirname(createRequire(import.meta.url).resolve('graphql/package.json'));
const parts = 'error|execution|language|subscription|type|utilities|validation';

export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    include: ['schema/src/**/*.test.ts', 'server/src/**/*.test.ts', 'web/src/**/*.test.ts'],
    environment: 'node',
    alias: [
      { find: new RegExp(`^graphql/(${parts})$`), replacement: join(graphql, '$1/index.js') },
      { find: /^graphql$/, replacement: join(graphql, 'index.js') },
    ],
  },
});
