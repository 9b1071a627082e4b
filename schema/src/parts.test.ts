import { describe, expect, it } from 'vitest';
import type { Measure, PlanContent, Prose } from './content.js';
import { isRealDate, missingParts, partsDone } from './parts.js';

const prose = (text: string): Prose => [{ type: 'paragraph', content: [{ type: 'text', text }] }];
const CAUSE = '00000000000000c1';
const ID = '00000000000000a1';

const aMeasure = (over: Partial<Measure> = {}): Measure => ({
  id: ID,
  what: 'Ny introduktion',
  how: prose('Två dagar med handledare.'),
  followUpHow: prose('Frågor till nyanställda.'),
  responsible: 'Enhetschefen',
  causeIds: [CAUSE],
  doneBy: '2026-03-01',
  followUpBy: '2026-06-01',
  order: 'V',
  ...over,
});
const aPlan = (over: Partial<PlanContent> = {}): PlanContent => ({
  v: 1,
  planId: 'p',
  causes: [{ id: CAUSE, text: prose('Kort introduktion.'), order: 'V' }],
  measures: [aMeasure()],
  ...over,
});
const codes = (content: PlanContent): string[] => missingParts(content).map((part) => `${part.code} ${part.path}`);
const withMeasure = (over: Partial<Measure>): PlanContent => aPlan({ measures: [aMeasure(over)] });

describe('missingParts', () => {
  it('finds nothing in a whole plan', () => {
    expect(missingParts(aPlan())).toEqual([]);
    expect(partsDone(aPlan())).toEqual(['MEASURES', 'RESPONSIBLE', 'TIMETABLE', 'FOLLOW_UP']);
  });

  it('asks an empty plan for a cause and a measure, in Swedish', () => {
    const empty = aPlan({ causes: [], measures: [] });
    expect(codes(empty)).toEqual(['CAUSE_MISSING causes/+', 'MEASURE_MISSING measures/+']);
    expect(missingParts(empty)[1]?.message).toBe('Lägg till minst en åtgärd.');
    expect(partsDone(empty)).toEqual([]);
  });

  it.each<[Partial<Measure>, string, string]>([
    [{ what: ' ' }, 'WHAT_MISSING', 'what'],
    [{ how: [] }, 'HOW_MISSING', 'how'],
    [{ how: prose('  ') }, 'HOW_MISSING', 'how'],
    [{ causeIds: [] }, 'CAUSE_LINK_MISSING', 'causeIds'],
    [{ causeIds: ['00000000000000ff'] }, 'CAUSE_LINK_MISSING', 'causeIds'],
    [{ responsible: '' }, 'RESPONSIBLE_MISSING', 'responsible'],
    [{ doneBy: null }, 'DONE_BY_MISSING', 'doneBy'],
    [{ doneBy: '2026-02-30' }, 'DONE_BY_INVALID', 'doneBy'],
    [{ followUpHow: [] }, 'FOLLOW_UP_HOW_MISSING', 'followUpHow'],
    [{ followUpBy: null }, 'FOLLOW_UP_BY_MISSING', 'followUpBy'],
    [{ followUpBy: '2027-13-01' }, 'FOLLOW_UP_BY_INVALID', 'followUpBy'],
    [{ followUpBy: '2026-02-28' }, 'FOLLOW_UP_BEFORE_DONE', 'followUpBy'],
  ])('finds %j', (over, code, field) => {
    expect(codes(withMeasure(over))).toEqual([`${code} measures/${ID}/${field}`]);
  });

  it('finds a cause without text', () => {
    expect(codes(aPlan({ causes: [{ id: CAUSE, text: [], order: 'V' }] }))).toEqual(['CAUSE_MISSING causes/+']);
  });

  it('reads text inside lists', () => {
    const how: Prose = [{ type: 'bulletList', content: [{ type: 'listItem', content: prose('steg') }] }];
    expect(codes(withMeasure({ how }))).toEqual([]);
  });
});

describe('partsDone', () => {
  it.each<[Partial<Measure>, string]>([
    [{ how: [] }, 'MEASURES'],
    [{ responsible: '' }, 'RESPONSIBLE'],
    [{ doneBy: null }, 'TIMETABLE'],
    [{ followUpBy: null }, 'FOLLOW_UP'],
  ])('is without the part that %j leaves undone', (over, part) => {
    expect(partsDone(withMeasure(over))).toHaveLength(3);
    expect(partsDone(withMeasure(over))).not.toContain(part);
  });
});

describe('isRealDate', () => {
  it('knows the calendar', () => {
    expect(['2024-02-29', '2026-12-31'].every(isRealDate)).toBe(true);
    expect(['2026-02-29', '2026-00-10', '2026-1-01', '26-01-01', '', '2026-01-01T00:00'].some(isRealDate)).toBe(false);
  });
});
