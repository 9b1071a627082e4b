export type ImportKind = 'CONTRACT_AREAS' | 'FINDINGS' | 'STATED_FIGURES' | 'EARLIER_GRADES';

/** A fault in a row. `line` counts from 1 as an editor does; `column` is the header's name, empty when the fault is the whole row's. */
export interface ImportRowError {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly code: string;
  /** Swedish: what is wrong and how to mend it. */
  readonly message: string;
}

export interface ImportReport {
  readonly kind: ImportKind;
  /** Data rows in the file. */
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly errors: readonly ImportRowError[];
  /** False: a dry run, or faults. Nothing was written. */
  readonly applied: boolean;
}

export interface ImportFile {
  readonly kind: ImportKind;
  readonly huvudmanId: string;
  readonly year: number;
  /** Text, or the file's bytes. */
  readonly csv: string | Uint8Array;
  readonly fileName: string;
  readonly dryRun: boolean;
}

/** A data row with its place in the file. Every known column has a value, trimmed; columns the file lacks are empty. */
export interface CsvRow {
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}
