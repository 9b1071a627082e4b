import type { MigrationInterface } from 'typeorm';

/** In the order they run. */
export const migrations: readonly (new () => MigrationInterface)[] = [];
