import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { RefusalType } from '../../platform/refusal.types.js';
import type { ImportKind, ImportReport } from './imports.model.js';

const ImportKindEnum = {
  CONTRACT_AREAS: 'CONTRACT_AREAS',
  FINDINGS: 'FINDINGS',
  STATED_FIGURES: 'STATED_FIGURES',
  EARLIER_GRADES: 'EARLIER_GRADES',
} as const;
registerEnumType(ImportKindEnum, { name: 'ImportKind' });

@ObjectType('ImportRowError')
export class ImportRowErrorType {
  @Field(() => Int, { description: 'Radnummer i filen, från 1.' })
  line: number;
  @Field(() => String, { description: 'Kolumnens namn. Tomt: felet gäller hela raden.' })
  column: string;
  @Field(() => String)
  value: string;
  @Field(() => String, { description: 'Stabil kod.' })
  code: string;
  @Field(() => String)
  message: string;
}

@ObjectType('ImportReport', { description: 'En fil läses in hel, eller inte alls.' })
export class ImportReportType {
  @Field(() => ImportKindEnum)
  kind: ImportKind;
  @Field(() => Int)
  rows: number;
  @Field(() => Int)
  created: number;
  @Field(() => Int)
  updated: number;
  @Field(() => Int)
  unchanged: number;
  @Field(() => [ImportRowErrorType], { description: 'Högst 200.' })
  errors: ImportRowErrorType[];
  @Field(() => Boolean, { description: 'false: provkörning eller fel. Inget skrevs.' })
  applied: boolean;
}

@InputType()
export class ImportCsvInput {
  @Field(() => ID)
  huvudmanId: string;
  @Field(() => Int)
  year: number;
  @Field(() => ImportKindEnum)
  kind: ImportKind;
  @Field(() => String)
  csv: string;
  @Field(() => String)
  fileName: string;
  @Field(() => Boolean)
  dryRun: boolean;
}

export const ImportCsvResult = createUnionType({
  name: 'ImportCsvResult',
  types: () => [ImportReportType, RefusalType] as const,
  resolveType: (value) => ('rows' in value ? ImportReportType : RefusalType),
});

/** A report as the API shows it. */
export const toImportReportType = (report: ImportReport): ImportReportType =>
  Object.assign(new ImportReportType(), { ...report, errors: [...report.errors] });
