import type { Measure } from '@samsyn/schema';
import type { Axis } from '#lib/api/generated/graphql.js';

export type { Measure };

/** Which fields belong to which axis: åtgärd is what, how, for which causes and by whom; tidplan both dates and how it is followed up. */
export const axisFields = {
  ATGARD: ['what', 'how', 'causeIds', 'responsible'],
  TIDPLAN: ['doneBy', 'followUpBy', 'followUpHow'],
} as const satisfies Record<Axis, readonly (keyof Measure)[]>;

/** An axis' fields as one text, to compare two versions of a measure by. */
export const canonicalMeasure = (measure: Measure, axis: Axis): string =>
  JSON.stringify(axisFields[axis].map((field) => (field === 'causeIds' ? measure.causeIds.toSorted() : measure[field])));
