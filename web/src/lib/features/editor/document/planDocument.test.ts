import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { FakeServer } from './fakeServer.js';
import { SharedLocks } from './locks.js';
import { PlanDocument } from './planDocument.js';
import type { ContentReader } from './planDocumentState.js';
import { MemoryStorage } from './storage.js';

const seed = (doc: Y.Doc): void => {
  doc.transact(() => {
    const measure = new Y.Map<unknown>();
    measure.set('what', new Y.Text('Rutin'));
    measure.set('responsible', new Y.Text(''));
    doc.getMap('measures').set('m1', measure);
  });
};

const text = (doc: Y.Doc | null, field = 'what'): Y.Text => {
  const measure = doc?.getMap('measures').get('m1');
  const value = measure instanceof Y.Map ? measure.get(field) : undefined;
  if (!(value instanceof Y.Text)) throw new Error(`no ${field}`);
  return value;
};

const reader: ContentReader = {
  contentHash: (doc) => JSON.stringify(doc.getMap('measures').toJSON()),
  exists: (doc, path) => doc.getMap('measures').has(path.split('/')[1] ?? ''),
  fieldsUnder: (_doc, path) => [`${path}/what`, `${path}/responsible`],
  field: (doc, path) => {
    const value = text(doc, path.split('/')[2]).toJSON();
    return { text: value, valueJson: JSON.stringify(value) };
  },
};

let server: FakeServer;
let storage: MemoryStorage;
let locks: SharedLocks;
const open: PlanDocument[] = [];

async function tab(userId = 'u1', over: FakeServer = server): Promise<PlanDocument> {
  const document = new PlanDocument({ planId: 'p1', userId, transport: over.transport(), storage, locks, reader });
  open.push(document);
  await document.start();
  await vi.advanceTimersByTimeAsync(0);
  return document;
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2023-10-03T12:00:00Z') });
  server = new FakeServer(seed);
  server.hash = (doc) => reader.contentHash(doc);
  storage = new MemoryStorage(true);
  locks = new SharedLocks();
});

afterEach(() => {
  for (const document of open.splice(0)) document.dispose();
  vi.useRealTimers();
});

describe('opening and writing', () => {
  it('opens cold, then asks only for what is missing', async () => {
    const document = await tab();
    expect(document.state.phase).toBe('open');
    expect(text(document.state.doc).toJSON()).toBe('Rutin');
    server.cut();
    server.reachable = true;
    server.write((doc) => text(doc).insert(5, ' beslutad'));
    await pass(30_000);
    expect(server.opens).toEqual([null, 1]);
    expect(text(document.state.doc).toJSON()).toBe('Rutin beslutad');
  });

  it('gathers typing into one recorded update and says saved only with the time of the acknowledgement', async () => {
    const document = await tab();
    server.holding = true;
    for (const letter of ' klar') text(document.state.doc).insert(text(document.state.doc).length, letter);
    expect(document.state.save.kind).toBe('saving');
    await pass(50);
    expect(document.state.save.kind).toBe('saving');
    server.release();
    await pass(0);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ lease: document.state.doc?.clientID, n: 1, epoch: 1 });
    expect(document.state.save).toEqual({ kind: 'saved', at: server.at });
    expect(await storage.entries('p1', 'u1')).toEqual([]);
  });

  it('never sends what others wrote in its own name', async () => {
    const document = await tab();
    server.write((doc) => text(doc, 'responsible').insert(0, 'Enhetschef'));
    text(document.state.doc).insert(0, 'Ny ');
    await pass(100);
    expect(server.received).toHaveLength(1);
    const clients = Y.decodeUpdate(server.received[0]?.update ?? new Uint8Array()).structs.map((struct) => struct.id.client);
    expect(new Set(clients)).toEqual(new Set([document.state.doc?.clientID]));
  });

  it('sends in order, without gaps, one at a time, and gathers what is typed meanwhile', async () => {
    const document = await tab();
    server.holding = true;
    for (let step = 0; step < 10; step += 1) {
      text(document.state.doc).insert(0, String(step));
      await pass(60);
    }
    expect(server.received).toEqual([]);
    server.release();
    await pass(200);
    expect(server.received.map((request) => request.n)).toEqual([1, 2]);
    expect(text(server.doc).toJSON()).toBe('9876543210Rutin');
  });
});

