import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { queryLimits } from './queryLimits.js';

const schema = buildSchema(`
  type Query { plan: Plan plans: [Plan!]! me: Me }
  type Me { id: ID }
  type Plan { id: ID demand: Demand! tracks: [Track!]! }
  type Demand { id: ID plans: [Plan!]! }
  type Track { id: ID }
`);
const faults = (query: string): string[] => validate(schema, parse(query), [...specifiedRules, queryLimits]).map((error) => error.message);

describe('limits of a query', () => {
  it('lets through what a screen asks for', () => {
    expect(faults('{ plan { id tracks { id } demand { id plans { id tracks { id } } } } }')).toEqual([]);
    expect(faults('{ plans { demand { plans { id } } } }')).toEqual([]);
  });

  it('refuses a list inside itself, also by way of fragments', () => {
    const once = [expect.stringContaining('Demand.plans stands inside itself')];
    expect(faults('{ plan { demand { plans { demand { plans { id } } } } } }')).toEqual(once);
    expect(
      faults('{ plan { ...a } } fragment a on Plan { demand { plans { ...b } } } fragment b on Plan { demand { plans { id } } }'),
    ).toEqual(once);
    expect(faults('{ plan { demand { plans { ... on Plan { demand { plans { id } } } } } } }')).toEqual(once);
  });

  it('refuses great width at the root and in all', () => {
    expect(faults(`{ ${Array.from({ length: 31 }, (_, i) => `a${i}: me { id }`).join(' ')} }`)).toHaveLength(1);
    expect(faults(`{ plan { ${Array.from({ length: 2_001 }, (_, i) => `a${i}: id`).join(' ')} } }`)).toHaveLength(1);
    const doubling = Array.from({ length: 14 }, (_, i) => `fragment f${i} on Plan { id ...f${i + 1} ...f${i + 1} }`).join(' ');
    expect(faults(`{ plan { ...f0 } } ${doubling} fragment f14 on Plan { id }`)).toHaveLength(1);
  });
});
