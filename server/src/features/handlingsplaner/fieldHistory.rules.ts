import type { BlameRun, Mark } from '../collaboration/index.js';
import type { DiffKind } from './planDiff.rules.js';

/** What somebody wrote or took away in a field, at one go. */
export interface HistoryEntry {
  readonly kind: Exclude<DiffKind, 'SAME'>;
  readonly text: string;
  /** null: from before the viewer's history begins. */
  readonly mark: Mark | null;
}

/** Writing is saved many times a second; with less than this between, it is one act, ms. */
const ONE_GO_MS = 600_000;

/** Who wrote and who took away what in a field, newest first. Text that was only moved counts where it stands. */
export function historyOf(runs: readonly BlameRun[]): HistoryEntry[] {
  const own = runs.filter(({ removed, lives }) => removed === null || !lives);
  const written = gathered(own.map((run) => ({ kind: 'ADDED', text: run.text, mark: run.written, block: run.block })));
  const removed = gathered(
    own.map((run) => (run.removed === null ? null : { kind: 'REMOVED', text: run.text, mark: run.removed, block: run.block })),
  );
  return [...written, ...removed].sort((a, b) => (b.mark?.seq ?? 0) - (a.mark?.seq ?? 0));
}

interface Act extends HistoryEntry {
  readonly block: number;
}

/** Acts of one person that stand together and were done at one go, as one. */
function gathered(acts: readonly (Act | null)[]): HistoryEntry[] {
  const out: Act[] = [];
  let together = false;
  for (const act of acts) {
    const last = out.at(-1);
    if (act && last && together && atOneGo(last.mark, act.mark)) {
      const text = last.block === act.block ? last.text + act.text : `${last.text}\n${act.text}`;
      out[out.length - 1] = { ...act, text, mark: later(last.mark, act.mark) };
    } else if (act) out.push(act);
    together = act !== null;
  }
  return out.map(({ kind, text, mark }) => ({ kind, text, mark }));
}

function atOneGo(a: Mark | null, b: Mark | null): boolean {
  if (a === null || b === null) return a === b;
  return a.userId === b.userId && Math.abs(a.at.getTime() - b.at.getTime()) < ONE_GO_MS;
}

const later = (a: Mark | null, b: Mark | null): Mark | null => ((a?.seq ?? 0) > (b?.seq ?? 0) ? a : b);
