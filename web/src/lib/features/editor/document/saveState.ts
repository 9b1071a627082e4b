/** Without an answer for this long, "sparar" becomes "sparas inte sedan". */
export const PATIENCE_MS = 3_000;

export type SaveState =
  /** Nothing waits. `at` is the server's time of the last acknowledgement; null before the first one in this tab. */
  | { kind: 'saved'; at: Date | null }
  | { kind: 'saving' }
  /** `since`: the last acknowledgement, or the first waiting edit when there is none. */
  | { kind: 'waiting'; since: Date; changes: number }
  /** Nothing waits, but the line is down. */
  | { kind: 'disconnected'; since: Date };

export interface SaveFacts {
  now: number;
  changes: number;
  /** When the oldest unacknowledged edit was made; null when nothing waits. */
  waitingSince: number | null;
  acknowledgedAt: Date | null;
  /** When the line went down; null while it is up. */
  downSince: number | null;
}

/** What the status says, from facts alone. Only an acknowledgement's own time can make it say "sparat". */
export function saveState(facts: SaveFacts): SaveState {
  const downFor = facts.downSince === null ? 0 : facts.now - facts.downSince;
  if (facts.changes === 0 || facts.waitingSince === null) {
    if (facts.downSince !== null && downFor >= PATIENCE_MS) return { kind: 'disconnected', since: new Date(facts.downSince) };
    return { kind: 'saved', at: facts.acknowledgedAt };
  }
  if (downFor < PATIENCE_MS && facts.now - facts.waitingSince < PATIENCE_MS) return { kind: 'saving' };
  return { kind: 'waiting', since: facts.acknowledgedAt ?? new Date(facts.waitingSince), changes: facts.changes };
}
