import { contentHash, createSharedDoc, readContent } from '@samsyn/schema';
import * as Y from 'yjs';
import type { Client } from './client.js';
import type { Received } from './received.js';

export interface DocumentEvent {
  readonly kind: 'OPENED' | 'UPDATES' | 'PRESENCE' | 'ACCESS' | 'RESYNC';
  readonly seq: number;
  readonly epoch: number;
  readonly checkpoint: { seq: number; update: string } | null;
  readonly updates: readonly { seq: number; update: string }[];
  readonly contentHash: string | null;
  readonly writable: readonly string[] | null;
  readonly canRead: boolean;
  readonly reason: string | null;
  readonly presence: readonly { presenceId: string; name: string; organisation: string; path: string | null }[] | null;
}

export interface Pushed {
  readonly __typename: 'PushUpdatePayload' | 'Refusal';
  readonly seq?: number;
  readonly code?: string;
}

const EVENTS = `subscription($id: ID!, $have: Int) { documentEvents(documentId: $id, haveSeq: $have) {
  kind seq epoch checkpoint { seq update } updates { seq update } contentHash writable canRead reason presence { presenceId name organisation path } } }`;
const LEASE = `mutation($id: ID!, $client: Float) { takeLease(input: { documentId: $id, clientId: $client }) { __typename ... on Lease { clientId epoch } ... on Refusal { code } } }`;
const PUSH = `mutation($id: ID!, $epoch: Int!, $lease: Float!, $n: Int!, $update: Bytes!) { pushUpdate(input: { documentId: $id, epoch: $epoch, lease: $lease, n: $n, update: $update }) {
  __typename ... on PushUpdatePayload { seq } ... on Refusal { code } } }`;

const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** One tab with a plan open, speaking PROTOCOL.md and nothing else: what a second implementation of the client would do. */
export class Writer {
  readonly doc = createSharedDoc();
  readonly events: Received<{ documentEvents: DocumentEvent }>;
  epoch = 0;
  seq = 0;
  lease: number | undefined;
  n = 0;
  private updates: Uint8Array[] = [];

  constructor(
    readonly client: Client,
    readonly planId: string,
  ) {
    this.events = client.subscribe(EVENTS, { id: planId, have: null });
    const push = this.events.push.bind(this.events);
    this.events.push = (value) => {
      this.take(value.documentEvents);
      push(value);
    };
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) this.updates.push(update);
    });
  }

  /** Opens the plan and waits for the whole of it. */
  static async open(client: Client, planId: string): Promise<Writer> {
    const writer = new Writer(client, planId);
    await writer.events.until(({ documentEvents }) => documentEvents.kind === 'OPENED');
    return writer;
  }

  /** Makes a change as this tab's user and returns the bytes, unsent. */
  record(change: (doc: Y.Doc) => void): Uint8Array {
    this.updates = [];
    this.doc.transact(() => change(this.doc), this);
    return Y.mergeUpdates(this.updates);
  }

  async takeLease(clientId: number | null = null): Promise<void> {
    const { data, errors } = await this.client.overSocket<{ takeLease: { clientId: number; epoch: number; code?: string } }>(LEASE, {
      id: this.planId,
      client: clientId,
    });
    if (!data || data.takeLease.code) throw new Error(`no lease: ${data?.takeLease.code ?? JSON.stringify(errors)}`);
    this.lease = data.takeLease.clientId;
    this.doc.clientID = this.lease;
    this.n = 0;
  }

  /** Changes the text and sends it; resolves with the server's word. */
  async edit(change: (doc: Y.Doc) => void): Promise<Pushed> {
    if (this.lease === undefined) await this.takeLease();
    return this.push(this.record(change));
  }

  async push(update: Uint8Array, overrides: { epoch?: number; lease?: number; n?: number } = {}): Promise<Pushed> {
    this.n += 1;
    const { data, errors } = await this.client.overSocket<{ pushUpdate: Pushed }>(PUSH, {
      id: this.planId,
      epoch: overrides.epoch ?? this.epoch,
      lease: overrides.lease ?? this.lease,
      n: overrides.n ?? this.n,
      update: Buffer.from(update).toString('base64'),
    });
    if (!data) throw new Error(JSON.stringify(errors));
    return data.pushUpdate;
  }

  /** Waits until this tab has everything up to `seq`. */
  async reach(seq: number): Promise<void> {
    if (this.seq >= seq) return;
    await this.events.until(() => this.seq >= seq);
  }

  /** The hash of what this tab shows. */
  get contentHash(): string {
    return contentHash(readContent(this.doc));
  }

  private take(event: DocumentEvent): void {
    this.epoch = event.epoch;
    if (event.checkpoint) {
      Y.applyUpdateV2(this.doc, bytes(event.checkpoint.update), 'server');
      this.seq = Math.max(this.seq, event.checkpoint.seq);
    }
    for (const { seq, update } of event.updates) {
      Y.applyUpdate(this.doc, bytes(update), 'server');
      this.seq = Math.max(this.seq, seq);
    }
    if (event.kind === 'OPENED') this.seq = Math.max(this.seq, event.seq);
  }
}
