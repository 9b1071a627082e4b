import { closed, deletePath, fieldPath } from '@samsyn/schema';
import type { Side } from '../accounts/index.js';
import { FIELDS_OF, type Locks, type MeasureLock } from './judgement.rules.js';
import type { PlanState } from './plan.model.js';

const NOTHING: ReadonlySet<string> = new Set();
const EVERYTHING = '*';

/**
 * The paths of a plan's document that a side may write, as patterns of @samsyn/schema. One pure function for the gate, the editor and the API.
 * Whether the person's role may write at all is accounts' `may`; this is what the state leaves open to the side.
 * What is locked is named and all else is open, so that a measure added in a returned plan is open from its first character.
 * @param locks what the round's last return keeps closed; null: there was none
 */
export function writable(
  plan: { readonly state: PlanState; readonly shared: boolean },
  side: Side,
  locks: Locks | null = null,
): ReadonlySet<string> {
  if (side === 'BOARD' || (plan.state !== 'DRAFT' && plan.state !== 'RETURNED')) return NOTHING;
  if (plan.state === 'DRAFT' && side !== 'PROVIDER' && !plan.shared) return NOTHING;
  const shut = locks ? [...locks.measures.flatMap(lockedPaths), ...locks.causeIds.flatMap((id) => whole('causes', id))] : [];
  return new Set([EVERYTHING, ...shut.map(closed)]);
}

/** Anything found reasonable keeps its measure from being deleted or moved. */
function lockedPaths({ measureId, atgardLocked, tidplanLocked }: MeasureLock): string[] {
  if (atgardLocked && tidplanLocked) return whole('measures', measureId);
  const fields = [...(atgardLocked ? FIELDS_OF.ATGARD : []), ...(tidplanLocked ? FIELDS_OF.TIDPLAN : []), 'order'];
  return [...fields.map((field) => fieldPath('measures', measureId, field)), deletePath('measures', measureId)];
}

const whole = (root: 'causes' | 'measures', id: string): string[] => [fieldPath(root, id, '*'), deletePath(root, id)];
