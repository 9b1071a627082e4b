/** Why the server says no to a pushed update or a lease, and what the client does then. Codes are stable. */

export type GateCode =
  | 'TOO_LARGE'
  | 'MALFORMED'
  | 'NO_LEASE'
  | 'WRONG_CLIENT'
  | 'CLOCK_GAP'
  | 'OUT_OF_ORDER'
  | 'CONTENT_NOT_ALLOWED'
  | 'PATH_NOT_WRITABLE'
  | 'STALE_EPOCH'
  | 'PENDING'
  | 'TARGET_GONE'
  | 'DOCUMENT_FULL'
  | 'NOT_WRITABLE'
  | 'RATE_LIMITED'
  | 'LEASE_TAKEN';

/**
 * RETRY: wait a little (seconds, with jitter) and send the same update, with the same n, again.
 * RESEND: send everything unacknowledged again, from the lowest n; if the same refusal comes back, BRANCH.
 * LEASE: draw another client id (or reclaim the lease) before anything is sent.
 * BRANCH: stop; keep the document as it is as a visible branch of its author's, open anew with a new lease and an empty undo stack.
 */
export type ClientAct = 'RETRY' | 'RESEND' | 'LEASE' | 'BRANCH';

const REFUSALS: Readonly<Record<GateCode, { readonly act: ClientAct; readonly message: string }>> = {
  TOO_LARGE: { act: 'BRANCH', message: 'Ändringen är för stor för att sparas på en gång. Dela upp texten.' },
  MALFORMED: { act: 'BRANCH', message: 'Ändringen gick inte att läsa och sparades inte.' },
  NO_LEASE: { act: 'BRANCH', message: 'Fliken har inte längre rätt att skriva i det här dokumentet. Öppna det igen.' },
  WRONG_CLIENT: { act: 'BRANCH', message: 'Ändringen gjordes under en annan fliks namn och sparades inte.' },
  CLOCK_GAP: { act: 'RESEND', message: 'En tidigare ändring saknas. Den skickas igen.' },
  OUT_OF_ORDER: { act: 'RESEND', message: 'Ändringarna kom i fel ordning. De skickas igen.' },
  CONTENT_NOT_ALLOWED: { act: 'BRANCH', message: 'Ändringen innehåller något som inte får finnas i planen.' },
  PATH_NOT_WRITABLE: { act: 'BRANCH', message: 'Den delen av planen är låst.' },
  STALE_EPOCH: { act: 'BRANCH', message: 'Planen låstes innan ändringen kom fram.' },
  PENDING: { act: 'RESEND', message: 'Ändringen bygger på något som inte har kommit fram. Den skickas igen.' },
  TARGET_GONE: { act: 'BRANCH', message: 'Någon annan har tagit bort stycket eller åtgärden som du skrev i.' },
  DOCUMENT_FULL: { act: 'BRANCH', message: 'Planen är full. Ta bort text innan du lägger till ny.' },
  NOT_WRITABLE: { act: 'BRANCH', message: 'Du kan läsa planen men inte skriva i den just nu.' },
  RATE_LIMITED: { act: 'RETRY', message: 'Det kom för många ändringar på kort tid. Vänta en stund.' },
  LEASE_TAKEN: { act: 'LEASE', message: 'Skrivnyckeln används redan. Välj en ny.' },
};

export const GATE_CODES = Object.keys(REFUSALS) as GateCode[];

/** What a person is told, in Swedish. */
export const refusalMessage = (code: GateCode): string => REFUSALS[code].message;

/** What a client does on a refusal. A code it doesn't know is a BRANCH: nothing is thrown away. */
export const clientAct = (code: string): ClientAct => (Object.hasOwn(REFUSALS, code) ? REFUSALS[code as GateCode].act : 'BRANCH');
