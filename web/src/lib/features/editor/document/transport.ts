/** The messages of the co-editing protocol as the document client sees them: bytes are bytes, instants are Dates. */
export interface LoggedUpdate {
  seq: number;
  lease: number;
  update: Uint8Array;
}

export interface Presence {
  presenceId: string;
  name: string;
  role: string;
  organisation: string;
  side: string;
  /** Path of the field with focus, for example `measures/<id>/how`; null = reads. */
  path: string | null;
  anchor: Uint8Array | null;
  head: Uint8Array | null;
  seenAt: Date;
  self: boolean;
}

type DocumentEventKind = 'OPENED' | 'UPDATES' | 'PRESENCE' | 'ACCESS' | 'RESYNC';

export interface DocumentEvent {
  kind: DocumentEventKind;
  seq: number;
  epoch: number;
  checkpoint: { seq: number; update: Uint8Array } | null;
  updates: readonly LoggedUpdate[];
  contentHash: string | null;
  writable: readonly string[] | null;
  canRead: boolean;
  reason: string | null;
  presence: readonly Presence[] | null;
  resyncFrom: number | null;
}

/** The server said no and will say no again: the change is not admitted. */
export interface RefusedAnswer {
  refused: true;
  code: string;
  message: string;
}

export interface Acknowledged {
  refused: false;
  seq: number;
  at: Date;
}

export interface Leased {
  refused: false;
  clientId: number;
  epoch: number;
}

export interface PushRequest {
  epoch: number;
  lease: number;
  n: number;
  update: Uint8Array;
}

/** Nobody is let in (any more): trying again changes nothing. Anything else thrown by a transport is taken as a broken line. */
export class TransportDenied extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'TransportDenied';
  }
}

export interface DocumentSink {
  event(event: DocumentEvent): void;
  /** The subscription ended, whoever ended it. Called at most once. */
  ended(error: unknown): void;
}

export interface DocumentTransport {
  /** Opens the subscription; `haveSeq` null asks for everything. Returns the way to stop it. */
  open(documentId: string, haveSeq: number | null, sink: DocumentSink): () => void;
  takeLease(documentId: string, clientId: number): Promise<Leased | RefusedAnswer>;
  push(documentId: string, request: PushRequest): Promise<Acknowledged | RefusedAnswer>;
  setPresence(documentId: string, presence: { path: string | null; anchor: Uint8Array | null; head: Uint8Array | null }): Promise<void>;
  contentHash(documentId: string): Promise<{ seq: number; contentHash: string }>;
}
