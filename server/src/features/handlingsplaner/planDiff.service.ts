import { parseFieldPath, type PlanContent } from '@samsyn/schema';
import type { Actor } from '../accounts/index.js';
import type { CollaborationService } from '../collaboration/index.js';
import { DomainError, notFound } from '../../platform/outcome.js';
import { historyOf, type HistoryEntry } from './fieldHistory.rules.js';
import type { PlanReads } from './planReads.service.js';
import { planDiffOf, type FieldDiff, type Frozen } from './planDiff.rules.js';
import type { PlanRevision } from './planRecord.model.js';
import type { PlanService } from './plan.service.js';
import type { PlanView } from './planView.model.js';

/** Longer than anybody reads; the newest come first. */
const MAX_ENTRIES = 500;

interface PlanDiffDeps {
  readonly plans: Pick<PlanService, 'plan'>;
  readonly collaboration: Pick<CollaborationService, 'blame'>;
  readonly reads: PlanReads;
}

/** What changed in a plan's text, and whose doing each change is, by the server's own record (I3). */
export class PlanDiffs {
  constructor(private readonly deps: PlanDiffDeps) {}

  /**
   * Compares two revisions, field by field and word by word.
   * @param from null: the one the actor last decided on, or else the one before; 0: nothing, as before the first
   * @param to null: the newest
   * @throws DomainError NOT_FOUND for a plan whose text isn't the actor's to read, or a revision there isn't
   */
  async diff(actor: Actor, planId: string, from: number | null, to: number | null): Promise<FieldDiff[]> {
    const view = await this.readable(actor, planId);
    const revisions = await view.revisions();
    const newer = revisions.find(({ number }) => number === (to ?? revisions[0]?.number));
    if (!newer && to === null) return [];
    const older = from ?? (newer ? await this.lastDecided(actor, view, newer.number) : 0);
    const frozen = older === 0 ? NOTHING : frozenOf(revisions.find(({ number }) => number === older));
    if (!newer || !frozen) throw notFound();
    return planDiffOf(frozen, frozenOf(newer) as Frozen, await this.blame(view));
  }

  /** Who wrote and took away what in one field, newest first. @throws DomainError NOT_FOUND, BAD_INPUT for a path that is no field */
  async history(actor: Actor, planId: string, path: string): Promise<HistoryEntry[]> {
    const view = await this.readable(actor, planId);
    if (parseFieldPath(path) === null) throw new DomainError('BAD_INPUT', 'Fältet finns inte i planen.');
    return historyOf((await this.blame(view)).get(path) ?? []).slice(0, MAX_ENTRIES);
  }

  private async readable(actor: Actor, planId: string): Promise<PlanView> {
    const view = await this.deps.plans.plan(actor, planId);
    if (!view.sight.canRead) throw notFound();
    this.deps.reads.note(actor, view);
    return view;
  }

  private async blame({ plan, sight }: PlanView) {
    const fromSeq = sight.membership.side === 'PROVIDER' ? 0 : (plan.visibleFromSeq ?? Number.MAX_SAFE_INTEGER);
    const fields = await this.deps.collaboration.blame(plan.id, fromSeq);
    return new Map(fields.map(({ path, runs }) => [path, runs]));
  }

  private async lastDecided(actor: Actor, view: PlanView, before: number): Promise<number> {
    const mine = (await view.decisions()).filter(({ by, revision }) => by.userId === actor.userId && revision < before);
    return Math.max(0, ...mine.map(({ revision }) => revision)) || before - 1;
  }
}

const NOTHING: Frozen = { seq: 0, content: { v: 1, planId: '', causes: [], measures: [] } };

const frozenOf = (revision: PlanRevision | undefined): Frozen | null =>
  revision ? { seq: revision.seq, content: JSON.parse(revision.canonicalJson) as PlanContent } : null;
