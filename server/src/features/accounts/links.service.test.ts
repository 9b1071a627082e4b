import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountsWorld, CARE, NORTH, PASSWORD, SOUTH, tokenIn, type AccountsWorld } from '../../../../test/builders/accountsWorld.js';
import { InvitationRow, PasswordResetRow, UserRow } from './accounts.entity.js';
import type { Actor, Role } from './accounts.model.js';
import { PasswordHasher } from './passwordHash.js';

const DAY = 86_400_000;
const EMAIL = 'ny@exempel.se';
let world: AccountsWorld;
let admin: Actor;

async function invite(by: Actor, role: Role, place: { huvudmanId?: string; providerId?: string } = {}, email = EMAIL): Promise<string> {
  const result = await world.people.inviteUser(await world.by(by), {
    email,
    name: 'Ny Person',
    role,
    huvudmanId: null,
    providerId: null,
    unitId: null,
    ...place,
  });
  if (!('link' in result)) throw new Error(result.code);
  return tokenIn(result.link);
}

/** The refusal's code, or undefined when it worked. */
async function accept(token: string, password = PASSWORD, browser = world.browser()): Promise<string | undefined> {
  const result = await world.ways.acceptInvitation(await browser.asks(), { token, name: 'Ny Person', password });
  return 'code' in result ? result.code : undefined;
}

async function resetLink(by: Actor, userId: string): Promise<string> {
  const result = await world.people.requestPasswordReset(await world.by(by), { userId });
  if (!('link' in result)) throw new Error(result.code);
  return tokenIn(result.link);
}

const userAt = (email: string): Promise<UserRow> => world.db.em.findOneByOrFail(UserRow, { email });

beforeEach(async () => {
  world = await accountsWorld();
  admin = await world.someone('ADMINISTRATOR', { huvudmanId: NORTH });
});
afterEach(() => world.close());

