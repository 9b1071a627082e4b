import { defineEvent } from '../../platform/events.js';
import type { PlanEvent } from './plan.model.js';

/** Every formal act, in the transaction that carries it out. A listener that fails stops the act. */
export const planEvent = defineEvent<PlanEvent>('plan.event');
