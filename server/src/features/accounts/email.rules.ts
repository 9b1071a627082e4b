import type { Fault } from '../../platform/outcome.js';

const MAX_EMAIL = 254;
const MAX_NAME = 200;

/** One spelling per address: the account's key. */
export const normaliseEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase();

/** What is wrong with an address, for a form's field `email`. Whether mail arrives is not ours to know. */
export function emailFaults(email: string): Fault[] {
  const good = email.length <= MAX_EMAIL && /^[^\s@<>"(),:;\\]+@[^\s@<>"(),:;\\.]+(\.[^\s@<>"(),:;\\.]+)+$/u.test(email);
  return good ? [] : [{ path: 'email', code: 'EMAIL_FORM', message: 'Skriv en e-postadress, som namn@kommun.se.' }];
}

/** What is wrong with a person's name, for a form's field `name`. */
export function nameFaults(name: string): Fault[] {
  const good = name.trim() !== '' && name.trim().length <= MAX_NAME;
  return good ? [] : [{ path: 'name', code: 'NAME_MISSING', message: `Skriv personens namn, högst ${MAX_NAME} tecken.` }];
}
