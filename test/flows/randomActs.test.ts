import { expect, it } from 'vitest';
import { expectInvariants, randomRun } from '../builders/invariants.js';

it('I3–I5, I8, I11 hold whatever anybody does, over 10,000 steps', async () => {
  const { world, acts } = await randomRun({ seed: 20260101, steps: 10_000 });
  try {
    await expectInvariants(world, acts.run);
    // The run is worth its time only if plans got everywhere.
    const rare = ['TAKE_BACK', 'CONCLUDE', 'RETURN', 'APPROVE', 'REPORT', 'VERIFY', 'CHECK_DURABILITY', 'NEW_ROUND'] as const;
    for (const name of rare) expect(acts.run.did.get(name) ?? 0, name).toBeGreaterThan(2);
  } finally {
    await world.close();
  }
}, 180_000);
