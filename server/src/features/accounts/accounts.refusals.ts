import { Refused, type Fault } from '../../platform/outcome.js';

/** The refusals of this feature, each worded once. */
export const wrongCredentials = (): Refused => new Refused('WRONG_CREDENTIALS', 'E-postadressen eller lösenordet stämmer inte.');

export const tooManyAttempts = (minutes: number): Refused =>
  new Refused('RATE_LIMITED', `För många försök. Vänta ${minutes} ${minutes === 1 ? 'minut' : 'minuter'} och försök igen.`);

/** One answer for unknown, expired, used and revoked links. */
export const linkInvalid = (): Refused =>
  new Refused('LINK_INVALID', 'Länken gäller inte längre. Den kan vara använd eller för gammal: be den som gav dig den om en ny.');

export function accountExists(): Refused {
  const message = 'Adressen har redan ett konto. Skriv det kontots lösenord, så läggs behörigheten till.';
  return new Refused('ACCOUNT_EXISTS', message, [{ path: 'password', code: 'ACCOUNT_EXISTS', message }]);
}

export const inputFaulty = (faults: readonly Fault[]): Refused => new Refused('INPUT_FAULTY', 'Rätta det som är markerat.', faults);

export const alreadyMember = (): Refused => new Refused('ALREADY_MEMBER', 'Personen har redan den rollen.');

export const ownAccount = (): Refused => new Refused('OWN_ACCOUNT', 'Det går inte att göra med det egna kontot. Be en kollega som får.');

export const managedElsewhere = (): Refused =>
  new Refused('MANAGED_ELSEWHERE', 'Du kan inte göra en lösenordslänk för den här personen, eftersom du inte administrerar hela kontot.');
