import type { AccountsService, Actor } from '../features/accounts/index.js';
import type { AssessmentService } from '../features/assessment/index.js';
import type { ContractAreaYear, ContractsService } from '../features/contracts/index.js';
import type { Finding, FindingsService } from '../features/findings/index.js';
import type { PlanService } from '../features/handlingsplaner/index.js';
import type { ImportKind, ImportsService } from '../features/imports/index.js';
import { addDays, swedishDate, type Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { Refused } from '../platform/outcome.js';

/** The features as the composition root has them. */
export interface SeedDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly accounts: { readonly service: AccountsService };
  readonly contracts: { readonly service: ContractsService };
  readonly findings: { readonly service: FindingsService };
  readonly imports: { readonly service: ImportsService };
  readonly assessment: { readonly service: AssessmentService };
  readonly handlingsplaner: { readonly service: PlanService };
}

export const DEMO_YEAR = 2022;
/** Providers get this long to hand in their plans, counted from the day the demo is made. */
const DAYS_TO_ANSWER = 45;

/** What a seeding step must give; a refusal means that the demo's own data is wrong. */
export function accepted<T>(outcome: T | Refused): T {
  if (!(outcome instanceof Refused)) return outcome;
  throw new Error(`the demo data was refused: ${outcome.code} ${outcome.message}`);
}

/** Imports one of the demo's files through the same door as everybody's. */
export async function importFile(
  deps: SeedDeps,
  actor: Actor,
  huvudmanId: string,
  file: { readonly kind: ImportKind; readonly csv: string | Uint8Array; readonly fileName: string },
): Promise<void> {
  const report = accepted(await deps.imports.service.importCsv(actor, { ...file, huvudmanId, year: DEMO_YEAR, dryRun: false }));
  const [first] = report.errors;
  if (first) throw new Error(`${file.fileName} line ${first.line}: ${first.message}`);
}

/** One demand for all findings of an area: they are one provider's. @param bothTracks keys of findings that both tracks review */
export async function demandPlans(
  deps: SeedDeps,
  actor: Actor,
  area: ContractAreaYear,
  findings: readonly Finding[],
  colour: string,
  bothTracks: readonly string[] = [],
): Promise<void> {
  const deadline = addDays(swedishDate(deps.clock.now()), DAYS_TO_ANSWER);
  const grounds = `Bedömningen ${colour} ${area.year} för ${area.name} kräver en plan för varje brist.`;
  const findingIds = findings.map((finding) => finding.id);
  const tracks = findings
    .filter((finding) => bothTracks.includes(finding.key))
    .map(({ id: findingId }) => ({ findingId, tracks: ['AVTAL', 'HSL'] as const }));
  accepted(await deps.handlingsplaner.service.issueDemand(actor, { findingIds, deadline, grounds, tracks }));
}
