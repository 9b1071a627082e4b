import type { Readable } from 'node:stream';
import type { Actor } from '../accounts/index.js';
import type { AuditService } from '../audit/index.js';
import type { Clock } from '../../platform/clock.js';
import { isDuplicate, type Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import type { Logger } from '../../platform/log.js';
import { notFound, Refused } from '../../platform/outcome.js';
import type { Evidence, EvidencePlace, ManifestItem } from './evidence.model.js';
import type { EvidenceGrant, EvidencePlans } from './evidence.ports.js';
import * as refusals from './evidence.refusals.js';
import type { EvidenceStore } from './evidence.store.js';
import { contentFault } from './fileContent.js';
import { claimedKind, cleanFileName, MEDIA_TYPES, type FileKind } from './fileName.rules.js';
import type { FileStore, StagedFile } from './fileStore.js';

/** Bytes that no row names are kept this long: an upload may still be under way. */
const SWEEP_AFTER_MS = 24 * 3_600_000;

export interface EvidenceDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: EvidenceStore;
  readonly files: FileStore;
  readonly audit: Pick<AuditService, 'record'>;
  readonly plans: EvidencePlans;
  readonly limits: { readonly maxFileBytes: number; readonly maxFilesPerMeasure: number };
}

/** A file on its way in. */
export interface Upload {
  /** As the browser names it. */
  readonly fileName: string;
  readonly content: AsyncIterable<Uint8Array>;
}

type Checked = Pick<Evidence, 'fileName' | 'mediaType'>;

/** Underlag: files that prove what was done. Handed in and removed only while the measure is open for reporting. */
export class EvidenceService {
  constructor(private readonly deps: EvidenceDeps) {}

  /** Largest file taken, bytes. */
  get maxFileBytes(): number {
    return this.deps.limits.maxFileBytes;
  }

  /**
   * Whether a file would be taken now, before any of it is read.
   * @throws DomainError NOT_FOUND when the plan or measure isn't the actor's to see
   */
  async wouldReceive(actor: Actor, place: EvidencePlace): Promise<Refused | null> {
    const granted = await this.deps.plans.evidenceAllowed(actor, place.planId, place.measureId);
    return granted instanceof Refused ? granted : this.countRefusal(place);
  }

  /**
   * Takes a file in: its bytes are on the disk under their hash before the row that names them is committed. All of `upload` is read,
   * whatever is wrong with it.
   * @throws DomainError NOT_FOUND as `wouldReceive`
   */
  async receive(actor: Actor, place: EvidencePlace, upload: Upload): Promise<Evidence | Refused> {
    const { files, limits } = this.deps;
    const staged = await files.receive(upload.content, limits.maxFileBytes);
    if (!staged) return refusals.fileTooLarge(limits.maxFileBytes);
    try {
      const checked = await this.checked(staged, upload.fileName);
      if (checked instanceof Refused) return checked;
      await staged.keep();
      return await this.add(actor, place, staged, checked);
    } finally {
      await staged.discard();
    }
  }

  /** Marks the row; the bytes stay, as the record names them. @throws DomainError NOT_FOUND */
  async remove(actor: Actor, evidenceId: string): Promise<Evidence | Refused> {
    const { db, store, audit, clock } = this.deps;
    return db.tx(async () => {
      const evidence = await store.byId(evidenceId);
      if (!evidence) throw notFound();
      const { planId, measureId, sha256 } = evidence;
      const granted = await this.deps.plans.evidenceAllowed(actor, planId, measureId);
      if (granted instanceof Refused) return granted;
      const removedAt = clock.now();
      if (!(await store.remove(evidenceId, removedAt, granted.by))) return refusals.alreadyRemoved();
      this.tell(planId);
      const about = { huvudmanId: granted.huvudmanId, by: granted.by, subjectType: 'plan', subjectId: planId };
      await audit.record({ ...about, act: 'evidence.remove', summary: 'Underlag borttaget', details: { evidenceId, measureId, sha256 } });
      return { ...evidence, removedAt };
    });
  }

  /**
   * A file to read. A removed one is as if it weren't there.
   * @throws DomainError NOT_FOUND for what isn't, and for who may not see it
   */
  async download(actor: Actor, evidenceId: string): Promise<{ evidence: Evidence; content: Readable }> {
    const { store, files, plans, log } = this.deps;
    const evidence = await store.byId(evidenceId);
    if (!evidence || evidence.removedAt !== null || !(await plans.evidenceReadable(actor, evidence.planId))) throw notFound();
    const content = await files.read(evidence.sha256);
    if (!content) throw new Error(`the bytes of evidence ${evidenceId} are missing from the file store`);
    log.info({ userId: actor.userId, evidenceId }, 'evidence read');
    return { evidence, content };
  }

