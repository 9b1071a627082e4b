import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What the first lines of an export say it is. */
export const EXPORT_FORMAT = 'samsyn-export';
export const EXPORT_VERSION = 1;

/** The lists of an export, in the order they lie in the file. */
export const SECTIONS = ['audit', 'plans', 'revisions', 'decisions', 'judgements', 'reports', 'escalations', 'evidence'] as const;
export type Section = (typeof SECTIONS)[number];

/** One row with the hash of itself, so that a change is found in the row where it was made. */
export interface Sealed {
  readonly row: Readonly<Record<string, unknown>>;
  readonly seal: string;
}

/** What an export says of itself, and of how much it holds. */
export interface ExportHead {
  readonly format: typeof EXPORT_FORMAT;
  readonly version: number;
  readonly exportedAt: string;
  readonly huvudman: { readonly id: string; readonly key: string; readonly name: string };
  /** The chain of formal acts when it was exported: how far it had come, and its last hash. */
  readonly chain: { readonly seq: number; readonly hash: string };
  readonly counts: Readonly<Record<Section, number>>;
}

export type ExportFile = { readonly head: ExportHead } & Readonly<Record<Section, readonly Sealed[]>> & {
    /** Over the head and every row's seal. */
    readonly seal: string;
  };

export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** RFC 8785. @throws TypeError for what has no JSON form */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('The value has no JSON form');
  return text;
}

export const sealed = (row: Readonly<Record<string, unknown>>): Sealed => ({ row, seal: hashOf(canonical(row)) });

/** The seal of the whole: a row that is taken out, put in or moved changes it. */
export const sealOf = (head: ExportHead, sections: Readonly<Record<Section, readonly Sealed[]>>): string =>
  hashOf(canonical([head, SECTIONS.map((name) => sections[name].map(({ seal }) => seal))]));

/** The one way an export is written: verifying writes what it read again, and compares byte by byte. One row a line. */
export function exportText(file: ExportFile): string {
  const list = (rows: readonly Sealed[]): string => (rows.length === 0 ? '[]' : `[\n${rows.map((row) => canonical(row)).join(',\n')}\n]`);
  const sections = SECTIONS.map((name) => `${JSON.stringify(name)}:${list(file[name])}`);
  return `{\n"head":${canonical(file.head)},\n${sections.join(',\n')},\n"seal":${JSON.stringify(file.seal)}\n}\n`;
}
