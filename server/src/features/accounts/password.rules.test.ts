import { describe, expect, it } from 'vitest';
import { emailFaults, nameFaults, normaliseEmail } from './email.rules.js';
import { passwordFaults } from './password.rules.js';
import { PasswordHasher } from './passwordHash.js';

const code = (password: string, email = 'ada.exempel@kommun.se'): string | undefined => passwordFaults(password, email)[0]?.code;

describe('passwordFaults', () => {
  it.each([
    ['elva tecken', 'PASSWORD_SHORT'],
    ['tolv  tecken', undefined],
    // Twelve code units, six characters.
    ['🐸🐸🐸🐸🐸🐸', 'PASSWORD_SHORT'],
    ['x'.repeat(300), 'PASSWORD_LONG'],
    ['Ada.Exempel@Kommun.se', 'PASSWORD_IS_EMAIL'],
    ['ada.exempel ', 'PASSWORD_IS_EMAIL'],
    ['Lösenord 1234', 'PASSWORD_COMMON'],
    ['123456789012', 'PASSWORD_COMMON'],
    ['aaaabbbbcccc', 'PASSWORD_COMMON'],
    ['sju små gröna grodor', undefined],
  ])('%s: %s', (password, expected) => {
    expect(code(password)).toBe(expected);
  });

  it('refuses the part before the @ when it is long enough to be a password', () => {
    expect(code('ada.av.exempel', 'ada.av.exempel@kommun.se')).toBe('PASSWORD_IS_EMAIL');
  });
});

describe('emailFaults', () => {
  it.each([
    ['ada@kommun.se', true],
    ['å.ä@vård.exempel', true],
    ['ada', false],
    ['ada@kommun', false],
    ['ada@kommun..se', false],
    ['a b@kommun.se', false],
    ['ada@kommun.se\n', false],
    [`${'a'.repeat(250)}@kommun.se`, false],
  ])('%j: %s', (email, good) => {
    expect(emailFaults(email).length === 0).toBe(good);
  });

  it('one spelling per address', () => {
    expect(normaliseEmail('  Ada@Kommun.SE ')).toBe('ada@kommun.se');
    expect(nameFaults('  ')[0]?.code).toBe('NAME_MISSING');
  });
});

describe('PasswordHasher', () => {
  const cheap = { memory: 64, passes: 1, parallelism: 1 };

  it('matches the password it hashed, however the keyboard composed it, and no other', async () => {
    const hasher = new PasswordHasher();
    const stored = await hasher.hash('sju sm\u00e5 grodor');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hasher.check(stored, 'sju sma\u030a grodor')).toEqual({ matches: true, stale: false });
    expect(await hasher.check(stored, 'sju sma grodor')).toEqual({ matches: false, stale: false });
    expect(await hasher.hash('sju sm\u00e5 grodor')).not.toBe(stored);
  });

  it('knows a hash made at another cost', async () => {
    const stored = await new PasswordHasher(cheap).hash('sju gröna grodor');
    expect(await new PasswordHasher().check(stored, 'sju gröna grodor')).toEqual({ matches: true, stale: true });
    expect(await new PasswordHasher().check(stored, 'åtta gröna grodor')).toEqual({ matches: false, stale: false });
  });

  it('never matches where there is no password, and throws on a hash that is not ours', async () => {
    const hasher = new PasswordHasher(cheap);
    expect(await hasher.check(null, '')).toEqual({ matches: false, stale: false });
    await expect(hasher.check('plain text', 'plain text')).rejects.toThrow('not one of ours');
  });
});
