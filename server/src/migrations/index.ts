import type { MigrationInterface } from 'typeorm';
import { Initial1795310525675 } from './0001-initial.js';
import { PlanLife1795314141702 } from './0002-plan-life.js';

/** In the order they run. */
export const migrations: readonly (new () => MigrationInterface)[] = [Initial1795310525675, PlanLife1795314141702];
