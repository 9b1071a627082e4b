import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { error, redirect } from '@sveltejs/kit';
import { type DocumentNode, print } from 'graphql';
import type { SamsynBridge } from '../../app.js';
import { type ApiError, apiErrorOf } from './errors.js';

/** GraphQL in process for one page request. Denials become pages: sign in, 404, 503; faults become a 500 with an id. */
export type Api = <Result, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Result, Variables>,
  ...variables: Record<string, never> extends Variables ? [Variables?] : [Variables]
) => Promise<Result>;

// Documents are constants: each is printed once.
const printed = new WeakMap<object, string>();

function textOf(document: DocumentNode): string {
  const known = printed.get(document);
  if (known !== undefined) return known;
  const text = print(document);
  printed.set(document, text);
  return text;
}

function toPage(failure: ApiError, url: URL): never {
  if (failure.code === 'UNAUTHENTICATED') redirect(303, signInPath(url));
  error(failure.status, failure.message, { code: failure.code, errorId: failure.errorId });
}

/** Where to sign in, coming back to `url` afterwards. */
export function signInPath(url: URL): string {
  const back = url.pathname + url.search;
  return back === '/' ? '/logga-in' : `/logga-in?till=${encodeURIComponent(back)}`;
}

/** @param onCookie gets every Set-Cookie value an operation asks for (sign-in, sign-out) */
export function apiFor(bridge: SamsynBridge, url: URL, onCookie: (cookie: string) => void): Api {
  return async <Result, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Result, Variables>,
    variables?: Variables,
  ) => {
    const answer = await bridge.execute(textOf(document), variables ?? {});
    if (answer.setCookie) onCookie(answer.setCookie);
    if (answer.errors?.length) toPage(apiErrorOf(answer.errors), url);
    return answer.data as Result;
  };
}

type Me = NonNullable<App.Locals['me']>;

/** The signed-in person, or off to sign in. Page loads ask here rather than their layout: what waits for `parent()` reloads whenever the frame's counts do. */
export function requireMe({ locals, url }: { locals: App.Locals; url: URL }): Me {
  if (!locals.me) redirect(303, signInPath(url));
  return locals.me;
}

/** As above; without the capability the page does not exist for the person. */
export function requireCapability(event: { locals: App.Locals; url: URL }, capability: Me['capabilities'][number]): Me {
  const me = requireMe(event);
  if (!me.capabilities.includes(capability)) error(404, 'NOT_FOUND', { code: 'NOT_FOUND' });
  return me;
}