describe('when the line is bad', () => {
  it('sends the same bytes with the same number when an answer is lost', async () => {
    const document = await tab();
    server.losesAnswers = 2;
    text(document.state.doc).insert(0, 'A');
    await pass(5_000);
    expect(server.received.map((request) => request.n)).toEqual([1, 1, 1]);
    expect(new Set(server.received.map((request) => request.update.toBase64())).size).toBe(1);
    expect(text(server.doc).toJSON()).toBe('ARutin');
    expect(document.state.save.kind).toBe('saved');
  });

  it('counts what waits while offline, then sends it all, in order', async () => {
    const document = await tab();
    text(document.state.doc).insert(0, '1');
    await pass(100);
    server.cut();
    for (const letter of '234') {
      text(document.state.doc).insert(0, letter);
      await pass(2_500);
    }
    expect(document.state.save).toEqual({ kind: 'waiting', since: server.at, changes: 3 });
    expect(await storage.entries('p1', 'u1')).toHaveLength(3);
    server.reachable = true;
    document.online();
    await pass(100);
    expect(document.state.save.kind).toBe('saved');
    expect(server.received.map((request) => request.n)).toEqual([1, 2, 3, 4]);
    expect(text(server.doc).toJSON()).toBe('4321Rutin');
    expect(await storage.entries('p1', 'u1')).toEqual([]);
  });

  it('comes back for ever', async () => {
    const document = await tab();
    server.cut();
    await pass(3_600_000);
    server.reachable = true;
    await pass(21_000);
    expect(document.state.phase).toBe('open');
    expect(document.state.save.kind).toBe('saved');
  });

  it('opens again from where the server says on RESYNC', async () => {
    await tab();
    server.write((doc) => text(doc).insert(0, 'X'));
    server.send({ kind: 'RESYNC', resyncFrom: 1 });
    await pass(0);
    expect(server.opens).toEqual([null, 1]);
  });
});

describe('reloads and tabs', () => {
  it('replays after a reload what was never acknowledged, under its own lease and numbers', async () => {
    const before = await tab();
    const lease = before.state.doc?.clientID;
    server.cut();
    text(before.state.doc).insert(0, 'Kvar ');
    await pass(3_000);
    before.dispose();
    server.reachable = true;
    const after = await tab();
    expect(text(after.state.doc).toJSON()).toBe('Kvar Rutin');
    await pass(50);
    expect(server.received.map(({ lease: by, n }) => [by, n])).toEqual([[lease, 1]]);
    text(after.state.doc).insert(0, 'Ny ');
    await pass(100);
    expect(server.received.at(-1)).toMatchObject({ lease: after.state.doc?.clientID, n: 1 });
    expect(after.state.doc?.clientID).not.toBe(lease);
    expect(text(server.doc).toJSON()).toBe('Ny Kvar Rutin');
  });

  it('sends a replay whose answer was lost only once into the text', async () => {
    const before = await tab();
    server.losesAnswers = 1;
    text(before.state.doc).insert(0, 'En gång ');
    await pass(45);
    before.dispose();
    await tab();
    await pass(500);
    expect(text(server.doc).toJSON()).toBe('En gång Rutin');
    expect(await storage.entries('p1', 'u1')).toEqual([]);
  });

  it('leaves a living tab its edits', async () => {
    const first = await tab();
    server.cut();
    text(first.state.doc).insert(0, 'Första ');
    await pass(100);
    server.reachable = true;
    const second = await tab();
    expect(text(second.state.doc).toJSON()).toBe('Rutin');
    text(second.state.doc).insert(5, ' andra');
    await pass(30_000);
    expect(first.state.doc?.clientID).not.toBe(second.state.doc?.clientID);
    expect(text(first.state.doc).toJSON()).toBe('Första Rutin andra');
    expect(text(second.state.doc).toJSON()).toBe('Första Rutin andra');
    expect(await storage.entries('p1', 'u1')).toEqual([]);
  });

  it('never touches the edits of another person on the same computer', async () => {
    const first = await tab('u1');
    server.cut();
    text(first.state.doc).insert(0, 'Min ');
    await pass(100);
    first.dispose();
    server.reachable = true;
    const other = await tab('u2');
    expect(text(other.state.doc).toJSON()).toBe('Rutin');
    expect(await storage.entries('p1', 'u1')).toHaveLength(1);
  });
});

describe('when the server says no', () => {
  it('keeps the text as a branch and opens anew with a new lease', async () => {
    const document = await tab();
    const lease = document.state.doc?.clientID;
    server.cut();
    text(document.state.doc).insert(5, ' för sent');
    await pass(3_000);
    server.reachable = true;
    server.refusing = 'STALE_EPOCH';
    server.epoch = 2;
    server.writable = [];
    await pass(30_000);
    expect(document.state.branches).toMatchObject([
      { code: 'STALE_EPOCH', changes: 1, fields: [{ path: 'measures/m1/what', text: 'Rutin för sent' }] },
    ]);
    expect(text(document.state.doc).toJSON()).toBe('Rutin');
    expect(document.state.doc?.clientID).not.toBe(lease);
    expect(document.state.writable).toEqual([]);
    expect(document.state.save.kind).toBe('saved');
    expect(await storage.entries('p1', 'u1')).toEqual([]);
  });

  it('shows the branch again after a reload, until it is thrown away', async () => {
    const document = await tab();
    server.refusing = 'PATH_NOT_WRITABLE';
    text(document.state.doc).insert(0, 'X');
    await pass(100);
    document.dispose();
    const after = await tab();
    expect(after.state.branches).toHaveLength(1);
    await after.discardBranch(after.state.branches[0]?.id ?? '');
    expect(after.state.branches).toEqual([]);
    expect(await storage.branches('p1', 'u1')).toEqual([]);
  });

  it('waits out a rate limit instead of giving up', async () => {
    const document = await tab();
    server.refusing = 'RATE_LIMITED';
    text(document.state.doc).insert(0, 'A');
    await pass(500);
    server.refusing = null;
    await pass(20_000);
    expect(text(server.doc).toJSON()).toBe('ARutin');
    expect(document.state.branches).toEqual([]);
  });

  it('takes a lost right to write at once, with the reason', async () => {
    const document = await tab();
    server.send({ kind: 'ACCESS', epoch: 2, writable: [], reason: 'SUBMITTED' });
    expect(document.state).toMatchObject({ phase: 'open', epoch: 2, writable: [], reason: 'SUBMITTED' });
  });

  it('marks what was typed before the change with the epoch it was typed under', async () => {
    const document = await tab();
    server.holding = true;
    text(document.state.doc).insert(0, 'A');
    server.epoch = 2;
    server.send({ kind: 'ACCESS', writable: ['*'], reason: 'SHARED' });
    text(document.state.doc).insert(0, 'B');
    await pass(50);
    server.release();
    await pass(50);
    expect(server.received.map((request) => request.epoch)).toEqual([1, 2]);
  });

  it('closes when reading ends, and keeps what was unsaved', async () => {
    const document = await tab();
    server.holding = true;
    text(document.state.doc).insert(0, 'Mitt ');
    server.send({ kind: 'ACCESS', canRead: false, reason: 'REVOKED' });
    await pass(0);
    expect(document.state).toMatchObject({
      phase: 'closed',
      doc: null,
      reason: 'REVOKED',
      branches: [{ fields: [{ text: 'Mitt Rutin' }] }],
    });
  });
});

