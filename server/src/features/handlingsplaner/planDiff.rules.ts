import { fieldPath, parseFieldPath, proseText, type PlanContent } from '@samsyn/schema';
import { diffWordsWithSpace } from 'diff';
import type { BlameRun, Mark } from '../collaboration/index.js';
import { causeLetter } from './planText.rules.js';

export const DIFF_KINDS = ['SAME', 'ADDED', 'REMOVED'] as const;
export type DiffKind = (typeof DIFF_KINDS)[number];

/** `mark` null: unknown, or from before the viewer's history begins. */
interface DiffRun {
  readonly kind: DiffKind;
  readonly text: string;
  readonly mark: Mark | null;
}

export interface FieldDiff {
  readonly path: string;
  readonly label: string;
  readonly runs: readonly DiffRun[];
}

/** One side of a comparison: a frozen text, and where in the document's log it was frozen. */
export interface Frozen {
  readonly content: PlanContent;
  readonly seq: number;
}

type Blame = ReadonlyMap<string, readonly BlameRun[]>;
interface LabelledText {
  readonly label: string;
  readonly text: string;
}

const FIELD_WORDS = {
  what: 'vad ska göras',
  how: 'så ska det göras',
  responsible: 'ansvarig',
  causeIds: 'svarar mot',
  doneBy: 'klart senast',
  followUpHow: 'så följs det upp',
  followUpBy: 'följs upp senast',
} as const;

