import { dayOf } from '#lib/format.js';
import type { LayoutServerLoad } from './$types.js';

/** Known on every page: who asks, whether this is the demo, and which day it is in Sweden. */
export const load: LayoutServerLoad = ({ locals }) => ({ me: locals.me, demo: locals.demo, today: dayOf(new Date()) });