  /** What counts now, oldest first. Asks nobody's rights: whoever shows it has asked for the plan's. */
  ofPlan(planId: string): Promise<Evidence[]> {
    return this.deps.store.ofPlans([planId]);
  }

  /** The same for several plans at once. */
  ofPlans(planIds: readonly string[]): Promise<Evidence[]> {
    return planIds.length === 0 ? Promise.resolve([]) : this.deps.store.ofPlans(planIds);
  }

  /** Everything ever handed in for these plans, removed or not. For the export. */
  everOf(planIds: readonly string[]): Promise<Evidence[]> {
    return planIds.length === 0 ? Promise.resolve([]) : this.deps.store.everOfPlans(planIds);
  }

  /** The list that a formal act pins by its hash: what counts now. In the act's transaction, under the plan's lock, it can't change. */
  async evidenceManifest(planId: string): Promise<ManifestItem[]> {
    return (await this.ofPlan(planId)).map(({ id, fileName, bytes, sha256 }) => ({ id, name: fileName, bytes, sha256 }));
  }

  /** The bytes by their hash, for the export; null: not in the store. */
  bytes(sha256: string): Promise<Readable | null> {
    return this.deps.files.read(sha256);
  }

  /** Removes bytes that no row ever came to name. @returns how many files went */
  sweep(): Promise<number> {
    const before = new Date(this.deps.clock.now().getTime() - SWEEP_AFTER_MS);
    return this.deps.files.sweep(before, (sha256s) => this.deps.store.named(sha256s));
  }

  private async checked(staged: StagedFile, given: string): Promise<Checked | Refused> {
    const fileName = cleanFileName(given);
    if (fileName === null) return refusals.fileNameUnusable();
    const kind: FileKind | null = claimedKind(fileName);
    if (kind === null) return refusals.fileKindUnknown();
    if (staged.bytes === 0) return refusals.fileEmpty();
    const fault = await contentFault(staged.path, kind);
    return fault === null ? { fileName, mediaType: MEDIA_TYPES[kind] } : refusals.contentRefusal(fault, fileName);
  }

  private async add(actor: Actor, place: EvidencePlace, staged: StagedFile, checked: Checked): Promise<Evidence | Refused> {
    const { db, store, plans } = this.deps;
    const { planId, measureId } = place;
    const { sha256 } = staged;
    try {
      return await db.tx(async () => {
        const granted = await plans.evidenceAllowed(actor, planId, measureId);
        if (granted instanceof Refused) return granted;
        const same = await store.sameFile(planId, measureId, sha256);
        if (same) return refusals.fileExists(same.fileName);
        const full = await this.countRefusal(place);
        if (full) return full;
        return this.enter(granted, { ...place, ...checked, bytes: staged.bytes, sha256 });
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return refusals.fileExists((await store.sameFile(planId, measureId, sha256))?.fileName ?? checked.fileName);
    }
  }

  private async enter(
    { huvudmanId, by }: EvidenceGrant,
    file: Pick<Evidence, 'planId' | 'measureId' | 'fileName' | 'mediaType' | 'bytes' | 'sha256'>,
  ): Promise<Evidence> {
    const { store, audit, clock } = this.deps;
    const evidence: Evidence = { ...file, id: newId(), uploadedBy: by, uploadedAt: clock.now(), removedAt: null };
    await store.add(evidence);
    this.tell(file.planId);
    const { measureId, fileName, mediaType, bytes, sha256 } = file;
    // The name goes in the details, which a rule may erase: people put names of persons in file names.
    const details = { evidenceId: evidence.id, measureId, fileName, mediaType, bytes, sha256 };
    const about = { huvudmanId, by, subjectType: 'plan', subjectId: file.planId };
    await audit.record({ ...about, act: 'evidence.add', summary: 'Underlag inlämnat', details });
    return evidence;
  }

  private async countRefusal({ planId, measureId }: EvidencePlace): Promise<Refused | null> {
    const most = this.deps.limits.maxFilesPerMeasure;
    return (await this.deps.store.countOf(planId, measureId)) >= most ? refusals.tooManyFiles(most) : null;
  }

  private tell(planId: string): void {
    const { db, plans, log } = this.deps;
    db.afterCommit(() => void plans.evidenceChanged(planId).catch((error: unknown) => log.warn({ err: error }, 'evidence hint')));
  }
}
