import { createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AuditService } from '../features/audit/index.js';
import type { EvidenceService } from '../features/evidence/index.js';
import type { PlanRecords } from '../features/handlingsplaner/index.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import {
  EXPORT_FORMAT,
  EXPORT_VERSION,
  exportText,
  sealed,
  sealOf,
  SECTIONS,
  type ExportFile,
  type Sealed,
  type Section,
} from './exportFile.js';

/** What the export reads. */
export interface ExportDeps {
  readonly db: Pick<Database, 'tx'>;
  readonly clock: Clock;
  readonly audit: Pick<AuditService, 'chain'>;
  readonly plans: Pick<PlanRecords, 'exportOf'>;
  readonly evidence: Pick<EvidenceService, 'everOf' | 'bytes'>;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Everything of a huvudman's that the verifier proves, read in one transaction so that the parts belong together.
 * @param huvudman whose
 */
export function makeExport(
  huvudman: { readonly id: string; readonly key: string; readonly name: string },
  deps: ExportDeps,
): Promise<ExportFile> {
  return deps.db.tx(async () => {
    const { head: chain, entries } = await deps.audit.chain(huvudman.id);
    const plans = await deps.plans.exportOf(huvudman.id);
    const evidence = await deps.evidence.everOf(plans.plans.map((plan) => plan.id));
    const rows: Readonly<Record<Section, readonly object[]>> = { ...plans, audit: entries, evidence };
    const sections = Object.fromEntries(SECTIONS.map((name) => [name, rows[name].map(asRow).map(sealed)])) as Record<Section, Sealed[]>;
    const { id, key, name } = huvudman;
    const head = {
      format: EXPORT_FORMAT,
      version: EXPORT_VERSION,
      exportedAt: deps.clock.now().toISOString(),
      huvudman: { id, key, name },
      chain,
      counts: Object.fromEntries(SECTIONS.map((each) => [each, sections[each].length])) as Record<Section, number>,
    } as const;
    return { head, ...sections, seal: sealOf(head, sections) };
  });
}

/** Writes the export, whole or not at all. */
export async function writeExport(file: ExportFile, out: string): Promise<void> {
  await mkdir(dirname(out), { recursive: true });
  await writeFile(`${out}.part`, exportText(file));
  await rename(`${out}.part`, out);
}

/** Copies the evidence's bytes beside the export, each under its hash. @returns the hashes whose bytes are not in the store */
export async function writeFiles(file: ExportFile, folder: string, bytes: (sha256: string) => Promise<Readable | null>): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const missing: string[] = [];
  for (const sha256 of new Set(file.evidence.map(({ row }) => String(row['sha256'])))) {
    const content = await bytes(sha256);
    if (content) await pipeline(content, createWriteStream(join(folder, sha256)));
    else missing.push(sha256);
  }
  return missing;
}

/** As JSON has it: instants as RFC 3339, nothing undefined. */
const asRow = (value: object): Row => JSON.parse(JSON.stringify(value)) as Row;
