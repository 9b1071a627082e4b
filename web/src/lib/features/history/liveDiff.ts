import { FIELDS, fieldPath, type PlanContent } from '@samsyn/schema';
import { textAt } from '#lib/features/editor/content.js';
import { wordDiff } from '#lib/features/review/wordDiff.js';
import type { FieldDiff } from './authors.js';

const kinds = { same: 'SAME', added: 'ADDED', removed: 'REMOVED' } as const;

/** The paths of everything people write, in reading order: what is there now, then what is gone. */
function pathsIn(now: PlanContent, before: PlanContent): string[] {
  const of = (content: PlanContent): string[] =>
    (['causes', 'measures'] as const).flatMap((root) =>
      content[root].flatMap(({ id }) =>
        Object.keys(FIELDS[root])
          .filter((field) => field !== 'order')
          .map((field) => fieldPath(root, id, field)),
      ),
    );
  return [...new Set([...of(now), ...of(before)])];
}

/** What is written now against what was handed in, word by word. Who wrote it is asked for field by field. */
export function liveDiff(before: PlanContent, now: PlanContent): FieldDiff[] {
  return pathsIn(now, before).flatMap((path) => {
    const [was, is] = [textAt(before, path) ?? '', textAt(now, path) ?? ''];
    if (was === is) return [];
    const runs = wordDiff(was, is).map((part) => ({ kind: kinds[part.kind], text: part.text, by: null, at: null }));
    return [{ path, label: path, runs }];
  });
}
