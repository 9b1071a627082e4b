import { may, snapshot, type Actor, type ActorSnapshot } from '../accounts/index.js';
import type { GradeBook } from '../assessment/index.js';
import type { AuditService } from '../audit/index.js';
import type { ContractsService } from '../contracts/index.js';
import type { Database } from '../../platform/database.js';
import { sha256 } from '../../platform/ids.js';
import { notFound, Refused } from '../../platform/outcome.js';
import { readCsv, type CsvTable } from './csvFile.rules.js';
import type { Importer, ImportTarget } from './importers.js';
import type { ImportFile, ImportKind, ImportReport } from './imports.model.js';

const YEARS = { first: 1990, last: 2200 };
/** More tell nobody more; the report says so by its last line. */
const MAX_ERRORS = 200;
const LONGEST_FILE_NAME = 200;

/** Reads the yearly files into the register: all of a file, or nothing of it. */
export class ImportsService {
  constructor(
    private readonly db: Database,
    private readonly contracts: ContractsService,
    private readonly audit: AuditService,
    private readonly gradeBook: GradeBook,
    private readonly importers: Readonly<Record<ImportKind, Importer>>,
  ) {}

  /** @throws DomainError NOT_FOUND where the actor may not import */
  async importCsv(actor: Actor, file: ImportFile): Promise<ImportReport | Refused> {
    const membership = may(actor, 'import', { huvudmanId: file.huvudmanId });
    if (!membership) throw notFound();
    return this.importAs(snapshot(actor, membership), file);
  }

  /** As `importCsv`, for callers that have already settled who acts (the command line, seeding). */
  async importAs(by: ActorSnapshot, file: ImportFile): Promise<ImportReport | Refused> {
    if (!(await this.contracts.huvudman(file.huvudmanId))) throw notFound();
    if (!Number.isInteger(file.year) || file.year < YEARS.first || file.year > YEARS.last) {
      return new Refused('BAD_YEAR', `Året ska vara mellan ${YEARS.first} och ${YEARS.last}.`);
    }
    const table = readCsv(file.csv, this.importers[file.kind].columns);
    if (table instanceof Refused) return table;
    return file.dryRun ? this.read(file, table) : this.db.tx(() => this.write(by, file, table));
  }

  private async read(file: ImportFile, table: CsvTable): Promise<ImportReport> {
    return (await this.prepare(file, table)).report;
  }

  private async write(by: ActorSnapshot, file: ImportFile, table: CsvTable): Promise<ImportReport> {
    await this.gradeBook.takeYear(file.huvudmanId, file.year);
    const { prepared, report } = await this.prepare(file, table);
    if (report.errors.length > 0) return report;
    await prepared.apply(by);
    await this.record(by, file, report);
    return { ...report, applied: true };
  }

  private async prepare({ kind, huvudmanId, year }: ImportFile, table: CsvTable) {
    const target: ImportTarget = { huvudmanId, year };
    const prepared = await this.importers[kind].prepare(target, table.rows);
    const errors = [...table.errors, ...prepared.errors].sort((a, b) => a.line - b.line);
    const count = (change: string): number => (errors.length > 0 ? 0 : prepared.changes.filter((each) => each === change).length);
    const report: ImportReport = {
      kind,
      rows: table.rows.length + new Set(table.errors.map((error) => error.line)).size,
      created: count('CREATED'),
      updated: count('UPDATED'),
      unchanged: count('UNCHANGED'),
      errors: errors.slice(0, MAX_ERRORS),
      applied: false,
    };
    return { prepared, report };
  }

  private async record(by: ActorSnapshot, file: ImportFile, report: ImportReport): Promise<void> {
    const { kind, huvudmanId, year } = file;
    const { rows, created, updated, unchanged } = report;
    const fileName = file.fileName.slice(0, LONGEST_FILE_NAME);
    await this.audit.record({
      ...{ huvudmanId, by, act: 'import.apply', subjectType: 'import', subjectId: `${year}:${kind}` },
      summary: `Inläsning ${year}: ${rows} rader, ${created} nya, ${updated} ändrade`,
      details: { kind, year, fileName, fileHash: sha256(file.csv), rows, created, updated, unchanged },
    });
  }
}
