import { expect, it } from 'vitest';
import { latestEvents } from './events.js';

const by = { name: 'Avtalsansvarig', side: 'ADMINISTRATION' as const };
const aPlan = (id: string, ...times: string[]) => ({
  id,
  finding: { krav: `krav ${id}` },
  timeline: times.map((at) => ({ at, text: 'återsände', by })),
});

it('mixes the plans, newest first, and keeps to the number asked for', () => {
  const events = latestEvents(
    [aPlan('a', '2023-10-01T08:00:00.000Z', '2023-10-03T08:00:00.000Z'), aPlan('b', '2023-10-02T08:00:00.000Z')],
    2,
  );
  expect(events.map((event) => [event.planId, event.at.slice(8, 10)])).toEqual([
    ['a', '03'],
    ['b', '02'],
  ]);
});
