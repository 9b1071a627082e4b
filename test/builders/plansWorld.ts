import * as Y from 'yjs';
import { addCause, addMeasure, canonicalJson, contentHash, createSharedDoc, readContent, seedUpdate } from '@samsyn/schema';
import type { Actor, Role, Side } from '../../server/src/features/accounts/index.js';
import { assessmentEntities, createAssessment } from '../../server/src/features/assessment/index.js';
import { auditEntities, createAudit } from '../../server/src/features/audit/index.js';
import { collaborationEntities, createCollaboration, type CollaborationService } from '../../server/src/features/collaboration/index.js';
import { commentsEntities, createComments } from '../../server/src/features/comments/index.js';
import { contractsEntities, createContracts } from '../../server/src/features/contracts/index.js';
import { evidenceEntities, type Evidence } from '../../server/src/features/evidence/index.js';
import { createFindings, findingsEntities, type Finding } from '../../server/src/features/findings/index.js';
import {
  createHandlingsplaner,
  handlingsplanerEntities,
  planDocumentAccess,
  planEvent,
  type PlanEvent,
} from '../../server/src/features/handlingsplaner/index.js';
import { createLog } from '../../server/src/platform/log.js';
import { Events } from '../../server/src/platform/events.js';
import { newId, sha256 } from '../../server/src/platform/ids.js';
import { LocalTopics } from '../../server/src/platform/topics.js';
import { Database } from '../../server/src/platform/database.js';
import { testDatabase } from '../harness/database.js';
import { scratchDatabase } from '../harness/scratchDatabase.js';

const SIDES: Readonly<Partial<Record<Role, Side>>> = {
  VERKSAMHETSCHEF: 'PROVIDER',
  ENHETSCHEF: 'PROVIDER',
  MEDARBETARE: 'PROVIDER',
  NAMND: 'BOARD',
};

/** Somebody with one role in one organisation. */
export function anActor(role: Role, organisationId: string): Actor {
  const side = SIDES[role] ?? 'ADMINISTRATION';
  const place = side === 'PROVIDER' ? { huvudmanId: null, providerId: organisationId } : { huvudmanId: organisationId, providerId: null };
  return {
    userId: newId(),
    name: `Namn ${role}`,
    sessionId: '',
    memberships: [{ id: newId(), role, side, organisation: 'Exempel', unitId: null, withinHuvudmanId: null, ...place }],
  };
}

/** A clock that stands still until told. */
export class PlansClock {
  at = new Date('2023-09-14T08:00:00.000Z');
  now(): Date {
    return new Date(this.at);
  }
  to(iso: string): void {
    this.at = new Date(iso);
  }
}

export interface AccessChange {
  readonly documentId: string;
  readonly reason: string;
  readonly epochGrows: boolean;
  readonly newVisibilityFloor?: boolean;
}

/** Documents without the engine: what handlingsplaner asks of collaboration, in memory, with every edit allowed. */
export class PaperDocuments {
  readonly changes: AccessChange[] = [];
  readonly reads: string[] = [];
  private readonly docs = new Map<string, { doc: Y.Doc; seq: number }>();

  createDocument(documentId: string): Promise<void> {
    const doc = createSharedDoc({ clientId: 7 });
    Y.applyUpdate(doc, seedUpdate(documentId));
    this.docs.set(documentId, { doc, seq: 1 });
    return Promise.resolve();
  }

  write(documentId: string, change: (doc: Y.Doc) => void): void {
    const document = this.the(documentId);
    change(document.doc);
    document.seq += 1;
  }

  read(documentId: string) {
    this.reads.push(documentId);
    return this.freeze(documentId);
  }

  freeze(documentId: string) {
    const { doc, seq } = this.the(documentId);
    const content = readContent(doc);
    return Promise.resolve({ seq, content, canonicalJson: canonicalJson(content), contentHash: contentHash(content) });
  }

  changeAccess(
    documentId: string,
    reason: string,
    options: { epochGrows: boolean; newVisibilityFloor?: boolean },
  ): Promise<{ seq: number }> {
    this.changes.push({ documentId, reason, ...options });
    const document = this.the(documentId);
    document.seq += 1;
    return Promise.resolve({ seq: document.seq });
  }

  private the(documentId: string): { doc: Y.Doc; seq: number } {
    const document = this.docs.get(documentId);
    if (!document) throw new Error(`no document ${documentId}`);
    return document;
  }
}

/** Evidence without files: what plans ask of its keeper, in memory. */
class PaperEvidence {
  private readonly items: Evidence[] = [];

  add(planId: string, measureId: string, fileName: string): void {
    const uploadedBy = { userId: 'u', name: 'n', role: 'MEDARBETARE', organisation: 'o', side: 'PROVIDER' } as const;
    const file = { fileName, mediaType: 'text/plain', bytes: fileName.length, sha256: sha256(fileName) };
    this.items.push({ id: newId(), planId, measureId, ...file, uploadedBy, uploadedAt: new Date(0), removedAt: null });
  }

  ofPlans(planIds: readonly string[]): Promise<Evidence[]> {
    return Promise.resolve(this.items.filter(({ planId }) => planIds.includes(planId)));
  }

  async evidenceManifest(planId: string) {
    return (await this.ofPlans([planId])).map(({ id, fileName: name, bytes, sha256: hash }) => ({ id, name, bytes, sha256: hash }));
  }
}

