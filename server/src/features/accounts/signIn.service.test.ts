import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountsWorld, NORTH, PASSWORD, type AccountsWorld, type Browser } from '../../../../test/builders/accountsWorld.js';
import { SessionRow, UserRow } from './accounts.entity.js';
import type { Actor } from './accounts.model.js';
import { PasswordHasher } from './passwordHash.js';

const HOUR = 3_600_000;
const EMAIL = 'mas@exempel.se';
let world: AccountsWorld;

async function withPassword(actor: Actor, password = PASSWORD, hasher = new PasswordHasher()): Promise<Actor> {
  const passwordHash = await hasher.hash(password);
  await world.db.tx((em) => em.update(UserRow, { id: actor.userId }, { passwordHash }));
  return actor;
}

/** The refusal's code, or undefined when it worked. */
async function signIn(browser: Browser, email = EMAIL, password = PASSWORD): Promise<string | undefined> {
  const result = await world.ways.signIn(await browser.asks(), { email, password });
  return 'code' in result ? result.code : undefined;
}

const sessions = (): Promise<SessionRow[]> => world.db.em.find(SessionRow);
const stored = (actor: Actor): Promise<UserRow> => world.db.em.findOneByOrFail(UserRow, { id: actor.userId });

beforeEach(async () => {
  world = await accountsWorld();
});
afterEach(() => world.close());

describe('signing in', () => {
  it('answers with who one is, and sets a cookie that the database knows only as a hash', async () => {
    const mas = await withPassword(await world.someone('MAS', { huvudmanId: NORTH }));
    const browser = world.browser();
    const result = await world.ways.signIn(await browser.asks(), { email: ' MAS@Exempel.se ', password: PASSWORD });
    expect(result).toMatchObject({ me: { id: mas.userId, email: EMAIL, capabilities: ['SEE_ASSESSMENT', 'SEE_PLANS', 'REVIEW_PLANS'] } });
    expect((await browser.asks()).actor?.memberships).toEqual(mas.memberships);
    expect(JSON.stringify(await sessions())).not.toContain(browser.cookie);
    expect((await stored(mas)).lastSignInAt).toEqual(world.clock.now());
  });

  it('says the same, after the same hashing, for a wrong password, an unknown address, a closed account and one without password', async () => {
    const mas = await withPassword(await world.someone('MAS', { huvudmanId: NORTH }));
    const closed = await withPassword(await world.someone('MAR', { huvudmanId: NORTH }));
    await world.db.tx((em) => em.update(UserRow, { id: closed.userId }, { active: false }));
    await world.someone('SAS', { huvudmanId: NORTH });
    const check = vi.spyOn(PasswordHasher.prototype, 'check');
    const ask = async (email: string, password: string) => world.ways.signIn(await world.browser().asks(), { email, password });
    const answers = [await ask(EMAIL, 'fel lösenord här'), await ask('ingen@exempel.se', PASSWORD)];
    answers.push(await ask('mar@exempel.se', PASSWORD), await ask('sas@exempel.se', PASSWORD));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 'WRONG_CREDENTIALS' });
    expect(check).toHaveBeenCalledTimes(4);
    expect(await sessions()).toEqual([]);
    expect((await stored(mas)).lastSignInAt).toBeNull();
    check.mockRestore();
  });

  it('gives a new session each time and ends the one the browser had', async () => {
    await withPassword(await world.someone('MAS', { huvudmanId: NORTH }));
    const browser = world.browser();
    browser.cookie = 'planted-before-the-sign-in';
    await signIn(browser);
    const first = browser.cookie;
    expect(first).not.toBe('planted-before-the-sign-in');
    await signIn(browser);
    expect(browser.cookie).not.toBe(first);
    expect(await world.service.actorOf(first)).toBeNull();
    expect(await sessions()).toHaveLength(1);
  });

  it('hashes the password anew when it was hashed at another cost', async () => {
    const mas = await withPassword(
      await world.someone('MAS', { huvudmanId: NORTH }),
      PASSWORD,
      new PasswordHasher({ memory: 64, passes: 1, parallelism: 1 }),
    );
    expect(await signIn(world.browser())).toBeUndefined();
    expect((await stored(mas)).passwordHash).toContain('$m=19456,t=2,p=1$');
    expect(await signIn(world.browser())).toBeUndefined();
  });

  it('does not let in a password that was changed while it was being checked', async () => {
    const mas = await withPassword(await world.someone('MAS', { huvudmanId: NORTH }));
    const original = PasswordHasher.prototype.check;
    const check = vi.spyOn(PasswordHasher.prototype, 'check').mockImplementationOnce(async function (this: PasswordHasher, hash, password) {
      const answer = await original.call(this, hash, password);
      await withPassword(mas, 'ett helt annat lösenord');
      return answer;
    });
    expect(await signIn(world.browser())).toBe('WRONG_CREDENTIALS');
    expect(await sessions()).toEqual([]);
    check.mockRestore();
  });
});

