import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { newId } from '../../platform/ids.js';

/** Bytes that have come in and are on the disk, but not yet kept under their name. Ends with `keep` or `discard`. */
export interface StagedFile {
  readonly sha256: string;
  readonly bytes: number;
  /** A local copy to look at, until `keep` or `discard`. */
  readonly path: string;
  /** Keeps the bytes under their hash. When it returns they survive a power cut. The same bytes twice are one file. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/** Where the bytes of evidence lie, by their SHA-256. Knows no plan and asks nobody's rights. */
export interface FileStore {
  /** Takes bytes in, hashing on the way. null: more than `maxBytes`; nothing is left of them. */
  receive(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StagedFile | null>;
  /** null: not here. */
  read(sha256: string): Promise<Readable | null>;
  /** Removes what has lain untouched since `before` and isn't `wanted`: uploads that were cut, bytes whose row was refused. */
  sweep(before: Date, wanted: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>;
}

const HASH = /^[0-9a-f]{64}$/;

/** Files in a folder. Several nodes share it by a common volume. */
export class DiskFileStore implements FileStore {
  private readonly incoming: string;

  constructor(private readonly folder: string) {
    this.incoming = join(folder, 'incoming');
  }

  async receive(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StagedFile | null> {
    await mkdir(this.incoming, { recursive: true });
    const path = join(this.incoming, newId());
    const hash = createHash('sha256');
    let bytes = 0;
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of content) {
        bytes += chunk.length;
        // Read on without keeping it: the sender hears the answer only when all is read.
        if (bytes > maxBytes) continue;
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      await file.sync();
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    await file.close();
    const discard = (): Promise<void> => rm(path, { force: true });
    if (bytes > maxBytes) {
      await discard();
      return null;
    }
    const sha256 = hash.digest('hex');
    return { sha256, bytes, path, discard, keep: () => this.keep(path, sha256) };
  }

  async read(sha256: string): Promise<Readable | null> {
    if (!HASH.test(sha256) || !(await exists(this.place(sha256)))) return null;
    return createReadStream(this.place(sha256));
  }

  async sweep(before: Date, wanted: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number> {
    const cut = await this.untouchedSince(this.incoming, before);
    const kept = (await this.untouchedSince(this.folder, before)).filter((name) => HASH.test(name));
    const keep = kept.length > 0 ? await wanted(kept) : new Set<string>();
    const orphans = kept.filter((name) => !keep.has(name));
    for (const name of cut) await rm(join(this.incoming, name), { force: true });
    for (const name of orphans) await rm(this.place(name), { force: true });
    return cut.length + orphans.length;
  }

  /** Renamed, and the folder synced: a name that isn't on the disk is a file that a power cut takes. */
  private async keep(path: string, sha256: string): Promise<void> {
    const place = this.place(sha256);
    const now = new Date();
    // Touched also when it replaces the same bytes, so that a sweep under way leaves it.
    await utimes(path, now, now);
    await rename(path, place);
    const folder = await open(this.folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  private place(sha256: string): string {
    return join(this.folder, sha256);
  }

  private async untouchedSince(folder: string, before: Date): Promise<string[]> {
    const names = (await exists(folder)) ? await readdir(folder, { withFileTypes: true }) : [];
    const old: string[] = [];
    for (const entry of names.filter((each) => each.isFile())) {
      const found = await stat(join(folder, entry.name)).catch(() => null);
      if (found && found.mtime < before) old.push(entry.name);
    }
    return old;
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
