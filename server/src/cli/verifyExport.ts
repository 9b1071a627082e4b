import { measureHashes, type PlanContent } from '@samsyn/schema';
import { breakAt, CHAIN_START, type ChainHead, type StoredEntry } from '../features/audit/index.js';
import { EXPORT_FORMAT, EXPORT_VERSION, exportText, hashOf, sealed, sealOf, SECTIONS, type ExportFile, type Sealed } from './exportFile.js';

/** Something that doesn't hold: where, and what. */
export interface Flaw {
  readonly where: string;
  readonly what: string;
}

type Row = Sealed['row'];
/** What an act's details say, as far as they weren't erased by rule. */
type Details = Readonly<Record<string, unknown>>;

/** What was looked at, for a person to compare with what they know. */
export interface Proof {
  readonly flaws: readonly Flaw[];
  /** null: the text is no export. */
  readonly file: ExportFile | null;
}

const flaw = (where: string, what: string): Flaw => ({ where, what });

/**
 * Proves an export without server or database. Three rings: every byte is what the export wrote (seals, and the one way of writing it);
 * the chain of formal acts holds and names the hashes of what was handed in, decided and verified; each text has the hash it is known by.
 * Seals alone find a change; the chain finds also a change by somebody who made new seals.
 */
export function verifyExport(text: string): Proof {
  const read = parse(text);
  if ('where' in read) return { flaws: [read], file: null };
  const { file } = read;
  const flaws = RINGS.flatMap((ring) => guarded(ring, file));
  if (flaws.length === 0 && exportText(file) !== text) flaws.push(writtenFlaw(exportText(file), text));
  return { flaws, file };
}

/** What is looked for, in order. */
const RINGS: readonly ((file: ExportFile) => Flaw[])[] = [
  sealFlaws,
  chainFlaws,
  revisionFlaws,
  decisionFlaws,
  judgementFlaws,
  reportFlaws,
  evidenceFlaws,
];

/** A spoilt row can be of any shape: one that can't even be looked at is a flaw, not a fault of ours. */
function guarded(ring: (file: ExportFile) => Flaw[], file: ExportFile): Flaw[] {
  try {
    return ring(file);
  } catch (error) {
    return [flaw('hela filen / the whole file', `en rad går inte att läsa / a row can’t be read: ${(error as Error).message}`)];
  }
}

/** Whether a file beside the export is the one handed in. @param found its size and hash; null: it isn't there */
export function fileFlaw(evidence: Row, found: { readonly bytes: number; readonly sha256: string } | null): Flaw | null {
  const where = `files/${String(evidence['sha256'])}`;
  if (!found) return flaw(where, 'filen saknas / the file is missing');
  if (found.sha256 === evidence['sha256'] && found.bytes === evidence['bytes']) return null;
  return flaw(where, `innehållet är ett annat: ${found.bytes} byte, SHA-256 ${found.sha256} / the content differs`);
}

function parse(text: string): { file: ExportFile } | Flaw {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return flaw('hela filen / the whole file', `går inte att läsa som JSON / is not JSON: ${(error as Error).message}`);
  }
  const file = value as Partial<ExportFile> | null;
  const head = file?.head;
  if (head?.format !== EXPORT_FORMAT || head.version !== EXPORT_VERSION)
    return flaw('head', `är inte en export av version ${EXPORT_VERSION} / is not an export of that version`);
  if (typeof head.counts !== 'object' || typeof head.chain !== 'object' || typeof head.huvudman !== 'object')
    return flaw('head', 'går inte att läsa / can’t be read');
  for (const name of SECTIONS) {
    if (!Array.isArray(file?.[name]) || !file[name].every((each: unknown) => isSealed(each)))
      return flaw(name, 'listan går inte att läsa / the list can’t be read');
  }
  return { file: file as ExportFile };
}

const isSealed = (value: unknown): boolean => {
  const { row, seal } = (value ?? {}) as Partial<Sealed>;
  return typeof row === 'object' && row !== null && typeof seal === 'string';
};

