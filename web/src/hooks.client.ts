import type { HandleClientError } from '@sveltejs/kit/hooks';

/** A failed navigation or form post in the browser. A request that never came through is told apart from a fault: it carries no code. */
export const handleError: HandleClientError = ({ kind, error }) => {
  if (kind !== 'unknown') return;
  if (error instanceof TypeError) return { status: 503, message: 'OFFLINE' };
  // eslint-disable-next-line no-console -- the browser's own log is the only one there is here
  console.error(error);
  return { status: 500, message: 'INTERNAL', code: 'INTERNAL' };
};