describe('guessing', () => {
  it('is stopped per account, whatever the address, also for the right password, and not for others', async () => {
    await withPassword(await world.someone('MAS', { huvudmanId: NORTH }));
    await withPassword(await world.someone('MAR', { huvudmanId: NORTH }));
    for (let i = 0; i < 5; i++) expect(await signIn(world.browser(`192.0.2.${i}`), EMAIL, 'gissning nummer x')).toBe('WRONG_CREDENTIALS');
    expect(await signIn(world.browser('192.0.2.99'))).toBe('RATE_LIMITED');
    expect(await signIn(world.browser('192.0.2.99'), 'mar@exempel.se')).toBeUndefined();
  });

  it('is stopped for addresses without an account just the same', async () => {
    for (let i = 0; i < 5; i++) await signIn(world.browser(), 'ingen@exempel.se');
    expect(await signIn(world.browser(), 'ingen@exempel.se')).toBe('RATE_LIMITED');
  });

  it('is stopped per address over many accounts', async () => {
    for (let i = 0; i < 50; i++) await signIn(world.browser(), `ingen${i}@exempel.se`, 'x');
    expect(await signIn(world.browser(), 'ingen50@exempel.se')).toBe('RATE_LIMITED');
    expect(await signIn(world.browser('198.51.100.7'), 'ingen50@exempel.se')).toBe('WRONG_CREDENTIALS');
  }, 20_000);

  it('is forgotten after a right password, and after a quarter of an hour', async () => {
    await withPassword(await world.someone('MAS', { huvudmanId: NORTH }));
    for (let i = 0; i < 4; i++) await signIn(world.browser(), EMAIL, 'fel');
    expect(await signIn(world.browser())).toBeUndefined();
    for (let i = 0; i < 5; i++) expect(await signIn(world.browser(), EMAIL, 'fel')).toBe('WRONG_CREDENTIALS');
    expect(await signIn(world.browser())).toBe('RATE_LIMITED');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 901_000 });
    expect(await signIn(world.browser())).toBeUndefined();
    vi.useRealTimers();
  });
});

describe('a session', () => {
  let browser: Browser;
  beforeEach(async () => {
    await withPassword(await world.someone('MAS', { huvudmanId: NORTH }));
    browser = world.browser();
    await signIn(browser);
  });

  it('ends when idle for the configured hours, and lives on when used', async () => {
    world.clock.pass(12 * HOUR - 1);
    expect((await browser.asks()).actor).not.toBeNull();
    world.clock.pass(12 * HOUR - 1);
    expect((await browser.asks()).actor).not.toBeNull();
    world.clock.pass(12 * HOUR);
    expect((await browser.asks()).actor).toBeNull();
  });

  it('writes lastSeen at most once a minute', async () => {
    const signedInAt = world.clock.now();
    world.clock.pass(59_999);
    await browser.asks();
    expect((await sessions())[0]?.lastSeenAt).toEqual(signedInAt);
    world.clock.pass(1);
    await browser.asks();
    expect((await sessions())[0]?.lastSeenAt).toEqual(world.clock.now());
  });

  it('is cleared away at a later sign-in when it has been idle too long', async () => {
    world.clock.pass(12 * HOUR + 1);
    await signIn(world.browser());
    expect(await sessions()).toHaveLength(1);
  });

  it('ends at sign-out, and its sockets are told', async () => {
    const { actor } = await browser.asks();
    const token = browser.cookie;
    const told: unknown[] = [];
    world.topics.listen(`session:${actor?.sessionId}`, (payload) => told.push(payload));
    expect(await world.ways.signOut(await browser.asks())).toBe(true);
    expect(told).toHaveLength(1);
    expect(browser.cookie).toBeNull();
    expect(await world.service.actorOf(token)).toBeNull();
    expect(await world.ways.signOut(await browser.asks())).toBe(true);
  });

  it('is nobody’s once the account is closed, even if the row were left', async () => {
    await world.db.tx((em) => em.update(UserRow, { email: EMAIL }, { active: false }));
    expect((await browser.asks()).actor).toBeNull();
    expect(await sessions()).toHaveLength(1);
  });

  it('is nobody for a token that no session has', async () => {
    expect(await world.service.actorOf('made-up')).toBeNull();
    expect(await world.service.actorOf(null)).toBeNull();
    expect(await world.ways.me(await world.browser().asks())).toBeNull();
  });
});

describe('demo accounts', () => {
  const seed = (w: AccountsWorld) =>
    w.service.createUserWithMembership({
      ...{ email: 'demo@exempel.se', name: 'Demo', demoKey: 'mas' },
      memberships: [{ role: 'MAS', organisation: 'Norra', huvudmanId: NORTH }],
    });

  it('sign in by a button in demo mode, and without password by no other road', async () => {
    const demo = await accountsWorld({ demo: true });
    try {
      await seed(demo);
      expect(await demo.ways.demoAccounts()).toEqual([
        { key: 'mas', name: 'Demo', role: 'MAS', side: 'ADMINISTRATION', organisation: 'Norra' },
      ]);
      const browser = demo.browser();
      expect(await demo.ways.signInDemo(await browser.asks(), { key: 'mas' })).toMatchObject({ me: { name: 'Demo' } });
      expect((await browser.asks()).actor?.name).toBe('Demo');
      expect(await demo.ways.signInDemo(await browser.asks(), { key: 'nobody' })).toMatchObject({ code: 'WRONG_CREDENTIALS' });
      expect(await demo.ways.signIn(await browser.asks(), { email: 'demo@exempel.se', password: '' })).toMatchObject({
        code: 'WRONG_CREDENTIALS',
      });
    } finally {
      await demo.close();
    }
  });

  it('are not there outside demo mode, even when the rows are', async () => {
    await seed(world);
    expect(await world.ways.demoAccounts()).toEqual([]);
    expect(await world.ways.signInDemo(await world.browser().asks(), { key: 'mas' })).toMatchObject({ code: 'WRONG_CREDENTIALS' });
    expect(await sessions()).toEqual([]);
  });

  it('can not be made with a role in the wrong kind of organisation', async () => {
    await expect(world.someone('VERKSAMHETSCHEF', { huvudmanId: NORTH })).rejects.toThrow('belongs to a provider');
    await expect(world.someone('MAS', {})).rejects.toThrow('belongs to a huvudman');
    expect(await world.db.em.count(UserRow)).toBe(0);
  });
});
