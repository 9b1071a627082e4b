import { addCause, addMeasure, type PlanContent } from '@samsyn/schema';
import type * as Y from 'yjs';
import type { Client } from './client.js';

export interface PlanRow {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly finding: { key: string; contractArea: { key: string } };
  readonly tracks: readonly { track: 'AVTAL' | 'HSL' }[];
  readonly content: {
    canonicalJson: string;
    contentHash: string;
    manifestHash: string;
    seq: number;
    missing: { path: string; code: string }[];
  } | null;
}

const FIELDS = `id state revision finding { key contractArea { key } } tracks { track } content { canonicalJson contentHash manifestHash seq missing { path code } }`;

/** The plans that this person sees, by the finding's key. */
export async function plansOf(client: Client): Promise<Map<string, PlanRow>> {
  const { plans } = await client.ask<{ plans: { nodes: PlanRow[] } }>(`{ plans(first: 100) { nodes { ${FIELDS} } } }`);
  return new Map(plans.nodes.map((plan) => [plan.finding.key, plan]));
}

export async function planById(client: Client, id: string): Promise<PlanRow> {
  return (await client.ask<{ plan: PlanRow }>(`query($id: ID!) { plan(id: $id) { ${FIELDS} } }`, { id })).plan;
}

export interface Acted {
  readonly __typename: string;
  readonly code?: string;
  readonly faults?: readonly { path: string; code: string; message: string }[];
  readonly plan?: PlanRow;
  readonly revision?: { number: number; contentHash: string; receiptNumber: string; submittedAt: string };
}

/** One formal act, by the name of its mutation. The answer is the payload or the refusal. */
export async function act(client: Client, name: string, input: Record<string, unknown>): Promise<Acted> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const extra = name === 'submitPlan' ? 'revision { number contentHash receiptNumber submittedAt }' : '';
  const answer = await client.ask<Record<string, Acted>>(
    `mutation($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Payload { plan { ${FIELDS} } ${extra} } ... on Refusal { code faults { path code message } } } }`,
    { input },
  );
  return answer[name] as Acted;
}

/** What a complete plan needs, written the way the editor does it. */
export function writeWholePlan(doc: Y.Doc): void {
  const causeId = addCause(doc, { text: 'Rutinen finns som utkast men är inte beslutad.' });
  addMeasure(doc, {
    what: 'Besluta en gemensam rutin',
    how: 'Rutinen gås igenom på arbetsplatsträff i varje enhet.',
    followUpHow: 'Stickprov på tio ärenden per enhet.',
    responsible: 'Verksamhetschef',
    causeIds: [causeId],
    doneBy: '2027-01-31',
    followUpBy: '2027-03-31',
  });
}

export const contentOf = (plan: PlanRow): PlanContent => JSON.parse(plan.content?.canonicalJson ?? 'null') as PlanContent;
