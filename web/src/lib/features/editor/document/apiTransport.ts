import { stringifyDocument } from '@urql/core';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Wire } from '#lib/api/roads.js';
import {
  DocumentContentHashDocument,
  DocumentEventsDocument,
  type DocumentEventsSubscription,
  PushUpdateDocument,
  SetPresenceDocument,
  TakeLeaseDocument,
} from '#lib/api/generated/graphql.js';
import { fromBase64, toBase64 } from './bytes.js';
import { type DocumentEvent, type DocumentTransport, type RefusedAnswer, TransportDenied } from './transport.js';

/** No answer for this long: the line is taken for dead, even if nobody said so. */
const ANSWER_MS = 12_000;

// These will say the same next time; a fault or a broken line may not.
const DENIALS = new Set(['UNAUTHENTICATED', 'NOT_FOUND']);
const NEVER_TAKEN = new Set(['BAD_INPUT', 'TOO_LARGE']);

class AnswerError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Fault {
  message?: unknown;
  extensions?: Record<string, unknown> | undefined;
}

function errorOf(failure: unknown): Error {
  const first: unknown = Array.isArray(failure) ? failure[0] : undefined;
  if (typeof first !== 'object' || first === null) return failure instanceof Error ? failure : new Error('the line broke');
  const { message, extensions }: Fault = first;
  const code = extensions?.['code'];
  const known = typeof code === 'string' ? code : 'INTERNAL';
  const text = typeof message === 'string' ? message : '';
  return DENIALS.has(known) ? new TransportDenied(known, text) : new AnswerError(known, text);
}

type Event = DocumentEventsSubscription['documentEvents'];

/** @param you our own presenceId, told once when the document was opened */
function eventOf({ you: _told, ...event }: Event, you: string | null): DocumentEvent {
  return {
    ...event,
    checkpoint: event.checkpoint ? { seq: event.checkpoint.seq, update: fromBase64(event.checkpoint.update) } : null,
    updates: event.updates.map((row) => ({ ...row, update: fromBase64(row.update) })),
    contentHash: event.contentHash ?? null,
    writable: event.writable ?? null,
    reason: event.reason ?? null,
    resyncFrom: event.resyncFrom ?? null,
    presence:
      event.presence?.map((person) => ({
        ...person,
        self: person.presenceId === you,
        path: person.path ?? null,
        anchor: person.anchor ? fromBase64(person.anchor) : null,
        head: person.head ? fromBase64(person.head) : null,
        seenAt: new Date(person.seenAt),
      })) ?? null,
  };
}

/** One operation with one answer on the line; rejected when the line closes, so that the caller can send again on the next one. */
function ask<Result, Variables extends Record<string, unknown>>(
  wire: Wire,
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (act: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      unlisten();
      act();
      stop();
    };
    const unlisten = wire.on('closed', () => settle(() => reject(new Error('the line closed'))));
    const timer = setTimeout(() => {
      settle(() => reject(new Error('no answer')));
      wire.terminate();
    }, ANSWER_MS);
    const stop = wire.subscribe<Result>(
      { query: stringifyDocument(document), variables },
      {
        next: ({ data, errors }) => settle(() => (errors?.length || !data ? reject(errorOf(errors)) : resolve(data))),
        error: (failure) => settle(() => reject(errorOf(failure))),
        complete: () => settle(() => reject(new Error('no answer'))),
      },
    );
  });
}

/** What the server will not take at all counts as refused: sending it again would stand in the way of everything after it. */
async function refusable<Answer>(answer: Promise<Answer>): Promise<Answer | RefusedAnswer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AnswerError && NEVER_TAKEN.has(error.code)) return { refused: true, code: error.code, message: error.message };
    throw error;
  }
}

/** A server that can't read our question is newer or older than this page: only a fresh page helps. */
const neverOpens = (error: Error): Error =>
  error instanceof AnswerError && NEVER_TAKEN.has(error.code) ? new TransportDenied('OUTDATED', error.message) : error;

/** The protocol over the page's one GraphQL wire. */
export function apiTransport(wire: Wire): DocumentTransport {
  return {
    open(documentId, haveSeq, sink) {
      let over = false;
      let you: string | null = null;
      const end = (error: unknown): void => {
        if (over) return;
        over = true;
        unlisten();
        stop();
        sink.ended(error);
      };
      // Signed out is for good. Otherwise a socket reconnects by itself and would ask again from an old place: the document client asks anew instead.
      const unlisten = wire.on('closed', (signedOut) =>
        end(signedOut ? new TransportDenied('UNAUTHENTICATED', '') : new Error('the line closed')),
      );
      const stop = wire.subscribe<DocumentEventsSubscription>(
        { query: stringifyDocument(DocumentEventsDocument), variables: { documentId, haveSeq } },
        {
          next: ({ data, errors }) => {
            if (errors?.length || !data) return end(errorOf(errors));
            you = data.documentEvents.you ?? you;
            sink.event(eventOf(data.documentEvents, you));
          },
          error: (failure) => end(neverOpens(errorOf(failure))),
          complete: () => end(new Error('the subscription ended')),
        },
      );
      return () => {
        over = true;
        unlisten();
        stop();
      };
    },

    takeLease: (documentId, clientId) =>
      refusable(
        ask(wire, TakeLeaseDocument, { input: { documentId, clientId } }).then(({ takeLease: answer }) =>
          answer.__typename === 'Lease'
            ? { refused: false, clientId: answer.clientId, epoch: answer.epoch }
            : { refused: true, code: answer.code, message: answer.message },
        ),
      ),

    push: (documentId, { epoch, lease, n, update }) =>
      refusable(
        ask(wire, PushUpdateDocument, { input: { documentId, epoch, lease, n, update: toBase64(update) } }).then(
          ({ pushUpdate: answer }) =>
            answer.__typename === 'PushUpdatePayload'
              ? { refused: false, seq: answer.seq, at: new Date(answer.at) }
              : { refused: true, code: answer.code, message: answer.message },
        ),
      ),

    async setPresence(documentId, { path, anchor, head }) {
      const input = { documentId, path, anchor: anchor && toBase64(anchor), head: head && toBase64(head) };
      await ask(wire, SetPresenceDocument, { input });
    },

    contentHash: (documentId) => ask(wire, DocumentContentHashDocument, { documentId }).then((answer) => answer.documentContentHash),
  };
}
