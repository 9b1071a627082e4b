import { describe, expect, test } from 'vitest';
import { ladderFor, USUAL_LADDERS } from './ladder.rules.js';

describe('the escalation ladder', () => {
  test.each([
    ['LOV', ['Dialog', 'Ny plan', 'Varning om vitesföreläggande', 'Vite', 'Ej förlängning eller avslut']],
    ['LOV|LOU|direct', ['Dialog', 'Ny plan', 'Varning om vitesföreläggande', 'Vite', 'Ej förlängning eller avslut']],
    ['', ['Dialog', 'Ny plan', 'Varning om vitesföreläggande', 'Vite', 'Ej förlängning eller avslut']],
    ['egen regi', ['Dialog', 'Ny plan', 'Ändrat uppdrag']],
  ])('of a contract of the form "%s"', (form, names) => {
    expect(ladderFor(USUAL_LADDERS, form).map(({ name }) => name)).toEqual(names);
  });

  test('climbs by order, whatever order the data has, and each rung names who decides', () => {
    const [usual] = USUAL_LADDERS;
    const turned = [{ forms: [], rungs: [...(usual?.rungs ?? [])].reverse() }];
    expect(ladderFor(turned, 'LOV').map(({ order }) => order)).toEqual([1, 2, 3, 4, 5]);
    for (const ladder of USUAL_LADDERS) for (const rung of ladder.rungs) expect(rung.decidedBy.length).toBeGreaterThan(0);
  });

  test('a huvudman whose data has no ladder for a contract has none', () => {
    expect(ladderFor([{ forms: ['egen regi'], rungs: [] }], 'LOV')).toEqual([]);
  });
});
