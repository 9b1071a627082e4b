import type { Clock } from '../../../platform/clock.js';
import { newId } from '../../../platform/ids.js';
import type { Database } from '../../../platform/database.js';
import { createLog } from '../../../platform/log.js';
import { Refused } from '../../../platform/outcome.js';
import { LocalTopics } from '../../../platform/topics.js';
import type { Actor } from '../../accounts/index.js';
import type { Access, DocumentEvent } from '../collaboration.model.js';
import { createCollaboration, type CollaborationService } from '../index.js';
import { Editor } from './editor.js';

/** A clock that stands until it is moved. */
export class TestClock implements Clock {
  private at = Date.parse('2026-03-01T08:00:00.000Z');
  now(): Date {
    return new Date(this.at);
  }
  pass(ms: number): void {
    this.at += ms;
  }
}

/** People, rights, and one or more nodes over one database. Nodes hear of each other by `topics`, unless the world is deaf. */
export class World {
  readonly clock = new TestClock();
  readonly topics = new LocalTopics();
  readonly documentId = newId();
  readonly rights = new Map<string, Partial<Access> | null>();
  private readonly nodes: CollaborationService[] = [];

  constructor(readonly db: Database) {}

  node(topics = this.topics): CollaborationService {
    const access = {
      accessTo: (_documentId: string, actor: Actor): Promise<Access | null> => {
        const rights = this.rights.get(actor.userId);
        if (rights === null || rights === undefined) return Promise.resolve(null);
        const as = { userId: actor.userId, name: actor.name, role: 'MEDARBETARE', organisation: 'Utförare 1', side: 'PROVIDER' } as const;
        return Promise.resolve({ canRead: true, writable: new Set(['*']), fromSeq: 0, as, ...rights });
      },
      opened: (): void => undefined,
    };
    const { service } = createCollaboration({ db: this.db, clock: this.clock, topics, log: createLog('silent', 'test'), access });
    this.nodes.push(service);
    return service;
  }

  /** A signed-in person with these rights in the document; null: it doesn't exist for them. */
  person(name: string, rights: Partial<Access> | null = {}): Actor {
    this.rights.set(name, rights);
    return { userId: name, name, sessionId: `session-of-${name}`, memberships: [] };
  }

  create(node: CollaborationService): Promise<void> {
    return this.db.tx(() => node.createDocument(this.documentId));
  }

  async close(): Promise<void> {
    for (const node of this.nodes) await node.close();
  }
}

/** A client with everything real but the wire: it opens, leases, pushes its outbox in order, and applies what it is told. */
export class Tab {
  readonly events: DocumentEvent[] = [];
  editor!: Editor;
  epoch = 0;
  haveSeq: number | null = null;
  private n = 0;
  private stream!: AsyncIterableIterator<DocumentEvent>;
  private reading: Promise<void> = Promise.resolve();
  private wake: (() => void)[] = [];

  private constructor(
    private readonly world: World,
    readonly node: CollaborationService,
    readonly actor: Actor,
  ) {}

  static async open(world: World, node: CollaborationService, actor: Actor, haveSeq: number | null = null): Promise<Tab> {
    const tab = new Tab(world, node, actor);
    tab.stream = await node.open(world.documentId, actor, haveSeq);
    const lease = await node.takeLease(world.documentId, actor, null);
    if (lease instanceof Refused) throw new Error(lease.code);
    tab.editor = new Editor(lease.clientId, []);
    tab.reading = tab.read();
    await tab.until(() => tab.events.length > 0);
    return tab;
  }

  get opened(): DocumentEvent {
    return this.events[0] as DocumentEvent;
  }

  /** Pushes an edit; the seq, or the refusal's code. */
  async push(edit: (doc: Editor['doc']) => unknown, epoch = this.epoch): Promise<number | string> {
    return this.send(this.editor.made(edit), ++this.n, epoch);
  }

  async send(update: Uint8Array, n: number, epoch = this.epoch): Promise<number | string> {
    const result = await this.node.pushUpdate(this.world.documentId, { actor: this.actor, epoch, lease: this.editor.lease, n, update });
    return result instanceof Refused ? result.code : result.seq;
  }

  /** Resolves when the condition holds; looked at after every event. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.wake.push(resolve));
  }

  has(seq: number): Promise<void> {
    return this.until(() => (this.haveSeq ?? 0) >= seq);
  }

  async close(): Promise<void> {
    await this.stream.return?.();
    await this.reading;
  }

  private async read(): Promise<void> {
    for await (const event of this.stream) {
      if (event.checkpoint) this.editor.receiveCheckpoint(event.checkpoint.update);
      for (const row of event.updates) this.editor.receive(row.update);
      if (event.kind === 'OPENED' || event.kind === 'UPDATES') this.haveSeq = event.seq;
      if (event.kind === 'OPENED' || event.kind === 'ACCESS') this.epoch = event.epoch;
      this.events.push(event);
      for (const wake of this.wake.splice(0)) wake();
    }
  }
}
