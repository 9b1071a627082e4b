import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accountsWorld,
  CARE,
  NORTH,
  OTHER_CARE,
  PASSWORD,
  SOUTH,
  tokenIn,
  type AccountsWorld,
} from '../../../../test/builders/accountsWorld.js';
import { SIDE_OF_ROLE, type Actor, type Role } from './accounts.model.js';

let world: AccountsWorld;
let north: Actor;
let south: Actor;
let chief: Actor;

type Place = { huvudmanId?: string; providerId?: string; unitId?: string };

/** 'ok', a refusal's code, or a denial's. */
async function invite(by: Actor, role: Role, place: Place = {}, email = 'ny@exempel.se'): Promise<string> {
  try {
    const input = { email, name: 'Ny Person', role, huvudmanId: null, providerId: null, unitId: null, ...place };
    const result = await world.people.inviteUser(await world.by(by), input);
    return 'code' in result ? result.code : 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

async function outcome(ask: Promise<object>): Promise<string> {
  try {
    const result = await ask;
    return 'code' in result ? String(result.code) : 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const deactivate = async (by: Actor, userId: string): Promise<string> =>
  outcome(world.people.deactivateUser(await world.by(by), { userId }));
const resetLink = async (by: Actor, userId: string): Promise<string> =>
  outcome(world.people.requestPasswordReset(await world.by(by), { userId }));
const emails = async (by: Actor, huvudmanId: string | null = null): Promise<string[]> =>
  (await world.people.users(await world.by(by), huvudmanId)).map((user) => user.email);

beforeEach(async () => {
  world = await accountsWorld();
  north = await world.someone('ADMINISTRATOR', { huvudmanId: NORTH }, 'admin@norra.example');
  south = await world.someone('ADMINISTRATOR', { huvudmanId: SOUTH }, 'admin@sodra.example');
  chief = await world.someone('VERKSAMHETSCHEF', { providerId: CARE, byHuvudmanId: NORTH }, 'chef@vard1.example');
});
afterEach(() => world.close());

describe('inviting', () => {
  const roles = Object.keys(SIDE_OF_ROLE) as Role[];
  const huvudmansOwn = roles.filter((role) => SIDE_OF_ROLE[role] !== 'PROVIDER');

  it.each(huvudmansOwn)('an administrator invites %s to the own huvudman only', async (role) => {
    expect(await invite(north, role)).toBe('ok');
    expect(await invite(north, role, { huvudmanId: SOUTH })).toBe('NOT_FOUND');
    expect(await invite(chief, role)).toBe('NOT_FOUND');
  });

  it('an administrator invites a verksamhetschef to a provider with a contract; another answers as one that does not exist', async () => {
    expect(await invite(north, 'VERKSAMHETSCHEF', { providerId: CARE })).toBe('ok');
    expect(await invite(north, 'VERKSAMHETSCHEF', { providerId: OTHER_CARE })).toBe('NOT_FOUND');
    expect(await invite(north, 'VERKSAMHETSCHEF', { providerId: 'f'.repeat(32) })).toBe('NOT_FOUND');
    expect(await invite(south, 'VERKSAMHETSCHEF', { providerId: OTHER_CARE })).toBe('ok');
    expect(await invite(chief, 'VERKSAMHETSCHEF', { providerId: CARE })).toBe('NOT_FOUND');
  });

  it.each(['ENHETSCHEF', 'MEDARBETARE'] as const)(
    'a verksamhetschef invites %s to the own provider only; an administrator can not',
    async (role) => {
      expect(await invite(chief, role)).toBe('ok');
      expect(await invite(chief, role, { providerId: CARE, unitId: 'c'.repeat(32) })).toBe('ok');
      expect(await invite(chief, role, { providerId: OTHER_CARE })).toBe('NOT_FOUND');
      expect(await invite(north, role, { providerId: CARE })).toBe('NOT_FOUND');
    },
  );

  it.each(roles.filter((role) => role !== 'ADMINISTRATOR' && role !== 'VERKSAMHETSCHEF'))(
    '%s invites nobody and sees nobody',
    async (role) => {
      const place = SIDE_OF_ROLE[role] === 'PROVIDER' ? { providerId: CARE } : { huvudmanId: NORTH };
      const actor = await world.someone(role, place);
      for (const wanted of roles)
        expect(await invite(actor, wanted, SIDE_OF_ROLE[wanted] === 'PROVIDER' ? { providerId: CARE } : {})).toBe('NOT_FOUND');
      await expect(emails(actor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(world.people.invitations(await world.by(actor))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it('refuses what a person can mend, and denies what does not go together', async () => {
    expect(await invite(north, 'MAS', {}, 'inte en adress')).toBe('INPUT_FAULTY');
    await world.someone('MAS', { huvudmanId: NORTH });
    expect(await invite(north, 'MAS', {}, 'mas@exempel.se')).toBe('ALREADY_MEMBER');
    // Another huvudman learns nothing of it.
    expect(await invite(south, 'MAS', {}, 'mas@exempel.se')).toBe('ok');
    expect(await invite(north, 'MAS', { providerId: CARE })).toBe('BAD_INPUT');
    expect(await invite(north, 'VERKSAMHETSCHEF')).toBe('BAD_INPUT');
    expect(await invite(chief, 'MEDARBETARE', { huvudmanId: NORTH })).toBe('BAD_INPUT');
  });

  it('shows open invitations to those on whose behalf they are, and to nobody else', async () => {
    await invite(north, 'MAS', {}, 'mas@norra.example');
    await invite(chief, 'MEDARBETARE', {}, 'anstalld@vard1.example');
    const open = async (by: Actor) => (await world.people.invitations(await world.by(by))).map((invitation) => invitation.email);
    expect(await open(north)).toEqual(['mas@norra.example']);
    expect(await open(chief)).toEqual(['anstalld@vard1.example']);
    expect(await open(south)).toEqual([]);
  });
});

describe('who sees whom (I7)', () => {
  beforeEach(async () => {
    await world.someone('MAS', { huvudmanId: NORTH }, 'mas@norra.example');
    await world.someone('MEDARBETARE', { providerId: CARE }, 'anstalld@vard1.example');
    await world.someone('VERKSAMHETSCHEF', { providerId: CARE, byHuvudmanId: SOUTH }, 'chef2@vard1.example');
    await world.someone('VERKSAMHETSCHEF', { providerId: OTHER_CARE, byHuvudmanId: SOUTH }, 'chef@vard2.example');
  });

  it('an administrator sees the own huvudman and the chiefs it invited, and no provider’s staff', async () => {
    expect((await emails(north)).sort()).toEqual(['admin@norra.example', 'chef@vard1.example', 'mas@norra.example']);
    expect((await emails(south)).sort()).toEqual(['admin@sodra.example', 'chef2@vard1.example', 'chef@vard2.example']);
    expect((await emails(north, NORTH)).sort()).toEqual(['admin@norra.example', 'chef@vard1.example', 'mas@norra.example']);
    await expect(emails(north, SOUTH)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a verksamhetschef sees the own provider', async () => {
    expect((await emails(chief)).sort()).toEqual(['anstalld@vard1.example', 'chef2@vard1.example', 'chef@vard1.example']);
    await expect(emails(chief, NORTH)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('shows of each person only what is the viewer’s to see', async () => {
    await world.service.createUserWithMembership({
      ...{ email: 'bada@exempel.se', name: 'Båda' },
      memberships: [
        { role: 'MAS', organisation: 'Norra', huvudmanId: NORTH },
        { role: 'MAR', organisation: 'Södra', huvudmanId: SOUTH },
      ],
    });
    const seen = (await world.people.users(await world.by(north), null)).find((user) => user.email === 'bada@exempel.se');
    expect(seen?.memberships.map((membership) => membership.role)).toEqual(['MAS']);
  });
});

describe('closing an account', () => {
  /** Signed in through an invitation, in a browser. */
  async function joined(by: Actor, role: Role, email: string) {
    const input = { email, name: 'Ny Person', role, huvudmanId: null, providerId: null, unitId: null };
    const invited = await world.people.inviteUser(await world.by(by), input);
    if (!('link' in invited)) throw new Error(invited.code);
    const browser = world.browser();
    await world.ways.acceptInvitation(await browser.asks(), { token: tokenIn(invited.link), name: 'Ny Person', password: PASSWORD });
    const { actor } = await browser.asks();
    if (!actor) throw new Error('not signed in');
    return { browser, actor };
  }

  it('ends every session at once, tells the sockets, and keeps the name in what was recorded', async () => {
    const { browser, actor } = await joined(north, 'ADMINISTRATOR', 'ny@norra.example');
    await invite(actor, 'MAS', {}, 'mas@norra.example');
    let told = 0;
    world.topics.listen(`session:${actor.sessionId}`, () => told++);
    expect(await deactivate(north, actor.userId)).toBe('ok');
    expect(told).toBe(1);
    expect((await browser.asks()).actor).toBeNull();
    expect(await outcome(world.ways.signIn(await world.browser().asks(), { email: 'ny@norra.example', password: PASSWORD }))).toBe(
      'WRONG_CREDENTIALS',
    );
    const { nodes } = await world.audit.list(north, {}, { first: 3 });
    expect(nodes.map((entry) => [entry.act, entry.actor.userId])).toEqual([
      ['user.deactivate', north.userId],
      ['user.invite', actor.userId],
      ['user.acceptInvitation', actor.userId],
    ]);
    expect(nodes[1]?.actor).toMatchObject({ name: 'Ny Person', role: 'ADMINISTRATOR', organisation: 'Norra' });
    expect((await world.people.users(await world.by(north), null)).find((user) => user.id === actor.userId)).toMatchObject({
      active: false,
    });
    expect(await deactivate(north, actor.userId)).toBe('NOT_FOUND');
  });

  it('revokes the links that the person made', async () => {
    const { actor } = await joined(north, 'ADMINISTRATOR', 'ny@norra.example');
    await invite(actor, 'ADMINISTRATOR', {}, 'bakdorr@norra.example');
    await deactivate(north, actor.userId);
    expect(await world.people.invitations(await world.by(north))).toEqual([]);
  });

  it('is for those who manage the person; for others the person does not exist', async () => {
    const { actor: mas } = await joined(north, 'MAS', 'mas@norra.example');
    const { actor: staff } = await joined(chief, 'MEDARBETARE', 'anstalld@vard1.example');
    for (const [by, target] of [
      [south, mas],
      [chief, mas],
      [mas, north],
      [north, staff],
      [staff, chief],
      [south, chief],
    ] as const) {
      expect(await deactivate(by, target.userId)).toBe('NOT_FOUND');
      expect(await resetLink(by, target.userId)).toBe('NOT_FOUND');
    }
    expect(await deactivate(north, 'f'.repeat(32))).toBe('NOT_FOUND');
    expect(await deactivate(chief, staff.userId)).toBe('ok');
    // Invited, joined, closed: the provider's own affair, all three.
    expect(await world.audit.verify(CARE)).toMatchObject({ entries: 3, broken: null });
    expect(await deactivate(north, chief.userId)).toBe('ok');
  });

  it('is not for the own account', async () => {
    expect(await deactivate(north, north.userId)).toBe('OWN_ACCOUNT');
    expect(await resetLink(north, north.userId)).toBe('OWN_ACCOUNT');
  });

  it('of someone who also works elsewhere ends only the own part, and gives no link into the rest', async () => {
    const { actor, browser } = await joined(north, 'MAS', 'bada@exempel.se');
    await invite(south, 'MAR', {}, 'bada@exempel.se');
    const invited = await world.people.inviteUser(await world.by(south), {
      ...{ email: 'bada@exempel.se', name: 'Båda', role: 'MAR' as const, huvudmanId: null, providerId: null, unitId: null },
    });
    if (!('link' in invited)) throw new Error(invited.code);
    await world.ways.acceptInvitation(await browser.asks(), { token: tokenIn(invited.link), name: 'Båda', password: PASSWORD });
    expect(await resetLink(north, actor.userId)).toBe('MANAGED_ELSEWHERE');
    expect(await deactivate(north, actor.userId)).toBe('ok');
    expect((await browser.asks()).actor).toBeNull();
    expect(await outcome(world.ways.signIn(await browser.asks(), { email: 'bada@exempel.se', password: PASSWORD }))).toBe('ok');
    expect((await browser.asks()).actor?.memberships.map((membership) => membership.huvudmanId)).toEqual([SOUTH]);
    expect(await resetLink(south, actor.userId)).toBe('ok');
  });
});
