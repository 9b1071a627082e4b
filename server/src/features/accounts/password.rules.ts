import type { Fault } from '../../platform/outcome.js';

const LEAST = 12;
const MOST = 256;

/** Found at the top of every leaked list, or what people write when they need twelve characters. Compared without case and without spaces. */
const COMMON = new Set([
  ...['123456789012', '1234567890123', '12345678901234', '123456789012345', '1234567890123456', '012345678901', '098765432109'],
  ...[
    'password1234',
    'password12345',
    'password123456',
    'password123!',
    'passwordpassword',
    'passw0rd1234',
    'p@ssword1234',
    'mypassword123',
  ],
  ...[
    'lösenord1234',
    'lösenord123!',
    'lösenordlösenord',
    'losenord1234',
    'losenord123!',
    'losenordlosenord',
    'mittlösenord',
    'mittlosenord1',
  ],
  ...[
    'qwertyuiop12',
    'qwertyuiop123',
    'qwertyuiopåä',
    'qwerty123456',
    'qwerty1234567',
    'qwertyqwerty',
    '1q2w3e4r5t6y',
    '1qaz2wsx3edc',
    'asdfghjklzxcvbnm',
  ],
  ...['abcdefghijkl', 'abcdefghijklm', 'abc123abc123', 'abcd1234abcd', 'abcdef123456', 'iloveyou1234', 'jagälskardig', 'jagälskardig1'],
  ...[
    'välkommen123',
    'välkommen1234',
    'valkommen123',
    'valkommen1234',
    'welcome12345',
    'administrator',
    'administratör',
    'administrator1',
    'admin1234567',
  ],
  ...['sommar202400', 'sommaren2024', 'sommaren2025', 'sommaren2026', 'vintern2024!', 'vintern2025!', 'vintern2026!', 'hösten202400'],
  ...[
    'handlingsplan',
    'handlingsplan1',
    'kommunen1234',
    'samsynsamsyn',
    'samsyn123456',
    'correcthorsebatterystaple',
    'changeme1234',
    'letmein12345',
  ],
]);

/**
 * What is wrong with a chosen password, for a form's field `password`. Length counts, not kinds of characters: rules of composition make
 * passwords that people write on notes.
 */
export function passwordFaults(password: string, email: string): Fault[] {
  const fault = (code: string, message: string): Fault[] => [{ path: 'password', code, message }];
  const length = [...password].length;
  if (length < LEAST) return fault('PASSWORD_SHORT', `Välj ett lösenord med minst ${LEAST} tecken. Flera ord i rad går bra.`);
  if (length > MOST) return fault('PASSWORD_LONG', `Lösenordet får ha högst ${MOST} tecken.`);
  const plain = password.normalize('NFKC').toLowerCase().replace(/\s/gu, '');
  if (plain === email || plain === email.split('@')[0]) return fault('PASSWORD_IS_EMAIL', 'Lösenordet får inte vara e-postadressen.');
  if (COMMON.has(plain) || new Set(plain).size < 4)
    return fault('PASSWORD_COMMON', 'Lösenordet är för vanligt eller för enkelt. Välj ett annat.');
  return [];
}