describe('when nobody is let in', () => {
  it.each(['UNAUTHENTICATED', 'OUTDATED'])('keeps the edits for the same person to come back, after %s', async (code) => {
    const document = await tab();
    server.cut();
    text(document.state.doc).insert(0, 'Mitt ');
    await pass(100);
    server.denying = code;
    await pass(30_000);
    expect(document.state).toMatchObject({ phase: 'closed', doc: null, reason: code, branches: [] });
    expect(document.state.save).toMatchObject({ kind: 'waiting', changes: 1 });
    document.dispose();
    server.denying = null;
    server.reachable = true;
    const later = await tab();
    await pass(100);
    expect(text(later.state.doc).toJSON()).toBe('Mitt Rutin');
    expect(text(server.doc).toJSON()).toBe('Mitt Rutin');
  });

  it('keeps the text as a branch when the plan is gone', async () => {
    const document = await tab();
    server.cut();
    text(document.state.doc).insert(0, 'Mitt ');
    await pass(100);
    server.denying = 'NOT_FOUND';
    await pass(30_000);
    expect(document.state.branches).toMatchObject([{ code: 'NOT_FOUND', fields: [{ text: 'Mitt Rutin' }] }]);
    expect(await storage.entries('p1', 'u1')).toEqual([]);
  });

  it('says when edits do not survive the tab', async () => {
    storage = new MemoryStorage();
    expect((await tab()).state.kept).toBe(false);
  });
});

describe('waiting for the server', () => {
  it('settles when everything typed is acknowledged, and says when it was not', async () => {
    const document = await tab();
    expect(await document.settled(0)).toBe(true);
    server.holding = true;
    text(document.state.doc).insert(0, 'A');
    const late = document.settled(1_000);
    await pass(1_000);
    expect(await late).toBe(false);
    const soon = document.settled(1_000);
    server.release();
    await pass(10);
    expect(await soon).toBe(true);
  });
});

describe('content hash', () => {
  it('fetches the text anew when it differs at the same seq', async () => {
    const document = await tab();
    const broken = document.state.doc;
    server.write((doc) => text(doc).insert(0, 'A'));
    Y.applyUpdate(
      server.doc,
      (() => {
        const other = new Y.Doc();
        Y.applyUpdate(other, Y.encodeStateAsUpdate(server.doc));
        text(other).insert(0, 'stulen ');
        return Y.encodeStateAsUpdate(other);
      })(),
    );
    await pass(20_000);
    expect(document.state.doc).not.toBe(broken);
    expect(document.state.repairedAt).not.toBeNull();
    expect(text(document.state.doc).toJSON()).toBe('stulen ARutin');
  });

  it('asks again for rows that never came', async () => {
    const document = await tab();
    server.write((doc) => text(doc).insert(0, 'A'));
    const missed = new Y.Doc();
    Y.applyUpdate(missed, Y.encodeStateAsUpdate(server.doc));
    const before = Y.encodeStateVector(missed);
    text(missed).insert(0, 'B');
    const update = Y.encodeStateAsUpdate(missed, before);
    Y.applyUpdate(server.doc, update);
    server.log.push({ seq: 3, lease: missed.clientID, update });
    await pass(60_000);
    expect(text(document.state.doc).toJSON()).toBe('BARutin');
    expect(server.opens).toEqual([null, 2]);
    expect(document.state.repairedAt).toBeNull();
  });

  it('leaves an equal text alone', async () => {
    const document = await tab();
    text(document.state.doc).insert(0, 'A');
    await pass(60_000);
    expect(document.state.repairedAt).toBeNull();
    expect(server.opens).toEqual([null]);
  });
});
