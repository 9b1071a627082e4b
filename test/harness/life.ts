import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from './client.js';
import { act, contentOf, planById, plansOf, writeWholePlan, type PlanRow } from './plans.js';
import type { TestServer } from './startServer.js';
import { Writer } from './writer.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The plan for a finding, opened, written whole and handed in by its chief. */
export async function submittedPlan(chief: Client, findingKey: string): Promise<PlanRow> {
  const plan = (await plansOf(chief)).get(findingKey) as PlanRow;
  await act(chief, 'openPlan', { planId: plan.id });
  const tab = await Writer.open(chief, plan.id);
  await tab.edit(writeWholePlan);
  const { content } = await planById(chief, plan.id);
  const submitted = await act(chief, 'submitPlan', {
    ...{ planId: plan.id, contentHash: content?.contentHash, manifestHash: content?.manifestHash },
  });
  if (!submitted.plan) throw new Error(`not submitted: ${JSON.stringify(submitted)}`);
  return planById(chief, plan.id);
}

/** What a decision on the plan as it stands carries. */
export async function decisionOn(client: Client, planId: string): Promise<Record<string, unknown>> {
  const { content, revision } = await planById(client, planId);
  return { planId, track: 'AVTAL', revision, contentHash: content?.contentHash, manifestHash: content?.manifestHash };
}

/** The same plan, approved on its one track. */
export async function approvedPlan(chief: Client, reviewer: Client, findingKey: string): Promise<PlanRow> {
  const plan = await submittedPlan(chief, findingKey);
  const approved = await act(reviewer, 'approvePlan', await decisionOn(reviewer, plan.id));
  if (approved.plan?.state !== 'APPROVED') throw new Error(`not approved: ${JSON.stringify(approved)}`);
  return planById(chief, plan.id);
}

/** The plan's first measure. */
export const measureOf = (plan: PlanRow): string => contentOf(plan).measures[0]?.id ?? '';

export interface Uploaded {
  readonly status: number;
  readonly body: {
    readonly id?: string;
    readonly code?: string;
    readonly message?: string;
    readonly href?: string;
    readonly sha256?: string;
  };
}

/** Hands in a file the way a browser's form does. */
export async function upload(
  client: Client,
  place: { readonly planId: string; readonly measureId: string },
  fileName: string,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Uploaded> {
  const form = new FormData();
  form.append('file', new Blob([bytes]), fileName);
  const { cookie = '', origin = '' } = client.headers;
  const response = await fetch(`${client.url}/files?${new URLSearchParams(place).toString()}`, {
    method: 'POST',
    headers: { cookie, origin, ...headers },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as Uploaded['body'] };
}

/** Runs one of the server's own commands beside the running server, on its database and files. */
export function runCommand(
  server: TestServer,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { code: number | null; text: string } {
  const done = spawnSync(
    join(ROOT, 'node_modules/.bin/node'),
    ['--disable-warning=ExperimentalWarning', join(ROOT, 'server/dist/cli.js'), ...args],
    {
      encoding: 'utf8',
      timeout: 40_000,
      env: { PATH: process.env['PATH'], DATA_DIR: server.dataDir, DATABASE_URL: server.database.url, LOG_LEVEL: 'silent', ...env },
    },
  );
  return { code: done.status, text: `${done.stdout}${done.stderr}` };
}
