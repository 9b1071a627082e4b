/** One piece of evidence (underlag) as a formal act names it. */
export interface EvidenceEntry {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
}

/** The evidence a plan has now, in any order; inside a transaction as that sees it. */
export type EvidenceManifest = (planId: string) => Promise<readonly EvidenceEntry[]>;

/**
 * The evidence list as canonical JSON (RFC 8785): sorted by id, keys in order, names in NFC. SHA-256 of it in UTF-8 is the manifestHash
 * that formal acts carry beside the contentHash. Keys are written in sorted order and hold only strings and whole numbers, so plain JSON is
 * canonical here.
 */
export function manifest(evidence: readonly EvidenceEntry[]): string {
  const items = [...evidence]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ bytes, id, name, sha256 }) => ({ bytes, id, name: name.normalize('NFC'), sha256 }));
  return JSON.stringify(items);
}
