import type { Role } from '../accounts/index.js';
import type { LadderRung, LadderTemplate } from './contracts.model.js';

const REVIEWERS: readonly Role[] = ['AVTALSANSVARIG', 'MAS', 'MAR'];
const DIRECTOR: readonly Role[] = ['DIREKTOR'];

const rungs = (...steps: readonly Omit<LadderRung, 'order'>[]): LadderRung[] => steps.map((step, at) => ({ ...step, order: at + 1 }));

/**
 * The ladders a huvudman has until it writes its own: one for contracts, one for egen regi, where nobody has a contract to end.
 * Policy, to be verified against each huvudman's own contracts: they are data, not code.
 */
export const USUAL_LADDERS: readonly LadderTemplate[] = [
  {
    forms: [],
    rungs: rungs(
      { id: 'dialog', name: 'Dialog', clause: 'Avtalet, uppföljning och dialog', deadlineDays: 14, decidedBy: REVIEWERS },
      { id: 'ny-plan', name: 'Ny plan', clause: 'Avtalet, åtgärdande av brist', deadlineDays: 30, decidedBy: REVIEWERS },
      { id: 'varning', name: 'Varning om vitesföreläggande', clause: 'Avtalet, påföljder', deadlineDays: 30, decidedBy: DIRECTOR },
      { id: 'vite', name: 'Vite', clause: 'Avtalet, vite', deadlineDays: 30, decidedBy: DIRECTOR },
      {
        ...{ id: 'avslut', name: 'Ej förlängning eller avslut', clause: 'Avtalet, uppsägning och hävning', deadlineDays: 90 },
        decidedBy: DIRECTOR,
      },
    ),
  },
  {
    forms: ['egen regi'],
    rungs: rungs(
      { id: 'dialog', name: 'Dialog', clause: 'Verksamhetsuppdraget, uppföljning', deadlineDays: 14, decidedBy: REVIEWERS },
      { id: 'ny-plan', name: 'Ny plan', clause: 'Verksamhetsuppdraget, åtgärdande av brist', deadlineDays: 30, decidedBy: REVIEWERS },
      {
        id: 'uppdrag',
        name: 'Ändrat uppdrag',
        clause: 'Verksamhetsuppdraget, ändring av uppdraget',
        deadlineDays: 60,
        decidedBy: DIRECTOR,
      },
    ),
  },
];

/** The rungs for a contract, lowest first. @param form the contract's form; several are joined by `|` */
export function ladderFor(ladders: readonly LadderTemplate[], form: string): readonly LadderRung[] {
  const forms = form.split('|');
  const own = ladders.find((ladder) => ladder.forms.some((each) => forms.includes(each)));
  const ladder = own ?? ladders.find((each) => each.forms.length === 0);
  return [...(ladder?.rungs ?? [])].sort((a, b) => a.order - b.order);
}
