import { allows, deletePath, fieldPath, missingParts, partsDone, type PlanContent, readContent, type Root } from '@samsyn/schema';
import { getContext, setContext } from 'svelte';
import * as Y from 'yjs';
import { wire } from '#lib/api/client.js';
import type { Road } from '#lib/api/roads.js';
import type { Role, Side } from '#lib/api/generated/graphql.js';
import { planReader } from '../content.js';
import { apiTransport } from '../document/apiTransport.js';
import { openEditStorage } from '../document/idbStorage.js';
import { browserLocks, SharedLocks } from '../document/locks.js';
import { PlanDocument } from '../document/planDocument.js';
import type { PlanDocumentState } from '../document/planDocumentState.js';
import { MemoryStorage } from '../document/storage.js';
import type { DocumentTransport, Presence } from '../document/transport.js';
import { type AxisLocks, locksOf } from './locks.js';
import { PresenceSender } from '../presence/presenceSender.js';
import { offerField } from './offer.js';
import { Structure } from './structure.js';

/** The text is read anew this often while somebody types; typing itself never waits for it. */
const READ_MS = 80;

/** Somebody in the plan, with the roles and sides as the contract names them. */
export type Person = Presence & { role: Role; side: Side };

export interface Removal {
  root: Root;
  id: string;
  label: string;
  undo: () => void;
}

export interface Selection {
  anchor: Y.RelativePosition;
  head: Y.RelativePosition;
}

const noLocks = locksOf({ locks: [], judgements: [] });

/** One plan's text on screen: what it holds now, who is here, what may be written, and the acts on it. Lives as long as its page. */
export class Desk {
  readonly planId: string;
  /** Null on the server and until the line is up; then everything below follows the shared text. */
  live = $state.raw<PlanDocumentState | null>(null);
  content = $state.raw<PlanContent>() as PlanContent;
  removal = $state.raw<Removal | null>(null);
  /** How the page reaches the server. */
  road = $state<Road>('socket');
  /** The entry that was added a moment ago: takes the focus. */
  added = $state.raw<string | null>(null);
  /** Which axes are locked by a judgement, and since when. */
  locks = $state.raw<ReadonlyMap<string, AxisLocks>>(noLocks);
  /** What this person last marked in a field, with words to quote. */
  marked = $state.raw<{ path: string; quote: string; anchor: Uint8Array; head: Uint8Array } | null>(null);

  readonly missing = $derived.by(() => missingParts(this.content));
  readonly missingPaths = $derived(this.missing.map((part) => part.path));
  readonly done = $derived.by(() => partsDone(this.content));
  readonly others = $derived((this.live?.presence ?? []).filter((person): person is Person => !person.self));
  readonly doc = $derived(this.live?.phase === 'open' ? this.live.doc : null);

