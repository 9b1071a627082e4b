import type { MetStep } from '../contracts/index.js';
import type { Grade, GradeProposal, Standing } from './assessment.model.js';
import { COLOUR_WORD, findingsPhrase, ordinal, stepPhrase } from './words.rules.js';

export interface ProposalInput {
  readonly fixed: Grade | null;
  readonly live: Standing;
  readonly metStep: MetStep;
  readonly findingCount: number;
  readonly yearsInRow: number;
  /** Providers in the area, and those that have a finding. */
  readonly providers: number;
  readonly providersWithFindings: number;
}

/**
 * What the rows speak for as the next samlade bedömning, and why. Never an average or the worst of the providers: where the rows
 * don't decide it, no colour is proposed. A person grades.
 */
export function propose(input: ProposalInput): GradeProposal {
  const { grade, reason } = verdict(input);
  return { grade, reasons: [reason, ...distribution(input)] };
}

function verdict({ fixed, live, metStep, findingCount }: ProposalInput): { grade: Grade | null; reason: string } {
  const remaining = live.counts.find(({ step }) => step === 'NOT_REMEDIED')?.count ?? 0;
  if (remaining > 0) return { grade: 'RED', reason: `${findingsPhrase(remaining)} kvarstår efter uppföljning av planen.` };
  if (live.remedied) {
    const met = metStep === 'APPROVED' ? 'planen är godkänd' : 'åtgärderna är verifierade';
    return { grade: 'GREEN', reason: `Alla brister räknas som åtgärdade: ${met}.` };
  }
  if (findingCount === 0 && fixed === 'GREEN') return { grade: 'GREEN', reason: 'Inga brister är registrerade.' };
  if (findingCount === 0) return { grade: null, reason: 'Inga brister är registrerade: det finns inget underlag för ett förslag.' };
  if (fixed === null) return { grade: null, reason: 'Bristerna väger olika: färgen är en persons bedömning, inte ett medelvärde.' };
  return { grade: fixed, reason: `Minst en brist är inte åtgärdad; bedömningen är ${COLOUR_WORD[fixed]} tills underlaget ändras.` };
}

function distribution({ fixed, live, findingCount, yearsInRow, providers, providersWithFindings }: ProposalInput): string[] {
  const reasons: string[] = [];
  if (live.counts.length > 0) {
    reasons.push(`${findingsPhrase(findingCount)}, planerna: ${live.counts.map(({ step, count }) => stepPhrase(step, count)).join(', ')}.`);
  } else if (findingCount > 0) reasons.push(`${findingsPhrase(findingCount)}, ingen plan är begärd.`);
  if (findingCount > 0 && providers > 1) reasons.push(`Brister hos ${providersWithFindings} av ${providers} utförare.`);
  if (fixed !== null && yearsInRow > 1) reasons.push(`${capital(COLOUR_WORD[fixed])} för ${ordinal(yearsInRow)} året i rad.`);
  return reasons;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
