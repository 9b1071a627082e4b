/** A form's answer when something must be mended: the texts are the server's, the fields are ours. */
export interface Mend {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly faults: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}

/** @param path the input's field, e.g. "password" */
export const faultAt = (mend: Mend | null | undefined, path: string): string | null =>
  mend?.faults.find((fault) => fault.path === path)?.message ?? null;
