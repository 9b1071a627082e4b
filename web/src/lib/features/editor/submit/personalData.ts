import { personalDataIn, type PlanContent } from '@samsyn/schema';
import { textAt } from '../content.js';

/** A field whose text looks like it names a person, and the words that do. */
export interface PersonalPlace {
  readonly path: string;
  readonly words: readonly string[];
}

/** Every field of a plan that holds something like personal data, in reading order. */
export function personalPlaces(content: PlanContent): PersonalPlace[] {
  const places = new Map<string, string[]>();
  for (const { path, from, to } of personalDataIn(content)) {
    const word = (textAt(content, path) ?? '').slice(from, to);
    places.set(path, [...(places.get(path) ?? []), word]);
  }
  return [...places].map(([path, words]) => ({ path, words }));
}
