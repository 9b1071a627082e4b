import { PLAN_PARTS, type PlanPart } from '@samsyn/schema';
import { registerEnumType } from 'type-graphql';
import { PLAN_ACTS } from './acts.rules.js';
import { AXES, OUTCOMES, VERDICTS } from './judgement.rules.js';
import { NEXT_ACTS } from './nextAct.rules.js';
import { EXECUTION_STATUSES, PLAN_STATES, TRACKS, VERIFICATIONS } from './plan.model.js';
import { STEPS } from './steps.rules.js';

/** GraphQL wants each name with its value; ours are the same. */
const named = <Name extends string>(names: readonly Name[]): { readonly [N in Name]: N } =>
  Object.fromEntries(names.map((name) => [name, name])) as { [N in Name]: N };

export const PlanStateEnum = named(PLAN_STATES);
export const TrackEnum = named(TRACKS);
export const PlanPartEnum = named<PlanPart>(PLAN_PARTS);
export const NextActEnum = named(NEXT_ACTS);
export const PlanActEnum = named(PLAN_ACTS);
export const DecisionOutcomeEnum = named(['APPROVED', 'RETURNED']);
export const StepEnum = named(STEPS);
export const AxisEnum = named(AXES);
export const ReasonableEnum = named(VERDICTS);
export const MeasureOutcomeEnum = named(OUTCOMES);
export const ExecutionStatusEnum = named(EXECUTION_STATUSES);
export const VerificationEnum = named(VERIFICATIONS);

registerEnumType(PlanStateEnum, {
  name: 'PlanState',
  description: 'Begärd, utkast, inlämnad, återsänd, godkänd, rapporterad, verifierad, kvarstående brist, avslutad, återkallad.',
});
registerEnumType(TrackEnum, { name: 'Track', description: 'Spår: vem som granskar. AVTAL: avtalsansvarig. HSL: MAS och MAR.' });
registerEnumType(PlanPartEnum, {
  name: 'PlanPart',
  description: 'De fyra delar en plan måste ha: åtgärder, ansvariga, tidplan, uppföljning.',
});
registerEnumType(NextActEnum, { name: 'NextAct', description: 'Det enda som är näst för den som frågar.' });
registerEnumType(PlanActEnum, { name: 'PlanAct', description: 'Det som den som frågar får göra nu.' });
registerEnumType(DecisionOutcomeEnum, { name: 'DecisionOutcome', description: 'Ett beslut om en revision: godkänd eller återsänd.' });
registerEnumType(StepEnum, { name: 'Step', description: 'Hur långt en brists åtgärd har kommit. Återsänd räknas som begärd.' });
registerEnumType(AxisEnum, { name: 'Axis', description: 'Det som bedöms av en åtgärd: åtgärden och tidplanen, var för sig.' });
registerEnumType(ReasonableEnum, { name: 'Reasonable' });
registerEnumType(MeasureOutcomeEnum, {
  name: 'MeasureOutcome',
  description: 'Båda rimliga: godkänd. En: godkänd delvis. Ingen: återsänd.',
});
registerEnumType(ExecutionStatusEnum, { name: 'ExecutionStatus', description: 'Inte påbörjad, pågår, klar.' });
registerEnumType(VerificationEnum, { name: 'Verification' });
