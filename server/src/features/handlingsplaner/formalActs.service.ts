import { snapshot, type Actor, type ActorSnapshot, type Role } from '../accounts/index.js';
import type { AuditService } from '../audit/index.js';
import type { CollaborationService } from '../collaboration/index.js';
import type { ContractsService } from '../contracts/index.js';
import { swedishDate, type Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { Events } from '../../platform/events.js';
import { newId, sha256 } from '../../platform/ids.js';
import { notFound, Refused } from '../../platform/outcome.js';
import type { Topics } from '../../platform/topics.js';
import { capacity, type PersonalAct } from './acts.rules.js';
import { diaryNumber, documentNumber, isRegistered } from './diary.rules.js';
import { planEvent } from './plan.events.js';
import type { FormalAct, PlanEventDetails, PlanState, Track } from './plan.model.js';
import { topicsOf } from './plan.topics.js';
import type { Plan } from './planRecord.model.js';
import type { PlanChange, PlanStore } from './plan.store.js';
import { afterAct, type PlanStanding } from './planStates.rules.js';
import { roleMissing, wrongState } from './refusals.rules.js';
import { sight, standingOf } from './viewer.rules.js';

export interface FormalActDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly events: Events;
  readonly topics: Topics;
  readonly audit: AuditService;
  readonly collaboration: CollaborationService;
  readonly contracts: ContractsService;
  readonly store: PlanStore;
}

export interface ActRequest {
  readonly planId: string;
  /** Or what it comes to, as the plan is under its lock. */
  readonly act: PersonalAct | ((plan: Plan) => Promise<PersonalAct>);
  readonly track?: Track;
  /** Only in one of these roles. */
  readonly roles?: readonly Role[];
}

/** An act that the rules allow: the plan as it was read under its lock, and as it will stand. */
export interface AllowedAct {
  readonly act: PersonalAct;
  readonly track?: Track;
  readonly plan: Plan;
  readonly after: PlanStanding;
  readonly by: ActorSnapshot;
  readonly at: Date;
}

/** What an act writes beside the plan's standing. */
export interface Effect {
  readonly change?: PlanChange;
  readonly details?: PlanEventDetails;
  /** For the audit record: Swedish, no personal data. */
  readonly summary: string;
  /** For the audit record: hashes and numbers, not texts. */
  readonly record?: object;
  /** The rows the act makes: a revision, a decision. Told the number it got in the diary, if it got one. */
  readonly write?: (diaryNumber: string | null) => Promise<void>;
}

/** What an act does to who may read and write the text. `epochGrows`: somebody's paths shrink, or the förvaltning's sight begins. */
const ACCESS_CHANGES: Readonly<Partial<Record<FormalAct, { reason: string; epochGrows: boolean }>>> = {
  SHARE: { reason: 'SHARED', epochGrows: true },
  SUBMIT: { reason: 'SUBMITTED', epochGrows: true },
  TAKE_BACK: { reason: 'TAKEN_BACK', epochGrows: false },
  RETURN: { reason: 'RETURNED', epochGrows: false },
  APPROVE: { reason: 'APPROVED', epochGrows: false },
  WITHDRAW: { reason: 'WITHDRAWN', epochGrows: true },
  NEW_ROUND: { reason: 'NEW_ROUND', epochGrows: false },
};

/** What all formal acts on plans have in common: who may, what the state allows, and that everything is written together or not at all. */
export class FormalActs {
  constructor(private readonly deps: FormalActDeps) {}

  /**
   * Carries out an act in one transaction.
   * @param prepare looks further than the state table and answers with what to write, or refuses; it may lock the document
   * @returns the plan after the act
   * @throws DomainError NOT_FOUND when the actor can't see the plan
   */
  perform(actor: Actor, request: ActRequest, prepare: (allowed: AllowedAct) => Promise<Effect | Refused>): Promise<Plan | Refused> {
    const { db, store, clock } = this.deps;
    return db.tx(async () => {
      const plan = await store.locked(request.planId);
      if (!plan || !sight(actor, standingOf(plan))) throw notFound();
      const { roles, track } = request;
      const act = typeof request.act === 'string' ? request.act : await request.act(plan);
      const memberships = actor.memberships.filter(({ role }) => roles?.includes(role) ?? true);
      const membership = capacity({ ...actor, memberships }, standingOf(plan), act, track);
      if (!membership) return roleMissing(act, roles);
      const after = afterAct(standingOf(plan), act, membership.side, track);
      if (!after) return wrongState(act, plan.state);
      const allowed: AllowedAct = { act, track, plan, after, by: snapshot(actor, membership), at: clock.now() };
      const effect = await prepare(allowed);
      if (effect instanceof Refused) return effect;
      return this.carryOut(allowed, effect);
    });
  }

  /** Writes an event, tells the listeners in this transaction, and everyone else when it has committed. */
  async publish(plan: Plan, act: FormalAct, from: PlanState | null, by: ActorSnapshot, at: Date, details: PlanEventDetails): Promise<void> {
    const { db, store, events, topics } = this.deps;
    const { id: planId, findingId, huvudmanId, contractAreaId, providerId, year, state: to } = plan;
    const seq = await store.next(huvudmanId, 'event');
    const event = { id: newId(), seq, planId, findingId, huvudmanId, contractAreaId, providerId, year, act, from, to, at, by, details };
    await store.addEvent(event);
    await events.emit(planEvent, event);
    db.afterCommit(() => {
      for (const topic of topicsOf(plan)) topics.publish(topic, { planId, at: at.toISOString() });
    });
  }