/** What a complete plan needs, on top of what is there. */
export function writeWhole(doc: Y.Doc): void {
  const causeIds = [addCause(doc, { text: 'Rutinen är inte beslutad.' })];
  const dates = { doneBy: '2023-09-29', followUpBy: '2023-11-15' };
  addMeasure(doc, {
    what: 'Besluta en gemensam rutin',
    how: 'På arbetsplatsträff.',
    followUpHow: 'Stickprov.',
    responsible: 'Verksamhetschef',
    causeIds,
    ...dates,
  });
}

const FINDING = {
  kind: 'BRIST',
  focusArea: 'ledning och styrning',
  planInSource: 'begärd',
  planSource: 'STATED',
  providerName: null,
} as const;
const AREA = {
  serviceArea: 1,
  serviceAreaSource: 'STATED',
  category: 'D',
  laws: ['SoL'],
  contractForms: ['LOV'],
  providerCount: 1,
  unitCount: null,
} as const;

/** Empty tables on the kind of database the run is for: what two deciders do at once must end the same on both (I14). */
async function openDatabase(entities: readonly (new () => object)[]): Promise<{ db: Database; close: () => Promise<void> }> {
  const { url, drop } = await testDatabase();
  if (url === '') return scratchDatabase(entities);
  const db = await Database.open({ url, sqlitePath: '', entities, migrations: [] });
  await db.writer.synchronize();
  return { db, close: () => db.close().then(drop) };
}

/**
 * Two huvudmän with two areas each, findings in both, and people on every side; all features real.
 * @param engine documents by the real co-editing engine instead of on paper
 */
export async function plansWorld({ engine = false } = {}) {
  const { db, close } = await openDatabase([
    ...auditEntities,
    ...contractsEntities,
    ...findingsEntities,
    ...collaborationEntities,
    ...handlingsplanerEntities,
    ...commentsEntities,
    ...evidenceEntities,
    ...assessmentEntities,
  ]);
  const clock = new PlansClock();
  const topics = new LocalTopics();
  const events = new Events();
  const told: PlanEvent[] = [];
  events.on(planEvent, (event) => Promise.resolve(void told.push(event)));
  const documents = new PaperDocuments();
  const evidence = new PaperEvidence();
  const { service: audit, accessLog } = createAudit({ db, clock });
  const contracts = createContracts({ db }).service;
  const findings = createFindings({ db, contracts }).service;
  const access = planDocumentAccess(db, accessLog);
  const shared = createCollaboration({ db, clock, topics, log: createLog('silent', 'test'), access }).service;
  const collaboration = engine ? shared : (documents as unknown as CollaborationService);
  const plansOf = { db, clock, events, topics, audit, accessLog, contracts, findings, collaboration, evidence };
  const { service: plans, resolvers } = createHandlingsplaner(plansOf);
  const assessment = createAssessment({ ...plansOf, plans }).service;
  const comments = createComments({ ...plansOf, plans }).service;

  const huvudman = async (key: string) => {
    const rules = { planWord: 'handlingsplan', metStep: 'VERIFIED', boardName: 'direktionen' } as const;
    const { id } = await contracts.createHuvudman({
      key,
      name: `Huvudman ${key}`,
      shortName: key,
      diaryPrefix: key.toUpperCase(),
      ...rules,
    });
    await contracts.importContractAreas(
      id,
      2022,
      new Map([
        ['kundvalet', { name: `Kundvalet ${key}`, ...AREA }],
        ['sabo', { name: `Boenden ${key}`, ...AREA }],
      ]),
    );
    const fact = (contractAreaKey: string, law: string | null, krav: string) => ({
      ...FINDING,
      contractAreaKey,
      law,
      krav,
      observation: `${krav} saknas.`,
    });
    await findings.importFindings(
      id,
      2022,
      new Map([
        ['kv-1', fact('kundvalet', 'HSL', 'Delegering')],
        ['kv-2', fact('kundvalet', 'SoL, HSL', 'Patientsäkerhetsberättelse')],
        ['kv-3', fact('kundvalet', 'SoL', 'Rutin för avvikelser')],
        ['sb-1', fact('sabo', 'SoL', 'Genomförandeplaner')],
      ]),
    );
    const found = new Map((await findings.findingsOf(id, 2022)).map((finding) => [finding.key, finding]));
    const finding = (key: string): Promise<Finding> => {
      const one = found.get(key);
      return one ? Promise.resolve(one) : Promise.reject(new Error(`no finding ${key}`));
    };
    return { id, finding };
  };
  const north = await huvudman('norr');
  const south = await huvudman('syd');
  const careId = (await north.finding('kv-3')).providerId;
  const otherCareId = (await north.finding('sb-1')).providerId;
  const chief = anActor('VERKSAMHETSCHEF', careId);
  const people = {
    chief,
    unitHead: anActor('ENHETSCHEF', careId),
    worker: anActor('MEDARBETARE', careId),
    otherChief: anActor('VERKSAMHETSCHEF', otherCareId),
    reviewer: anActor('AVTALSANSVARIG', north.id),
    mas: anActor('MAS', north.id),
    director: anActor('DIREKTOR', north.id),
    follower: anActor('UPPFOLJARE', north.id),
    board: anActor('NAMND', north.id),
    stranger: anActor('AVTALSANSVARIG', south.id),
  };
  return {
    db,
    close: () =>
      shared
        .close()
        .then(() => accessLog.flush())
        .then(close),
    collaboration,
    clock,
    topics,
    told,
    documents,
    evidence,
    assessment,
    comments,
    audit,
    accessLog,
    contracts,
    findings,
    plans,
    resolvers,
    access,
    north,
    south,
    careId,
    otherCareId,
    ...people,
  };
}

export type PlansWorld = Awaited<ReturnType<typeof plansWorld>>;
