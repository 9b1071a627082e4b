import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import type { FileKind } from './fileName.rules.js';

/** `DISGUISED`: the content is something else than the name says. `BROKEN`: it is that kind, but not whole. */
export type ContentFault = 'DISGUISED' | 'BROKEN' | 'NOT_UTF8';

/** How each kind ends when it is whole: these bytes, somewhere in its last part. An upload that was cut lacks them. */
const ENDINGS: Readonly<Record<Exclude<FileKind, 'csv' | 'txt'>, { readonly bytes: Buffer; readonly withinBytes: number }>> = {
  pdf: { bytes: Buffer.from('%%EOF', 'latin1'), withinBytes: 4_096 },
  png: { bytes: Buffer.from('49454e44ae426082', 'hex'), withinBytes: 4_096 },
  jpg: { bytes: Buffer.from('ffd9', 'hex'), withinBytes: 65_536 },
  // A zip's central directory ends with a record of 22 bytes and a comment of at most 65,535.
  docx: { bytes: Buffer.from('504b0506', 'hex'), withinBytes: 65_557 },
  xlsx: { bytes: Buffer.from('504b0506', 'hex'), withinBytes: 65_557 },
};

/**
 * Looks at what a file is by its content alone, and whether that is what its name claims.
 * @param path a file on this machine that nobody else changes
 * @returns what is wrong, or null
 */
export async function contentFault(path: string, claimed: FileKind): Promise<ContentFault | null> {
  // An unreadable archive makes the detector throw: then it is of no kind it can name.
  const found = await fileTypeFromFile(path).catch(() => undefined);
  if (claimed === 'csv' || claimed === 'txt') {
    if (found) return 'DISGUISED';
    return (await isText(path)) ? null : 'NOT_UTF8';
  }
  if (found?.ext === claimed) return (await endsAs(path, claimed)) ? null : 'BROKEN';
  // A cut archive can't be read as far as to say which document it is.
  const archive = (claimed === 'docx' || claimed === 'xlsx') && (found === undefined || found.ext === 'zip');
  return archive && !(await endsAs(path, claimed)) && (await beginsAsArchive(path)) ? 'BROKEN' : 'DISGUISED';
}

async function endsAs(path: string, kind: keyof typeof ENDINGS): Promise<boolean> {
  const { bytes, withinBytes } = ENDINGS[kind];
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, withinBytes));
    await file.read(tail, 0, tail.length, size - tail.length);
    return tail.includes(bytes);
  } finally {
    await file.close();
  }
}

async function beginsAsArchive(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(4);
    await file.read(head, 0, 4, 0);
    return head.equals(Buffer.from('504b0304', 'hex'));
  } finally {
    await file.close();
  }
}

/** Strict UTF-8, and no control characters beside line breaks, tabs and page breaks. */
async function isText(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  // eslint-disable-next-line no-control-regex -- these are what a text may not hold
  const control = /[\u0000-\u0008\u000B\u000E-\u001F\u007F]/;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      if (control.test(decoder.decode(chunk, { stream: true }))) return false;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
