import type { NextAct, PlanState } from '#lib/api/generated/graphql.js';

interface Listed {
  readonly id: string;
  readonly state: PlanState;
  readonly deadline: string;
  readonly nextAct: NextAct;
  readonly finding: { readonly krav: string; readonly contractArea: { readonly id: string; readonly name: string } };
}

/** A year's findings in one contract area, and how far they have come. */
export interface AreaTasks<Item> {
  readonly id: string;
  readonly name: string;
  readonly items: readonly Item[];
  /** How many plans have been handed in, at least. */
  readonly away: number;
}

const resting: readonly NextAct[] = ['WAIT', 'READ'];

/** Is the next step the viewer's own? Only such rows have colour. */
export const isOpen = (plan: { readonly nextAct: NextAct }): boolean => !resting.includes(plan.nextAct);

/** The plan is past the writing: handed in, decided or closed. */
export const isHandedIn = (plan: { readonly state: PlanState }): boolean => !['REQUESTED', 'DRAFT', 'RETURNED'].includes(plan.state);

/** The krav by avtalsområde, areas with the nearest open deadline first; inside an area open work before the rest, nearest first. */
export function tasksByArea<Item extends Listed>(plans: readonly Item[]): AreaTasks<Item>[] {
  const areas = new Map<string, Item[]>();
  for (const plan of plans) {
    const area = plan.finding.contractArea.id;
    areas.set(area, [...(areas.get(area) ?? []), plan]);
  }
  const nearest = (items: readonly Item[]): string =>
    items
      .filter(isOpen)
      .map((plan) => plan.deadline)
      .toSorted()[0] ?? '9999';
  return [...areas.values()]
    .map((items) => ({
      id: items[0]?.finding.contractArea.id ?? '',
      name: items[0]?.finding.contractArea.name ?? '',
      items: items.toSorted(
        (a, b) =>
          Number(isOpen(b)) - Number(isOpen(a)) ||
          a.deadline.localeCompare(b.deadline) ||
          a.finding.krav.localeCompare(b.finding.krav, 'sv'),
      ),
      away: items.filter(isHandedIn).length,
    }))
    .toSorted((a, b) => nearest(a.items).localeCompare(nearest(b.items)) || a.name.localeCompare(b.name, 'sv'));
}
