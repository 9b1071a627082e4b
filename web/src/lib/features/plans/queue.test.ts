import { describe, expect, it } from 'vitest';
import type { Track } from '#lib/api/generated/graphql.js';
import { daysWaited, queueHref, queueOf, readQueueChoices } from './queue.js';

const aPlan = (id: string, submittedAt: string, deadline: string, area = 'Kundvalet', track: Track = 'AVTAL') => ({
  id,
  deadline,
  tracks: [{ track }],
  revisions: [{ submittedAt }],
  finding: { contractArea: { name: area } },
});

const plans = [
  aPlan('ny', '2023-10-02T08:00:00.000Z', '2023-10-05', 'Ögonvård'),
  aPlan('gammal', '2023-09-20T08:00:00.000Z', '2023-10-20', 'Fotsjukvård', 'HSL'),
];
const ids = (query: string) => queueOf(plans, readQueueChoices(new URLSearchParams(query))).map((plan) => plan.id);

describe('the queue', () => {
  it('has the one that waited longest first', () => {
    expect(ids('')).toEqual(['gammal', 'ny']);
  });
  it('sorts and filters by what the URL says', () => {
    expect(ids('sortera=frist')).toEqual(['ny', 'gammal']);
    expect(ids('sortera=omrade')).toEqual(['gammal', 'ny']);
    expect(ids('spar=hsl')).toEqual(['gammal']);
  });
  it('writes the URL it reads', () => {
    expect(readQueueChoices(new URLSearchParams(queueHref({ order: 'frist', track: 'HSL' })))).toEqual({ order: 'frist', track: 'HSL' });
    expect(queueHref({ order: 'vantat', track: null })).toBe('?');
  });
  it('counts waiting days by the Swedish calendar', () => {
    expect(daysWaited(aPlan('a', '2023-10-01T22:30:00.000Z', '2023-10-20'), '2023-10-03')).toBe(1);
    expect(daysWaited({ ...aPlan('b', '', '2023-10-20'), revisions: [] }, '2023-10-03')).toBe(0);
  });
});