function sealFlaws(file: ExportFile): Flaw[] {
  const flaws: Flaw[] = [];
  for (const name of SECTIONS) {
    file[name].forEach(({ row, seal }, at) => {
      if (sealed(row).seal !== seal) flaws.push(flaw(place(name, at, row), 'raden är ändrad / the row is changed'));
    });
    if (file.head.counts[name] !== file[name].length) flaws.push(flaw(name, 'antalet rader stämmer inte / the number of rows differs'));
  }
  if (flaws.length === 0 && sealOf(file.head, file) !== file.seal)
    flaws.push(flaw('head, seal', 'är ändrat, eller rader är flyttade / is changed, or rows are moved'));
  return flaws;
}

function chainFlaws({ head, audit }: ExportFile): Flaw[] {
  let reached: ChainHead = { seq: 0, hash: CHAIN_START };
  for (const { row } of audit) {
    const entry = row as unknown as StoredEntry;
    const broken = chained(entry, reached);
    if (broken) return [flaw(`audit nr ${broken.seq}`, `kedjan håller inte / the chain breaks: ${broken.code}`)];
    if (entry.ownerId !== head.huvudman.id) return [flaw(`audit nr ${entry.seq}`, 'hör till en annan kedja / belongs to another chain')];
    reached = { seq: entry.seq, hash: entry.hash };
  }
  const whole = head.chain.seq === reached.seq && head.chain.hash === reached.hash;
  return whole ? [] : [flaw(`audit nr ${reached.seq + 1}`, 'kedjan är avkortad / the chain is cut short')];
}

/** What isn't even of an entry's shape breaks the chain where it stands. */
function chained(entry: StoredEntry, reached: ChainHead): { seq: number; code: string } | null {
  try {
    return breakAt(entry, reached);
  } catch {
    return { seq: reached.seq + 1, code: 'ENTRY_CHANGED' };
  }
}

/** The acts of one kind on a plan, with what their details say; null where they were erased by rule. */
function actsOn({ audit }: ExportFile, acts: readonly string[], planId: unknown): (Details | null)[] {
  const found = audit.filter(({ row }) => acts.includes(String(row['act'])) && row['subjectId'] === planId);
  return found.map(({ row }) => (typeof row['details'] === 'string' ? readDetails(row['details']) : null));
}

/** Details that can't be read say nothing. */
function readDetails(text: string): Details {
  try {
    return JSON.parse(text) as Details;
  } catch {
    return {};
  }
}

/** An act whose details say all of `facts`; one whose details are erased can't speak against it. */
const recorded = (acts: readonly (Details | null)[], facts: Details): boolean =>
  acts.some((details) => details === null || Object.entries(facts).every(([name, value]) => details[name] === value));

function revisionFlaws(file: ExportFile): Flaw[] {
  return file.revisions.flatMap(({ row }, at) => {
    const where = place('revisions', at, row);
    const { planId, number: revision, contentHash, manifestHash } = row;
    const flaws: Flaw[] = [];
    if (hashOf(String(row['canonicalJson'])) !== contentHash)
      flaws.push(flaw(where, 'texten har inte sin hash / the text differs from its contentHash'));
    if (hashOf(String(row['manifestJson'])) !== manifestHash)
      flaws.push(flaw(where, 'underlagslistan har inte sin hash / the list differs from its manifestHash'));
    if (!recorded(actsOn(file, ['plan.submit'], planId), { revision, contentHash, manifestHash }))
      flaws.push(flaw(where, 'ingen handling i kedjan lämnade in den / no act in the chain handed it in'));
    return flaws;
  });
}

const revisionKey = (planId: unknown, number: unknown): string => `${String(planId)} ${String(number)}`;

/** Revisions by plan and number. */
const revisionsOf = (file: ExportFile): Map<string, Row> =>
  new Map(file.revisions.map(({ row }) => [revisionKey(row['planId'], row['number']), row]));