describe('an invitation', () => {
  it('gives an account with that role, signs in, and works once', async () => {
    const token = await invite(admin, 'MAS');
    expect(await world.ways.invitationPreview(token)).toMatchObject({ email: EMAIL, role: 'MAS', organisation: 'Norra' });
    const browser = world.browser();
    expect(await accept(token, PASSWORD, browser)).toBeUndefined();
    expect((await browser.asks()).actor).toMatchObject({ name: 'Ny Person', memberships: [{ role: 'MAS', huvudmanId: NORTH }] });
    expect(await accept(token)).toBe('LINK_INVALID');
    expect(await world.ways.invitationPreview(token)).toBeNull();
    expect((await userAt(EMAIL)).invitedAt).toEqual(world.clock.now());
  });

  it('is taken up by one of two who try at once, with a new account and with an old one', async () => {
    for (const role of ['MAS', 'MAR'] as const) {
      const token = await invite(admin, role);
      const codes = await Promise.all([accept(token), accept(token)]);
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    }
    const { memberships } = (await world.people.users(await world.by(admin), null)).find((user) => user.email === EMAIL) ?? {};
    expect(memberships?.map((membership) => membership.role).sort()).toEqual(['MAR', 'MAS']);
  });

  it('to a provider leaves its verksamhetschef to the administrators of the huvudman that invited', async () => {
    await accept(await invite(admin, 'VERKSAMHETSCHEF', { providerId: CARE }));
    expect((await world.people.users(await world.by(admin), null)).map((user) => user.email)).toContain(EMAIL);
    const south = await world.someone('ADMINISTRATOR', { huvudmanId: SOUTH }, 'admin-syd@exempel.se');
    expect((await world.people.users(await world.by(south), null)).map((user) => user.email)).not.toContain(EMAIL);
  });

  it('stops working after seven days, and when a newer one is made', async () => {
    const first = await invite(admin, 'MAS');
    const second = await invite(admin, 'MAS');
    expect(await accept(first)).toBe('LINK_INVALID');
    world.clock.pass(7 * DAY);
    expect(await world.ways.invitationPreview(second)).toBeNull();
    expect(await accept(second)).toBe('LINK_INVALID');
    expect(await world.people.invitations(await world.by(admin))).toEqual([]);
  });

  it('works to the last moment', async () => {
    const token = await invite(admin, 'MAS');
    world.clock.pass(7 * DAY - 1);
    expect(await accept(token)).toBeUndefined();
  });

  it('is kept open by a bad password or name, and the database has no secret that opens it', async () => {
    const token = await invite(admin, 'MAS');
    expect(await accept(token, 'kort')).toBe('INPUT_FAULTY');
    expect(await accept(token, EMAIL)).toBe('INPUT_FAULTY');
    expect(JSON.stringify(await world.db.em.find(InvitationRow))).not.toContain(token);
    expect(await accept(token)).toBeUndefined();
  });

  it('never gives whoever holds the link an account that exists: that takes its password', async () => {
    const browser = world.browser();
    await accept(await invite(admin, 'MAS'), PASSWORD, browser);
    const south = await world.someone('ADMINISTRATOR', { huvudmanId: SOUTH }, 'admin-syd@exempel.se');
    const token = await invite(south, 'MAR');
    expect(await accept(token, 'administratörens eget val')).toBe('ACCOUNT_EXISTS');
    expect((await browser.asks()).actor?.memberships).toHaveLength(1);
    expect(await accept(token, PASSWORD)).toBeUndefined();
    expect((await browser.asks()).actor?.memberships.map((m) => m.huvudmanId).sort()).toEqual([NORTH, SOUTH]);
  });

  it('stays open for the second of two that arrive at once for a new address', async () => {
    const tokens = [await invite(admin, 'MAS'), await invite(admin, 'MAR')];
    const codes = await Promise.all(tokens.map((token) => accept(token)));
    expect(codes.filter((code) => code !== undefined)).toEqual(['ACCOUNT_EXISTS']);
    expect(await accept(tokens[codes.indexOf('ACCOUNT_EXISTS')] ?? '')).toBeUndefined();
  });

  it('is not taken up on a password that was changed while it was being checked', async () => {
    await accept(await invite(admin, 'MAS'));
    const token = await invite(admin, 'MAR');
    const original = PasswordHasher.prototype.check;
    const check = vi.spyOn(PasswordHasher.prototype, 'check').mockImplementationOnce(async function (
      this: PasswordHasher,
      stored,
      password,
    ) {
      const answer = await original.call(this, stored, password);
      const passwordHash = await this.hash('ett helt annat lösenord');
      await world.db.tx((em) => em.update(UserRow, { email: EMAIL }, { passwordHash }));
      return answer;
    });
    expect(await accept(token)).toBe('ACCOUNT_EXISTS');
    check.mockRestore();
    expect(await accept(token, 'ett helt annat lösenord')).toBeUndefined();
  });

  it('limits guessing at that password too', async () => {
    await accept(await invite(admin, 'MAS'));
    const token = await invite(admin, 'MAR');
    for (let i = 0; i < 5; i++) await accept(token, `gissning nummer ${i}`);
    expect(await accept(token, PASSWORD)).toBe('RATE_LIMITED');
  });

  it('reopens a closed account with the new role only', async () => {
    await accept(await invite(admin, 'MAS'));
    const { id } = await userAt(EMAIL);
    await world.people.deactivateUser(await world.by(admin), { userId: id });
    const browser = world.browser();
    expect(await accept(await invite(admin, 'MAR'), 'ett alldeles nytt lösenord', browser)).toBeUndefined();
    const { actor } = await browser.asks();
    expect(actor?.userId).toBe(id);
    expect(actor?.memberships.map((m) => m.role)).toEqual(['MAR']);
  });

  it('is recorded with its taking up in the chain of the huvudman that invited', async () => {
    await accept(await invite(admin, 'VERKSAMHETSCHEF', { providerId: CARE }));
    const { nodes } = await world.audit.list(admin, {}, { first: 10 });
    expect(nodes.map(({ act, actor }) => [act, actor.role, actor.organisation])).toEqual([
      ['user.acceptInvitation', 'VERKSAMHETSCHEF', 'Vård 1'],
      ['user.invite', 'ADMINISTRATOR', 'Norra'],
    ]);
    expect(await world.audit.verify(SOUTH)).toMatchObject({ entries: 0 });
  });

  it('inside a provider is recorded in the provider’s own chain, and in no huvudman’s', async () => {
    const chief = await world.someone('VERKSAMHETSCHEF', { providerId: CARE, byHuvudmanId: NORTH });
    await accept(await invite(chief, 'MEDARBETARE'));
    expect(await world.audit.verify(CARE)).toMatchObject({ entries: 2, broken: null });
    expect(await world.audit.verify(NORTH)).toMatchObject({ entries: 0 });
  });
});

