import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { run } from '#lib/api/client.js';
import { ApiError } from '#lib/api/errors.js';
import * as m from '#lib/paraglide/messages.js';

interface ActFault {
  path: string;
  code: string;
  message: string;
}

/** What came of a formal act: done, or why not in words a person can use. */
export type ActResult<Payload> =
  { done: true; payload: Payload } | { done: false; code: string; message: string; faults: readonly ActFault[] };

interface RefusalAnswer {
  __typename?: 'Refusal';
  code: string;
  message: string;
  faults?: readonly ActFault[];
}

type Answered<Result> = Result extends Record<string, infer Answer> ? Answer : never;
type Payload<Result> = Exclude<Answered<Result>, { __typename?: 'Refusal' } | string | undefined>;

const isRefusal = (answer: object): answer is RefusalAnswer => '__typename' in answer && answer.__typename === 'Refusal';

const failures: Readonly<Record<string, () => string>> = {
  OFFLINE: m.offline,
  UNAUTHENTICATED: m.failed_UNAUTHENTICATED,
  NOT_FOUND: m.failed_NOT_FOUND,
  BAD_INPUT: m.failed_BAD_INPUT,
  RATE_LIMITED: m.failed_RATE_LIMITED,
  TOO_LARGE: m.failed_TOO_LARGE,
  UNAVAILABLE: m.failed_UNAVAILABLE,
};

function failed(error: unknown): { done: false; code: string; message: string; faults: readonly ActFault[] } {
  if (!(error instanceof ApiError)) throw error;
  const message = failures[error.code]?.() ?? (error.errorId ? m.failed_INTERNAL_id({ id: error.errorId }) : m.failed_INTERNAL());
  return { done: false, code: error.code, message, faults: [] };
}

/** Does one formal act. Denials and broken lines come back as words too: nothing a person filled in is lost to an error page. */
export async function act<Result extends object, Input extends object>(
  document: TypedDocumentNode<Result, { input: Input }>,
  input: Input,
): Promise<ActResult<Payload<Result>>> {
  try {
    const [answer] = Object.values(await run(document, { input })).filter(
      (value): value is object => typeof value === 'object' && value !== null,
    );
    if (answer === undefined) return failed(new ApiError('INTERNAL', ''));
    if (isRefusal(answer)) return { done: false, code: answer.code, message: answer.message, faults: answer.faults ?? [] };
    return { done: true, payload: answer as Payload<Result> };
  } catch (error) {
    return failed(error);
  }
}
