import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Refused } from '../../platform/outcome.js';
import { toRefusal, type RefusalType } from '../../platform/refusal.types.js';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { ImportsService } from './imports.service.js';
import { ImportCsvInput, ImportCsvResult, toImportReportType, type ImportReportType } from './imports.types.js';

@Resolver()
export class ImportsResolver {
  constructor(private readonly imports: ImportsService) {}

  @Mutation(() => ImportCsvResult, {
    description: 'En fil med någon felaktig rad läses inte in alls. Skiljetecken: komma, semikolon eller tabb.',
  })
  async importCsv(
    @Ctx() context: RequestContext,
    @Arg('input', () => ImportCsvInput) input: ImportCsvInput,
  ): Promise<ImportReportType | RefusalType> {
    const outcome = await this.imports.importCsv(requireActor(context), input);
    return outcome instanceof Refused ? toRefusal(outcome) : toImportReportType(outcome);
  }
}