/** The fields that differ, causes first, in the order of the newer text; what was taken away whole comes last. Words are Swedish. */
export function planDiffOf(from: Frozen, to: Frozen, blame: Blame): FieldDiff[] {
  const [before, after] = [labelled(from.content), labelled(to.content)];
  const gone = [...before].filter(([path]) => !after.has(path));
  return [...after, ...gone].flatMap(([path, { label, text }]) => {
    const [old, now] = [before.get(path)?.text ?? '', after.has(path) ? text : ''];
    if (old === now) return [];
    const named = after.has(path) ? label : `Borttagen: ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
    return [{ path, label: named, runs: fieldDiff({ old, now, from: from.seq, to: to.seq }, path, blame.get(path) ?? []) }];
  });
}

function labelled(content: PlanContent): Map<string, LabelledText> {
  const letters = new Map(content.causes.map(({ id }, i) => [id, `Orsak ${causeLetter(i)}`]));
  const causes = content.causes.map(
    ({ id, text }) => [fieldPath('causes', id, 'text'), { label: letters.get(id) ?? '', text: proseText(text) }] as const,
  );
  const measures = content.measures.flatMap((measure, i) => {
    const texts = {
      what: measure.what,
      how: proseText(measure.how),
      responsible: measure.responsible,
      causeIds: measure.causeIds
        .flatMap((id) => letters.get(id) ?? [])
        .sort()
        .join(', '),
      doneBy: measure.doneBy ?? '',
      followUpHow: proseText(measure.followUpHow),
      followUpBy: measure.followUpBy ?? '',
    };
    return Object.entries(texts).map(([field, text]) => {
      const label = `Åtgärd ${i + 1}: ${FIELD_WORDS[field as keyof typeof FIELD_WORDS]}`;
      return [fieldPath('measures', measure.id, field), { label, text }] as const;
    });
  });
  return new Map([...causes, ...measures]);
}

interface Compared {
  readonly old: string;
  readonly now: string;
  /** Seqs of the two. */
  readonly from: number;
  readonly to: number;
}

const WHOLE_VALUES: readonly string[] = ['doneBy', 'followUpBy', 'causeIds'];

function fieldDiff(compared: Compared, path: string, runs: readonly BlameRun[]): DiffRun[] {
  const { old, now, from, to } = compared;
  const inserted = (run: BlameRun): Mark | null =>
    run.placed !== null && run.placed.seq > from && run.placed.seq <= to ? author(run, from) : null;
  const removed = (run: BlameRun): Mark | null =>
    run.removed !== null && run.removed.seq > from && run.removed.seq <= to ? run.removed : null;
  if (WHOLE_VALUES.includes(parseFieldPath(path)?.field ?? '')) {
    const last = latest([...runs.map(inserted), ...runs.map(removed)]);
    return values(old, now).map(({ kind, text }) => ({ kind, text, mark: kind === 'SAME' ? null : last }));
  }
  const [wasThere, isThere] = [unitsAt(runs, from, old), unitsAt(runs, to, now)];
  const parts = diffWordsWithSpace(old, now);
  const out: DiffRun[] = [];
  let [atOld, atNow] = [0, 0];
  let hunk: DiffRun[] = [];
  const close = (): void => {
    // A word may differ by a letter taken out of it: then the new word has nobody who wrote it, and the change has.
    const change = latest(hunk.map(({ mark }) => mark));
    for (const run of hunk) push(out, { ...run, mark: run.mark ?? change });
    hunk = [];
  };
  for (const { value, added, removed: taken } of parts) {
    if (!added && !taken) {
      close();
      push(out, { kind: 'SAME', text: value, mark: null });
    }
    for (const [word] of added || taken ? value.matchAll(/\s+|\S+/gu) : []) {
      const units = added ? isThere.slice(atNow, atNow + word.length) : wasThere.slice(atOld, atOld + word.length);
      hunk.push({
        kind: added ? 'ADDED' : 'REMOVED',
        text: word,
        mark: latest(units.map((run) => run && (added ? inserted(run) : removed(run)))),
      });
      if (added) atNow += word.length;
      else atOld += word.length;
    }
    if (!added && !taken) [atOld, atNow] = [atOld + value.length, atNow + value.length];
  }
  close();
  return out;
}

/** Who wrote text that came in after `from`. What is older was moved here: then it is whoever moved it. */
const author = ({ written, placed }: BlameRun, from: number): Mark | null => (written !== null && written.seq > from ? written : placed);

const values = (old: string, now: string): { kind: DiffKind; text: string }[] => [
  ...(old === '' ? [] : [{ kind: 'REMOVED' as const, text: old }]),
  ...(now === '' ? [] : [{ kind: 'ADDED' as const, text: now }]),
];

/**
 * For each UTF-16 unit of a field's text as it was at a seq, the run it belongs to. Built as the frozen text is, a line for each paragraph
 * and in NFC; should the two differ all the same, nobody is named.
 */
function unitsAt(runs: readonly BlameRun[], seq: number, text: string): (BlameRun | null)[] {
  const present = runs.filter(({ placed, removed }) => (placed?.seq ?? 0) <= seq && (removed === null || removed.seq > seq));
  let raw = '';
  const owners: BlameRun[] = [];
  for (const [i, run] of present.entries()) {
    const part = i > 0 && present[i - 1]?.block !== run.block ? `\n${run.text}` : run.text;
    raw += part;
    for (let unit = 0; unit < part.length; unit++) owners.push(run);
  }
  let built = '';
  const units: (BlameRun | null)[] = [];
  for (const { 0: cluster, index } of raw.matchAll(/\P{M}?\p{M}*/gsu)) {
    const clean = cluster.replace(/\p{Surrogate}/gu, '\ufffd').normalize('NFC');
    built += clean;
    for (let unit = 0; unit < clean.length; unit++) units.push(owners[index] ?? null);
  }
  return built === text ? units : [];
}

function push(out: DiffRun[], run: DiffRun): void {
  const last = out.at(-1);
  const same = last?.kind === run.kind && last.mark?.userId === run.mark?.userId && (last.mark === null) === (run.mark === null);
  if (same) out[out.length - 1] = { kind: run.kind, text: last.text + run.text, mark: latest([last.mark, run.mark]) };
  else out.push(run);
}

const latest = (marks: readonly (Mark | null | undefined)[]): Mark | null =>
  marks.reduce<Mark | null>((last, mark) => (mark && (last === null || mark.seq > last.seq) ? mark : last), null);
