import type { PlanContent, Prose } from '@samsyn/schema';
import { describe, expect, it } from 'vitest';
import { manifest } from './manifest.rules.js';
import { causeLetter, planText } from './planText.rules.js';
import { searchTextOf, searchWords } from './search.rules.js';

const paragraph = (text: string): Prose[number] => ({ type: 'paragraph', content: [{ type: 'text', text }] });

describe('a revision as plain text', () => {
  it('reads as the plan does on screen', () => {
    const content: PlanContent = {
      v: 1,
      planId: 'p',
      causes: [{ id: 'c1', text: [paragraph('Rutinen är inte beslutad.')], order: 'a' }],
      measures: [
        {
          id: 'm1',
          what: 'Besluta rutinen',
          how: [
            paragraph('I två steg:'),
            {
              type: 'orderedList',
              attrs: { start: 3 },
              content: [
                {
                  type: 'listItem',
                  content: [paragraph('Skriv'), { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('kort')] }] }],
                },
              ],
            },
          ],
          followUpHow: [paragraph('Stickprov.')],
          responsible: 'Verksamhetschef',
          causeIds: ['c1', 'gone'],
          doneBy: '2023-09-29',
          followUpBy: null,
          order: 'a',
        },
      ],
    };
    expect(planText(content)).toBe(
      [
        'ORSAKER\n\nOrsak A\nRutinen är inte beslutad.\n\nÅTGÄRDER\n\nÅtgärd 1: Besluta rutinen\nMöter orsak: A\nSå görs det:\nI två steg:\n3. Skriv\n   – kort',
        'Ansvarig: Verksamhetschef\nKlart senast: 2023-09-29\nSå följs det upp:\nStickprov.\nFöljs upp senast: ',
      ].join('\n'),
    );
  });

  it('names causes by letters, past Z too', () => {
    expect([0, 25, 26, 27, 701, 702].map(causeLetter)).toEqual(['A', 'Z', 'AA', 'AB', 'ZZ', 'AAA']);
  });
});

describe('the evidence list', () => {
  it('is the same text in whatever order and normal form it comes', () => {
    const one = { id: '1', name: 'rutin\u0065\u0301.pdf', bytes: 10, sha256: 'ab' };
    const two = { id: '2', name: 'b.pdf', bytes: 5, sha256: 'cd' };
    expect(manifest([two, one])).toBe(
      '[{"bytes":10,"id":"1","name":"rutin\u00e9.pdf","sha256":"ab"},{"bytes":5,"id":"2","name":"b.pdf","sha256":"cd"}]',
    );
    expect(manifest([])).toBe('[]');
  });
});

describe('search', () => {
  it('compares in lower case and one normal form, word by word, within limits', () => {
    expect(searchTextOf(['Särskilt BOENDE', 'Delegering'])).toBe('särskilt boende\ndelegering');
    expect(searchWords('  SÄ\u0041\u030Aboende  delegering ')).toEqual(['säåboende', 'delegering']);
    expect(searchWords('a b c d e f g h i j')).toHaveLength(8);
  });
});