  #document: PlanDocument | null = null;
  #presence: PresenceSender | null = null;
  #structure: Structure | null = null;
  #boundTo: Y.Doc | null = null;
  #readTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(planId: string, content: PlanContent) {
    this.planId = planId;
    this.content = content;
  }

  /** Opens the shared text; returns the way to close it. */
  connect(userId: string): () => void {
    const transport = apiTransport(wire());
    const unlisten = wire().onRoad((road) => (this.road = road));
    const listening = new AbortController();
    let closed = false;
    void this.#open(transport, userId, () => closed);
    addEventListener('online', () => this.#document?.online(), { signal: listening.signal });
    addEventListener('pagehide', () => this.#document?.flush(), { signal: listening.signal });
    addEventListener('beforeunload', (event) => this.#warn(event), { signal: listening.signal });
    return () => {
      closed = true;
      listening.abort();
      unlisten();
      if (this.#readTimer !== null) clearTimeout(this.#readTimer);
      this.#presence?.end();
      this.#structure?.destroy();
      this.#document?.dispose();
      this.#document = null;
    };
  }

  canWrite(path: string): boolean {
    return this.live?.phase === 'open' && allows(this.live.writable, path);
  }

  canRemove(root: Root, id: string): boolean {
    return this.canWrite(deletePath(root, id));
  }

  /** True when everything typed here is with the server. */
  settled(withinMs: number): Promise<boolean> {
    return this.#document?.settled(withinMs) ?? Promise.resolve(true);
  }

  addCause(): void {
    this.added = this.#structure?.addCause() ?? null;
    this.#readNow();
  }

  /** With a single cause there is nothing to choose: the measure meets that one. */
  addMeasure(): void {
    const causeIds = this.content.causes.length === 1 ? this.content.causes.map((cause) => cause.id) : [];
    this.added = this.#structure?.addMeasure(causeIds) ?? null;
    this.#readNow();
  }

  remove(root: Root, id: string, label: string): void {
    const undo = this.#structure?.remove(root, id);
    if (undo !== undefined) this.removal = { root, id, label, undo };
  }

  undoRemoval(): void {
    const removal = this.removal;
    this.removal = null;
    removal?.undo();
    this.added = removal?.id ?? null;
  }

  /** One step up or down among its own. */
  move(root: Root, id: string, step: 1 | -1): void {
    const ids = (root === 'causes' ? this.content.causes : this.content.measures).map((entry) => entry.id);
    const at = ids.indexOf(id);
    const others = ids.filter((other) => other !== id);
    const after = at + step === 0 ? null : (others[at + step - 1] ?? null);
    if (at + step >= 0 && at + step < ids.length) this.#structure?.move(root, id, after);
    this.#readNow();
  }

  canMove(root: Root, id: string): boolean {
    return this.canWrite(fieldPath(root, id, 'order'));
  }

  setCauses(measureId: string, causeIds: readonly string[]): void {
    this.#structure?.setCauses(measureId, causeIds);
    this.#readNow();
  }

  setDate(measureId: string, field: 'doneBy' | 'followUpBy', date: string | null): void {
    this.#structure?.setDate(measureId, field, date);
    this.#readNow();
  }

  /** Where this person is: shown to the others. */
  writesAt(path: string, selection: Selection | null = null): void {
    const encode = (position: Y.RelativePosition | undefined): Uint8Array | null => (position ? Y.encodeRelativePosition(position) : null);
    this.#presence?.at(path, encode(selection?.anchor), encode(selection?.head));
  }

  /** Words marked in a field; an empty selection is no mark. */
  marks(path: string, quote: string, selection: Selection): void {
    const words = quote.trim();
    if (words === '') return;
    const encode = (position: Y.RelativePosition): Uint8Array => Y.encodeRelativePosition(position);
    this.marked = { path, quote, anchor: encode(selection.anchor), head: encode(selection.head) };
  }

  leaves(path: string): void {
    this.#presence?.left(path);
  }

  /** Puts a kept field back, as edits of this person's own. False when it is not there any more. */
  offer(path: string, valueJson: string): boolean {
    return this.#boundTo !== null && this.#structure !== null && offerField(this.#boundTo, this.#structure, path, valueJson);
  }

  discardBranch(id: string): void {
    void this.#document?.discardBranch(id);
  }

  async #open(transport: DocumentTransport, userId: string, closed: () => boolean): Promise<void> {
    const locks = browserLocks();
    const storage = locks === null ? new MemoryStorage() : await openEditStorage();
    if (closed()) return;
    const { planId } = this;
    this.#presence = new PresenceSender((place) => transport.setPresence(planId, place));
    this.#document = new PlanDocument({ planId, userId, transport, storage, locks: locks ?? new SharedLocks(), reader: planReader });
    this.#document.subscribe((state) => this.#changed(state));
    await this.#document.start();
  }

  #changed(state: PlanDocumentState): void {
    const opened = state.phase === 'open' && this.live?.phase !== 'open';
    this.live = state;
    if (state.doc !== this.#boundTo) this.#bind(state.doc);
    if (opened) this.#presence?.repeat();
  }

  #bind(doc: Y.Doc | null): void {
    this.#structure?.destroy();
    this.#structure = doc && new Structure(doc);
    this.#boundTo = doc;
    this.removal = null;
    if (doc === null) return;
    doc.on('update', () => {
      this.#readTimer ??= setTimeout(() => this.#readNow(), READ_MS);
    });
    this.#readNow();
  }

  #readNow(): void {
    if (this.#readTimer !== null) clearTimeout(this.#readTimer);
    this.#readTimer = null;
    if (this.#boundTo !== null) this.content = readContent(this.#boundTo);
  }

  #warn(event: BeforeUnloadEvent): void {
    this.#document?.flush();
    if (this.#document !== null && !this.#document.state.kept && this.#document.waiting > 0) event.preventDefault();
  }
}

const key = Symbol('desk');

export const provideDesk = (desk: Desk): Desk => setContext(key, desk);
export const useDesk = (): Desk => getContext<Desk>(key);
