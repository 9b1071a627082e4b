import 'reflect-metadata';
import { it } from 'vitest';
import { expectInvariants, randomRun } from '../../../../test/builders/invariants.js';

it.each([1, 2, 3])(
  'I3–I5, I8, I11 hold whatever anybody does, over some hundred steps (seed %i)',
  async (seed) => {
    const { world, acts } = await randomRun({ seed, steps: 400 });
    try {
      await expectInvariants(world, acts.run);
    } finally {
      await world.close();
    }
  },
  60_000,
);