/** Each judgement names a measure of its revision by the hash that the measure has there. */
function judgementFlaws(file: ExportFile): Flaw[] {
  const revisions = revisionsOf(file);
  return file.judgements.flatMap(({ row }, at) => {
    const revision = revisions.get(revisionKey(row['planId'], row['revision']));
    const hash = revision && hashesIn(String(revision['canonicalJson'])).get(String(row['measureId']));
    if (hash !== undefined && hash === row['measureHash']) return [];
    return [flaw(place('judgements', at, row), 'namnger en annan åtgärd än revisionens / names another measure than the revision’s')];
  });
}

/** A text that can't be read has no measures; that it isn't the one handed in is said of its revision. */
function hashesIn(canonicalJson: string): Map<string, string> {
  try {
    return measureHashes(JSON.parse(canonicalJson) as PlanContent);
  } catch {
    return new Map();
  }
}

/** What was verified was verified against an evidence list, and the chain has its hash. */
function reportFlaws(file: ExportFile): Flaw[] {
  return file.reports.flatMap(({ row }, at) => {
    const { planId, measureId, verification, manifestHash } = row;
    if (verification === null) return [];
    const acts = verification === 'REFUSED' ? ['plan.refuseVerification'] : ['plan.verify', 'plan.verifyMeasure'];
    const known = recorded(actsOn(file, acts, planId), { measureId, manifestHash });
    return known ? [] : [flaw(place('reports', at, row), 'verifieringen finns inte i kedjan / the verification is not in the chain')];
  });
}

/** Each decision names a revision by its hashes, and the chain recorded it. What is approved is what was handed in. */
function decisionFlaws(file: ExportFile): Flaw[] {
  const revisions = revisionsOf(file);
  return file.decisions.flatMap(({ row }, at) => {
    const where = place('decisions', at, row);
    const { planId, revision, track, outcome, contentHash, manifestHash } = row;
    const named = revisions.get(revisionKey(planId, revision));
    if (!named) return [flaw(where, `revision ${String(revision)} finns inte / there is no such revision`)];
    const flaws: Flaw[] = [];
    if (named['contentHash'] !== contentHash || named['manifestHash'] !== manifestHash)
      flaws.push(flaw(where, 'namnger en annan text än revisionens / names another text than the revision’s'));
    const acts = actsOn(file, outcome === 'APPROVED' ? ['plan.approve'] : ['plan.return'], planId);
    if (!recorded(acts, { revision, track, contentHash })) flaws.push(flaw(where, 'finns inte i kedjan / is not in the chain'));
    return flaws;
  });
}

function evidenceFlaws(file: ExportFile): Flaw[] {
  return file.evidence.flatMap(({ row }, at) => {
    const { id: evidenceId, planId, measureId, sha256, bytes, removedAt } = row;
    const added = recorded(actsOn(file, ['evidence.add'], planId), { evidenceId, measureId, sha256, bytes });
    const removed = removedAt === null || recorded(actsOn(file, ['evidence.remove'], planId), { evidenceId, sha256 });
    return added && removed ? [] : [flaw(place('evidence', at, row), 'finns inte så i kedjan / is not so in the chain')];
  });
}

/** The file says the same, but isn't written as an export is: a space, an escape, a name given twice. */
function writtenFlaw(expected: string, text: string): Flaw {
  let at = 0;
  while (expected[at] === text[at]) at += 1;
  const line = text.slice(0, at).split('\n').length;
  return flaw(
    `rad / line ${line}, tecken / character ${at}`,
    'filen är inte skriven så som exporten skrev den / is not written as the export wrote it',
  );
}

function place(section: string, at: number, row: Row): string {
  const names = ['seq', 'planId', 'number', 'id'].flatMap((name) => (name in row ? [`${name} ${String(row[name])}`] : []));
  return `${section}[${at}]${names.length > 0 ? ` (${names.join(', ')})` : ''}`;
}