describe('a password link', () => {
  let userId: string;
  beforeEach(async () => {
    await accept(await invite(admin, 'MAS'));
    userId = (await userAt(EMAIL)).id;
  });
  const reset = async (token: string, password: string, browser = world.browser()): Promise<string | undefined> => {
    const result = await world.ways.resetPassword(await browser.asks(), { token, password });
    return 'code' in result ? result.code : undefined;
  };
  const signIn = async (password: string): Promise<boolean> =>
    'me' in (await world.ways.signIn(await world.browser().asks(), { email: EMAIL, password }));

  it('sets a new password once, ends other sessions and signs in', async () => {
    const before = world.browser();
    await world.ways.signIn(await before.asks(), { email: EMAIL, password: PASSWORD });
    const token = await resetLink(admin, userId);
    const browser = world.browser();
    expect(await reset(token, 'kort')).toBe('INPUT_FAULTY');
    expect(await reset(token, 'nya lösenordet här', browser)).toBeUndefined();
    expect((await before.asks()).actor).toBeNull();
    expect((await browser.asks()).actor?.userId).toBe(userId);
    expect(await signIn(PASSWORD)).toBe(false);
    expect(await signIn('nya lösenordet här')).toBe(true);
    expect(await reset(token, 'ännu ett lösenord')).toBe('LINK_INVALID');
    expect(JSON.stringify(await world.db.em.find(PasswordResetRow))).not.toContain(token);
  });

  it('stops working after a day, when a newer one is made, and when the account is closed', async () => {
    const first = await resetLink(admin, userId);
    const second = await resetLink(admin, userId);
    expect(await reset(first, PASSWORD)).toBe('LINK_INVALID');
    world.clock.pass(DAY);
    expect(await reset(second, PASSWORD)).toBe('LINK_INVALID');
    const third = await resetLink(admin, userId);
    await world.people.deactivateUser(await world.by(admin), { userId });
    expect(await reset(third, PASSWORD)).toBe('LINK_INVALID');
  });

  it('stops working when the account comes to reach further than its maker, or less far', async () => {
    const early = await resetLink(admin, userId);
    const south = await world.someone('ADMINISTRATOR', { huvudmanId: SOUTH }, 'admin-syd@exempel.se');
    await accept(await invite(south, 'MAR'));
    expect(await reset(early, 'nya lösenordet här')).toBe('LINK_INVALID');
    const both = { ...admin, memberships: [...admin.memberships, ...south.memberships] };
    const wide = await resetLink(both, userId);
    await world.people.deactivateUser(await world.by(admin), { userId });
    expect(await reset(wide, 'nya lösenordet här')).toBe('LINK_INVALID');
    expect(await signIn(PASSWORD)).toBe(true);
  });

  it('is recorded when made and when used', async () => {
    await reset(await resetLink(admin, userId), 'nya lösenordet här');
    const { nodes } = await world.audit.list(admin, { subjectId: userId }, { first: 2 });
    expect(nodes.map(({ act, actor }) => [act, actor.role])).toEqual([
      ['user.resetPassword', 'MAS'],
      ['user.requestPasswordReset', 'ADMINISTRATOR'],
    ]);
  });
});
