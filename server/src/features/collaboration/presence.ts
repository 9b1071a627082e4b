import { PRESENCE_INTERVAL_MS } from '@samsyn/schema';
import type { Clock } from '../../platform/clock.js';
import type { Topics } from '../../platform/topics.js';
import type { PresenceEntry } from './collaboration.model.js';

/** How often a node repeats who is there, and after how long without that another forgets them. */
const REPEAT_MS = 10_000;
const FORGET_MS = 35_000;
/** More people, fewer messages: the cost of telling n people about n people stays flat. */
const INTERVAL_PER_PERSON_MS = 10;

type WireEntry = Omit<PresenceEntry, 'anchor' | 'head' | 'seenAt'> & { anchor: string | null; head: string | null; seenAt: string };
interface Message {
  readonly node: string;
  readonly entries: readonly WireEntry[];
  /** The sender has just come and wants to hear of the others. */
  readonly ask: boolean;
}

/** Who is in a document, here and on other nodes. Told at most every so often, as one list, and never in the way of an edit. */
export class Presence {
  private readonly here = new Map<string, PresenceEntry>();
  private readonly elsewhere = new Map<string, { entries: readonly PresenceEntry[]; heardAt: number }>();
  private timer: NodeJS.Timeout | null = null;
  /** Something here changed that other nodes haven't heard of. */
  private untold = false;
  private repeatAt = 0;
  private readonly unlisten: () => void;

  constructor(
    private readonly topic: string,
    private readonly node: string,
    private readonly topics: Topics,
    private readonly clock: Clock,
    private readonly changed: (entries: readonly PresenceEntry[]) => void,
  ) {
    this.unlisten = topics.listen<Message>(topic, (message) => this.hear(message));
    this.tell(true);
  }

  /** Sets what is known of one person; the server's own words, never the client's. */
  set(entry: PresenceEntry): void {
    this.here.set(entry.presenceId, entry);
    this.schedule();
  }

  get(presenceId: string): PresenceEntry | undefined {
    return this.here.get(presenceId);
  }

  remove(presenceId: string): void {
    if (this.here.delete(presenceId)) this.schedule();
  }

  /** Everybody, by presenceId. */
  list(): PresenceEntry[] {
    const all = new Map([...this.elsewhere.values()].flatMap(({ entries }) => entries.map((entry) => [entry.presenceId, entry] as const)));
    for (const [id, entry] of this.here) all.set(id, entry);
    return [...all.values()].sort((a, b) => (a.presenceId < b.presenceId ? -1 : 1));
  }

  /** Repeats what is here, forgets nodes that fell silent. Call now and then. */
  sweep(): void {
    const now = this.clock.now().getTime();
    for (const [node, { heardAt }] of this.elsewhere) {
      if (now - heardAt <= FORGET_MS) continue;
      this.elsewhere.delete(node);
      this.schedule();
    }
    if (this.here.size > 0 && now >= this.repeatAt) this.tell(false);
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.unlisten();
    this.here.clear();
    this.tell(false);
  }

  /** @param own another node's news goes to our own people only; telling it on would make an echo */
  private schedule(own = true): void {
    this.untold ||= own;
    const people = this.here.size + this.elsewhere.size;
    this.timer ??= setTimeout(() => this.flush(), Math.max(PRESENCE_INTERVAL_MS, people * INTERVAL_PER_PERSON_MS)).unref();
  }

  private flush(): void {
    this.timer = null;
    if (this.untold) this.tell(false);
    this.changed(this.list());
  }

  private tell(ask: boolean): void {
    this.untold = false;
    this.repeatAt = this.clock.now().getTime() + REPEAT_MS;
    const message: Message = { node: this.node, entries: [...this.here.values()].map(toWire), ask };
    this.topics.publish(this.topic, message);
  }

  private hear({ node, entries, ask }: Message): void {
    if (node === this.node) return;
    const before = this.elsewhere.get(node);
    if (entries.length > 0) this.elsewhere.set(node, { entries: entries.map(fromWire), heardAt: this.clock.now().getTime() });
    else this.elsewhere.delete(node);
    // A repetition changes nothing; only news goes out.
    if (JSON.stringify(before?.entries.map(toWire) ?? []) !== JSON.stringify(entries)) this.schedule(false);
    if (ask && this.here.size > 0) this.tell(false);
  }
}

const base64 = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('base64'));
const bytes = (text: string | null): Uint8Array | null => (text === null ? null : new Uint8Array(Buffer.from(text, 'base64')));

const toWire = (entry: PresenceEntry): WireEntry => ({
  ...entry,
  anchor: base64(entry.anchor),
  head: base64(entry.head),
  seenAt: entry.seenAt.toISOString(),
});
const fromWire = (entry: WireEntry): PresenceEntry => ({
  ...entry,
  anchor: bytes(entry.anchor),
  head: bytes(entry.head),
  seenAt: new Date(entry.seenAt),
});
