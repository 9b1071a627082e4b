import { describe, expect, it } from 'vitest';
import type { Side } from '../accounts/index.js';
import { FORMAL_ACTS, type FormalAct, type PlanEvent } from './plan.model.js';
import { timelineFor, timelineText } from './timeline.rules.js';

const anEvent = (act: FormalAct, side: Side): PlanEvent => ({
  ...{
    id: act,
    seq: 1,
    planId: 'p',
    findingId: 'f',
    huvudmanId: 'h',
    contractAreaId: 'a',
    providerId: 'u',
    year: 2022,
    from: null,
    to: 'DRAFT' as const,
  },
  ...{ act, at: new Date(0), by: { userId: 'u', name: 'n', role: 'VERKSAMHETSCHEF' as const, organisation: 'o', side }, details: {} },
});
const privateDraft = [anEvent('REQUEST', 'ADMINISTRATION'), anEvent('OPEN', 'PROVIDER'), anEvent('SET_DEADLINE', 'ADMINISTRATION')];
const acts = (entries: readonly { act: string }[]): string[] => entries.map(({ act }) => act);

describe('the timeline', () => {
  it('tells the förvaltning nothing of the provider before the share, and all from then on', () => {
    expect(acts(timelineFor(privateDraft, 'ADMINISTRATION', false))).toEqual(['REQUEST', 'SET_DEADLINE']);
    expect(acts(timelineFor(privateDraft, 'BOARD', false))).toEqual(['REQUEST', 'SET_DEADLINE']);
    expect(acts(timelineFor(privateDraft, 'PROVIDER', false))).toEqual(['REQUEST', 'OPEN', 'SET_DEADLINE']);
    expect(acts(timelineFor(privateDraft, 'ADMINISTRATION', true))).toEqual(['REQUEST', 'OPEN', 'SET_DEADLINE']);
  });

  it('has words for every act', () => {
    for (const act of FORMAL_ACTS) expect(timelineText({ act, details: {} }), act).toMatch(/^\p{Lu}/u);
    expect(timelineText({ act: 'RETURN', details: { revision: 2, track: 'HSL' } })).toBe('Revision 2 återsänd, spår HSL');
    expect(timelineText({ act: 'WITHDRAW', details: { grounds: 'Avtalet har upphört.' } })).toBe(
      'Begäran återkallad: Avtalet har upphört.',
    );
  });
});