  /** Registers the act in the huvudman's diary, where it makes a document: what that changes of the plan, and the document's number. */
  async register(plan: Pick<Plan, 'huvudmanId' | 'diaryNumber' | 'diaryDocuments'>, act: FormalAct, at: Date) {
    if (!isRegistered(act)) return { change: {}, number: null };
    const matter = plan.diaryNumber ?? (await this.newMatter(plan.huvudmanId, at));
    const diaryDocuments = plan.diaryDocuments + 1;
    return { change: { diaryNumber: matter, diaryDocuments }, number: documentNumber(matter, diaryDocuments) };
  }

  private async newMatter(huvudmanId: string, at: Date): Promise<string> {
    const { contracts, store } = this.deps;
    const huvudman = await contracts.huvudman(huvudmanId);
    if (!huvudman) throw new Error('a plan without its huvudman');
    const year = swedishDate(at).slice(0, 4);
    return diaryNumber(huvudman.diaryPrefix, year, await store.next(huvudmanId, `diary:${year}`));
  }

  private async carryOut(allowed: AllowedAct, effect: Effect): Promise<Plan | Refused> {
    const { store, audit } = this.deps;
    const { plan, after, act, at, by, track } = allowed;
    const sharedNow = after.shared && plan.sharedAt === null;
    const standing = { state: after.state, revision: after.revision, lastActAt: at, ...(sharedNow ? { sharedAt: at } : {}) };
    const diary = await this.register(plan, act, at);
    if (!(await store.change(plan, { ...standing, ...diary.change, ...effect.change }))) return wrongState(act, plan.state);
    await this.changeTracks(allowed);
    await effect.write?.(diary.number);
    await this.changeAccess(allowed, sharedNow);
    const changed = await store.plan(plan.id);
    if (!changed) throw new Error('a plan vanished in its own act');
    const details = { ...(track ? { track } : {}), ...effect.details, ...(diary.number === null ? {} : { diaryNumber: diary.number }) };
    await this.publish(changed, act, plan.state, by, at, details);
    // Opening begins a private draft: it is the provider's own, and the record is read by the huvudman (I7).
    if (act === 'OPEN') return changed;
    // Last: it holds the huvudman's chain until the transaction ends.
    await audit.record({
      huvudmanId: plan.huvudmanId,
      by,
      act: `plan.${RECORDED_AS[act]}`,
      subjectType: 'plan',
      subjectId: plan.id,
      summary: effect.summary,
      details: { from: plan.state, to: after.state, ...hashed(details), ...effect.record },
    });
    return changed;
  }

  private async changeTracks({ plan, after, at }: AllowedAct): Promise<void> {
    for (const track of plan.tracks) {
      const next = after.tracks.find((standing) => standing.track === track.track);
      if (!next) continue;
      const begun = next.begun === (track.reviewBegunAt !== null) ? {} : { reviewBegunAt: next.begun ? at : null };
      const approved = next.approvedRevision === track.approvedRevision ? {} : { approvedRevision: next.approvedRevision, approvedAt: at };
      const change = { ...begun, ...approved };
      if (Object.keys(change).length > 0) await this.deps.store.changeTrack(track, change);
    }
  }

  private async changeAccess(allowed: AllowedAct, newVisibilityFloor: boolean): Promise<void> {
    const change = accessChange(allowed);
    if (!change) return;
    const { seq } = await this.deps.collaboration.changeAccess(allowed.plan.id, change.reason, {
      epochGrows: change.epochGrows,
      newVisibilityFloor,
    });
    if (newVisibilityFloor) await this.deps.store.setVisibleFrom(allowed.plan.id, seq);
  }
}

/** A plan that was never opened has no text; an approval that waits for the other track opens and closes nothing. */
function accessChange({ plan, after, act }: AllowedAct): { reason: string; epochGrows: boolean } | null {
  if (plan.openedAt === null || (act === 'APPROVE' && after.state !== 'APPROVED')) return null;
  return ACCESS_CHANGES[act] ?? null;
}

/** The record names a text by its hash: what is in the chain can't be erased by itself. */
function hashed({ grounds, ...details }: PlanEventDetails): object {
  return grounds === undefined ? details : { ...details, groundsHash: sha256(grounds) };
}

const RECORDED_AS: Readonly<Record<PersonalAct, string>> = {
  OPEN: 'open',
  SHARE: 'share',
  SUBMIT: 'submit',
  TAKE_BACK: 'takeBack',
  BEGIN_REVIEW: 'beginReview',
  JUDGE: 'judge',
  RETURN: 'return',
  APPROVE: 'approve',
  WITHDRAW: 'withdraw',
  SET_DEADLINE: 'setDeadline',
  REPORT_MEASURE: 'reportMeasure',
  REPORT_ALL: 'report',
  VERIFY_MEASURE: 'verifyMeasure',
  VERIFY_ALL: 'verify',
  REFUSE_VERIFICATION: 'refuseVerification',
  FIND_NOT_REMEDIED: 'findNotRemedied',
  DURABILITY_HELD: 'durabilityHeld',
  DURABILITY_FAILED: 'durabilityFailed',
  NEW_ROUND: 'newRound',
  ESCALATE: 'escalate',
};
