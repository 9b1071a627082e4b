const MAX_NAME_CHARS = 200;

/** What may be handed in: by extension, the kind that the content must prove to be. */
const KIND_OF_EXTENSION: Readonly<Record<string, FileKind>> = {
  pdf: 'pdf',
  docx: 'docx',
  xlsx: 'xlsx',
  png: 'png',
  jpg: 'jpg',
  jpeg: 'jpg',
  csv: 'csv',
  txt: 'txt',
};

export type FileKind = 'pdf' | 'docx' | 'xlsx' | 'png' | 'jpg' | 'csv' | 'txt';

export const MEDIA_TYPES: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  png: 'image/png',
  jpg: 'image/jpeg',
  csv: 'text/csv',
  txt: 'text/plain',
};

/**
 * A name fit to keep and show: the last part of a path, NFC, without control and direction characters (which could make `fdp.exe` read as
 * `exe.pdf`), at most 200 characters with its extension kept. null: nothing is left.
 */
export function cleanFileName(given: string): string | null {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const name = last
    .replace(/\p{Surrogate}/gu, '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  if (name === '') return null;
  if (name.length <= MAX_NAME_CHARS) return name;
  const dot = name.lastIndexOf('.');
  const tail = dot > 0 && name.length - dot <= 10 ? name.slice(dot) : '';
  return `${name.slice(0, MAX_NAME_CHARS - tail.length).replace(/[\uD800-\uDBFF]$/, '')}${tail}`;
}

/** The kind that the name's extension claims; null: not one that we take. */
export function claimedKind(fileName: string): FileKind | null {
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(KIND_OF_EXTENSION, extension) ? (KIND_OF_EXTENSION[extension] ?? null) : null;
}
