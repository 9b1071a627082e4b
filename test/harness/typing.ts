import { addMeasure } from '@samsyn/schema';
import type * as Y from 'yjs';
import type { Client } from './client.js';
import type { Writer } from './writer.js';

/** Makes the measure that `Typist` types in. */
export async function seedMeasure(writer: Writer): Promise<void> {
  await writer.edit((doc) => addMeasure(doc, { what: 'Besluta en rutin' }));
}

/** The text field that typists share: who is responsible in the first measure. */
export const sharedField = (writer: Writer): Y.Text =>
  ([...writer.doc.getMap('measures').values()][0] as Y.Map<unknown>).get('responsible') as Y.Text;

/** Types marks that are all different, one after the other, and keeps those that the server said were saved. */
export class Typist {
  readonly acknowledged: string[] = [];
  refusal: string | undefined;
  private typing: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    readonly writer: Writer,
    readonly name: string,
    /** Pause between marks, ms. */
    private readonly pauseMs = 5,
  ) {}

  start(): this {
    this.typing = this.type();
    return this;
  }

  /** Resolves when this many more marks are saved. */
  async more(count: number): Promise<void> {
    const enough = this.acknowledged.length + count;
    while (this.acknowledged.length < enough && this.refusal === undefined) await pause(2);
  }

  /** Stops; resolves when the last mark has been answered. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.typing;
  }

  private async type(): Promise<void> {
    for (let key = 0; !this.stopped; key++) {
      const mark = `<${this.name}.${key}>`;
      const update = this.writer.record(() => sharedField(this.writer).insert(0, mark));
      const pushed = await this.pushed(update);
      if (pushed === null) return;
      this.acknowledged.push(mark);
      await pause(this.pauseMs);
    }
  }

  /** As a client does it: without an answer, the same update again. null when stopped or refused. */
  private async pushed(update: Uint8Array): Promise<number | null> {
    if (this.writer.lease === undefined) throw new Error('take a lease before typing');
    const n = this.writer.n + 1;
    for (;;) {
      try {
        const answer = await this.writer.push(update, { n });
        this.writer.n = n;
        if (answer.__typename === 'PushUpdatePayload') return answer.seq ?? 0;
        if (answer.code !== 'RATE_LIMITED') {
          this.refusal = answer.code;
          return null;
        }
      } catch {
        if (this.stopped) return null;
      }
      await pause(50);
    }
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How often each mark stands in a text: lost are those with 0, doubled those with more than 1. */
export function amiss(marks: readonly string[], text: string): string[] {
  return marks.filter((mark) => text.split(mark).length !== 2);
}

/** Seq and hash of the text as a node has it. */
export async function headAt(client: Client, planId: string): Promise<{ seq: number; contentHash: string }> {
  const { documentContentHash } = await client.ask<{ documentContentHash: { seq: number; contentHash: string } }>(
    `query($id: ID!) { documentContentHash(documentId: $id) { seq contentHash } }`,
    { id: planId },
  );
  return documentContentHash;
}

/** Resolves when every tab and every node have the same text; fails when they haven't in time. */
export async function agreed(writers: readonly Writer[], clients: readonly Client[], planId: string, withinMs: number): Promise<string> {
  const end = Date.now() + withinMs;
  for (;;) {
    const heads = await Promise.all(clients.map((client) => headAt(client, planId)));
    const seen = [...heads.map(({ contentHash }) => contentHash), ...writers.map((writer) => writer.contentHash)];
    if (new Set(seen).size === 1) return seen[0] as string;
    if (Date.now() > end)
      throw new Error(`no agreement in ${withinMs} ms: ${JSON.stringify({ heads, tabs: writers.map(({ seq }) => seq) })}`);
    await pause(20);
  }
}
