import type { MigrationInterface } from 'typeorm';
import { Initial1795315374654 } from './0001-initial.js';

/** In the order they run. */
export const migrations: readonly (new () => MigrationInterface)[] = [Initial1795315374654];
