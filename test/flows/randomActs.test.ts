import { expect, it } from 'vitest';
import { FORMAL_ACTS } from '../../server/src/features/handlingsplaner/plan.model.js';
import { expectInvariants, randomRun } from '../builders/invariants.js';

it('I3–I5, I8, I11 hold whatever anybody does, over 10,000 steps', async () => {
  const { world, acts } = await randomRun({ seed: 20260101, steps: 10_000 });
  try {
    await expectInvariants(world, acts.run);
    // The run is worth its time only if plans got everywhere.
    const done = new Set(world.told.map(({ act }) => act));
    for (const act of FORMAL_ACTS.filter((each) => each !== 'WITHDRAW' && each !== 'DURABILITY_HELD')) expect(done, act).toContain(act);
  } finally {
    await world.close();
  }
}, 180_000);
