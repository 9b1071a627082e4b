import { In, IsNull } from 'typeorm';
import type { ActorSnapshot } from '../accounts/index.js';
import type { CharSpan } from '../collaboration/index.js';
import type { Database } from '../../platform/database.js';
import { CommentNoteRow, CommentThreadRow } from './comments.entity.js';
import type { Note, SuggestionState, Thread } from './comments.model.js';

export class CommentsStore {
  constructor(private readonly db: Database) {}

  async threads(planId: string): Promise<Thread[]> {
    return this.withNotes(
      await this.db.em.find(CommentThreadRow, { where: { planId }, order: { createdAt: 'ASC', ordinal: 'ASC', id: 'ASC' } }),
    );
  }

  async thread(id: string): Promise<Thread | null> {
    return (await this.withNotes(await this.db.em.findBy(CommentThreadRow, { id })))[0] ?? null;
  }

  count(planId: string): Promise<number> {
    return this.db.em.countBy(CommentThreadRow, { planId });
  }

  /** @param ordinal how many threads the plan had before */
  async add({ spans, resolvedBy, suggestion, notes: _, ...thread }: Thread, ordinal: number): Promise<void> {
    await this.db.em.insert(CommentThreadRow, {
      ...thread,
      ordinal,
      spans: JSON.stringify(spans.map(({ client, clock, clocks }) => [client, clock, clocks])),
      resolvedBy: resolvedBy && JSON.stringify(resolvedBy),
      replacement: suggestion?.replacement ?? null,
      suggestionState: suggestion?.state ?? null,
      decidedBy: null,
      decidedAt: null,
      seq: null,
    });
  }

  /** @param ordinal how many notes the thread had before */
  async addNote(threadId: string, { by, ...note }: Note, ordinal: number): Promise<void> {
    await this.db.em.insert(CommentNoteRow, { ...note, threadId, ordinal, by: JSON.stringify(by) });
  }

  async resolve(id: string, by: ActorSnapshot | null, at: Date | null): Promise<void> {
    await this.db.em.update(CommentThreadRow, { id }, { resolvedAt: at, resolvedBy: by && JSON.stringify(by) });
  }

  /** @returns false when another was kept already */
  async keepLease(id: string, lease: number): Promise<boolean> {
    return (await this.db.em.update(CommentThreadRow, { id, lease: IsNull() }, { lease })).affected === 1;
  }

  /** Decides an open suggestion. @returns false when it was decided already */
  async decide(id: string, state: SuggestionState, by: ActorSnapshot, at: Date, seq: number | null): Promise<boolean> {
    const decidedBy = JSON.stringify(by);
    const change = { suggestionState: state, decidedBy, decidedAt: at, seq, resolvedAt: at, resolvedBy: decidedBy };
    return (await this.db.em.update(CommentThreadRow, { id, suggestionState: 'OPEN' }, change)).affected === 1;
  }

  private async withNotes(rows: readonly CommentThreadRow[]): Promise<Thread[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const notes = await this.db.em.find(CommentNoteRow, { where: { threadId: In(ids) }, order: { ordinal: 'ASC', at: 'ASC', id: 'ASC' } });
    const byThread = Map.groupBy(notes, ({ threadId }) => threadId);
    return rows.map((row) => toThread(row, byThread.get(row.id) ?? []));
  }
}

function toThread(row: CommentThreadRow, notes: readonly CommentNoteRow[]): Thread {
  const { id, planId, path, quote, providerOnly, createdAt, resolvedAt, lease, replacement, suggestionState, decidedAt } = row;
  const state = suggestionState as SuggestionState | null;
  return {
    ...{ id, planId, path, quote, providerOnly, createdAt, resolvedAt, lease },
    spans: (JSON.parse(row.spans) as [number, number, number][]).map(([client, clock, clocks]): CharSpan => ({ client, clock, clocks })),
    resolvedBy: snapshotIn(row.resolvedBy),
    suggestion: replacement === null || state === null ? null : { replacement, state, decidedAt, decidedBy: snapshotIn(row.decidedBy) },
    notes: notes.map(({ id: noteId, at, by, text }) => ({ id: noteId, at, text, by: JSON.parse(by) as ActorSnapshot })),
  };
}

const snapshotIn = (json: string | null): ActorSnapshot | null => (json === null ? null : (JSON.parse(json) as ActorSnapshot));
