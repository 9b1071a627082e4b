import { missingParts, personalDataIn } from '@samsyn/schema';
import type { Actor } from '../accounts/index.js';
import { swedishDate } from '../../platform/clock.js';
import { newId, sha256 } from '../../platform/ids.js';
import { type Refused } from '../../platform/outcome.js';
import type { AllowedAct, Effect, FormalActDeps, FormalActs } from './formalActs.service.js';
import type { EvidenceSource } from './evidence.ports.js';
import { manifest } from './manifest.rules.js';
import type { Track } from './plan.model.js';
import type { Plan, PlanRevision } from './planRecord.model.js';
import { planText } from './planText.rules.js';
import { contentChanged, partsMissing, personalDataFound, textTooLong } from './refusals.rules.js';

/** What the person had on the screen: SHA-256 of the content and of the evidence list. */
export interface SeenContent {
  readonly contentHash: string;
  readonly manifestHash: string;
}

const RECEIVERS: Readonly<Record<Track, string>> = { AVTAL: 'avtalsansvarig', HSL: 'MAS och MAR' };

/** The provider's formal acts: open, share, submit, take back. */
export class ProviderActs {
  constructor(
    private readonly acts: FormalActs,
    private readonly deps: Pick<FormalActDeps, 'store' | 'collaboration' | 'contracts'> & { readonly evidence: EvidenceSource },
  ) {}

  open(actor: Actor, planId: string): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'OPEN' }, async ({ at }) => ({
      change: { openedAt: at },
      summary: 'Planen öppnad av utföraren',
      write: () => this.deps.collaboration.createDocument(planId),
    }));
  }

  /** One way: from now on the förvaltning reads and writes with the provider. */
  share(actor: Actor, planId: string): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'SHARE' }, async () => ({ summary: 'Planen delad för gemensam skrivning' }));
  }

  /** Freezes the text as the next revision. What the person saw must be what the plan holds (I4), and nothing may be missing from it. */
  submit(actor: Actor, planId: string, seen: SeenContent, personalDataReason: string | null): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'SUBMIT' }, async (allowed) => {
      const frozen = await this.deps.collaboration.freeze(planId);
      const evidence = manifest(await this.deps.evidence.evidenceManifest(planId));
      const manifestHash = sha256(evidence);
      if (frozen.contentHash !== seen.contentHash || manifestHash !== seen.manifestHash) return contentChanged();
      const faults = missingParts(frozen.content);
      if (faults.length > 0) return partsMissing(faults);
      const reason = personalDataReason?.trim() ?? '';
      const personal = personalDataIn(frozen.content);
      if (personal.length > 0 && reason === '') return personalDataFound(personal);
      const unusable = textTooLong('personalDataReason', reason);
      if (unusable) return unusable;
      const { canonicalJson, contentHash, seq } = frozen;
      const revision = { canonicalJson, contentHash, seq, manifestHash, ...(await this.receipt(allowed)) };
      const { store } = this.deps;
      return submission(allowed, revision, personal.length > 0 ? { personalDataReason: reason } : {}, () =>
        store.addRevision({
          ...revision,
          huvudmanId: allowed.plan.huvudmanId,
          manifestJson: evidence,
          renderedText: planText(frozen.content),
        }),
      );
    });
  }

  takeBack(actor: Actor, planId: string): Promise<Plan | Refused> {
    return this.acts.perform(actor, { planId, act: 'TAKE_BACK' }, async ({ plan, at }) => ({
      summary: `Revision ${plan.revision} återtagen`,
      details: { revision: plan.revision },
      write: () => this.deps.store.markTakenBack(planId, plan.revision, at),
    }));
  }

  private async receipt({ plan, after, by, at }: AllowedAct) {
    const huvudman = await this.deps.contracts.huvudman(plan.huvudmanId);
    if (!huvudman) throw new Error('a plan without its huvudman');
    const year = swedishDate(at).slice(0, 4);
    const number = await this.deps.store.next(plan.huvudmanId, `receipt:${year}`);
    return {
      id: newId(),
      planId: plan.id,
      number: after.revision,
      submittedAt: at,
      submittedBy: by,
      takenBackAt: null,
      receiver: `${huvudman.name}, ${plan.tracks.map(({ track }) => RECEIVERS[track]).join(' och ')}`,
      receiptNumber: `${huvudman.diaryPrefix}-${year}-${String(number).padStart(6, '0')}`,
    };
  }
}

function submission(allowed: AllowedAct, revision: PlanRevision, record: object, write: () => Promise<void>): Effect {
  const { number, receiptNumber, contentHash, manifestHash, seq } = revision;
  return {
    summary: `Revision ${number} inlämnad, kvittens ${receiptNumber}`,
    details: { revision: number, receiptNumber },
    record: { contentHash, manifestHash, seq, submittedAt: allowed.at.toISOString(), ...record },
    write,
  };
}
