import type { DocumentTransport } from './transport.js';

/** What the check sees of the document at one moment. `quiet`: nothing recorded or waiting. */
export interface HashFacts {
  quiet: boolean;
  seq: number;
  version: number;
}

const AFTER_QUIET_MS = 2_000;
const BETWEEN_MS = 15_000;
/** So often may the server be ahead of us before we believe that a message was lost. */
const BEHIND_LIMIT = 3;

export type HashVerdict = 'same' | 'different' | 'behind' | 'unknown';

/** Equal state vectors prove nothing; equal hashes of the canonical content, at the same seq, do. */
export class HashCheck {
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastAt = 0;
  #behind = 0;
  #ended = false;

  constructor(
    readonly documentId: string,
    readonly transport: Pick<DocumentTransport, 'contentHash'>,
    readonly facts: () => HashFacts,
    readonly ownHash: () => string,
    readonly onVerdict: (verdict: 'different' | 'behind') => void,
    readonly now: () => number,
  ) {}

  /** Something changed or was acknowledged: look when it has been quiet for a while. */
  soon(): void {
    if (this.#ended) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.check(), Math.max(AFTER_QUIET_MS, this.#lastAt + BETWEEN_MS - this.now()));
  }

  end(): void {
    this.#ended = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  async check(): Promise<HashVerdict> {
    const before = this.facts();
    if (this.#ended || !before.quiet) return 'unknown';
    this.#lastAt = this.now();
    const answer = await this.transport.contentHash(this.documentId).catch(() => null);
    const after = this.facts();
    if (this.#ended || answer === null) return 'unknown';
    if (!after.quiet || after.version !== before.version || answer.seq < after.seq) {
      this.soon();
      return 'unknown';
    }
    if (answer.seq > after.seq) return this.#fellBehind();
    this.#behind = 0;
    if (this.ownHash() === answer.contentHash) return 'same';
    this.onVerdict('different');
    return 'different';
  }

  #fellBehind(): HashVerdict {
    this.#behind += 1;
    if (this.#behind < BEHIND_LIMIT) {
      this.soon();
      return 'unknown';
    }
    this.#behind = 0;
    this.onVerdict('behind');
    return 'behind';
  }
}
