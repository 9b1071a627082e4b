import { accountsEntities, createAccounts, type Actor, type NewMembership } from '../../server/src/features/accounts/index.js';
import type { SignInResolver } from '../../server/src/features/accounts/signIn.resolver.js';
import type { UsersResolver } from '../../server/src/features/accounts/users.resolver.js';
import { auditEntities, createAudit } from '../../server/src/features/audit/index.js';
import { LocalTopics } from '../../server/src/platform/topics.js';
import type { RequestContext } from '../../server/src/transport/context.js';
import { scratchDatabase } from '../harness/scratchDatabase.js';

export const NORTH = '1'.repeat(32);
export const SOUTH = '2'.repeat(32);
/** Has contracts with NORTH and SOUTH. */
export const CARE = 'a'.repeat(32);
/** Has a contract with SOUTH only. */
export const OTHER_CARE = 'b'.repeat(32);
export const NAMES: Readonly<Record<string, string>> = { [NORTH]: 'Norra', [SOUTH]: 'Södra', [CARE]: 'Vård 1', [OTHER_CARE]: 'Vård 2' };

export const PASSWORD = 'sju små gröna grodor';

/** A clock that stands still until told. */
export class HandClock {
  at = new Date('2026-03-02T08:00:00.000Z');
  now(): Date {
    return new Date(this.at);
  }
  pass(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

/** A browser: keeps the cookie, like one. */
export class Browser {
  cookie: string | null = null;
  constructor(
    private readonly actorOf: (token: string | null) => Promise<Actor | null>,
    private readonly address: string,
  ) {}

  /** The context of its next request. */
  async asks(): Promise<RequestContext> {
    return {
      actor: await this.actorOf(this.cookie),
      sessionToken: this.cookie,
      clientAddress: this.address,
      setCookie: (token) => (this.cookie = token),
      requestId: 'test',
    };
  }
}

/** The accounts and audit features on an empty database, with two huvudmän and two providers. Every default valid. */
export async function accountsWorld({ demo = false, attempts = 5, idleHours = 12 } = {}) {
  const { db, close } = await scratchDatabase([...accountsEntities, ...auditEntities]);
  const clock = new HandClock();
  const topics = new LocalTopics();
  const audit = createAudit({ db, clock });
  const serves = new Set([`${CARE} ${NORTH}`, `${CARE} ${SOUTH}`, `${OTHER_CARE} ${SOUTH}`]);
  const accounts = createAccounts({
    ...{ db, clock, topics, record: audit.service, publicUrl: () => 'https://samsyn.example' },
    config: { demo, signInAttemptsPerQuarter: attempts, sessionIdleHours: idleHours },
    organisations: {
      huvudmanName: (id) => Promise.resolve(NAMES[id] ?? null),
      providerName: (id) => Promise.resolve(NAMES[id] ?? null),
      providerServes: (provider, huvudman) => Promise.resolve(serves.has(`${provider} ${huvudman}`)),
    },
  });
  const [ways, people] = accounts.resolvers as [SignInResolver, UsersResolver];
  const service = accounts.service;
  const browser = (address = '192.0.2.1'): Browser => new Browser((token) => service.actorOf(token), address);
  /** Somebody who may already act, without a browser. */
  const someone = (
    role: NewMembership['role'],
    place: Partial<NewMembership>,
    email = `${role.toLowerCase()}@exempel.se`,
  ): Promise<Actor> =>
    service.createUserWithMembership({
      ...{ email, name: `Namn ${role}` },
      memberships: [{ role, organisation: NAMES[place.huvudmanId ?? place.providerId ?? ''] ?? '', ...place }],
    });
  /** A request by that actor. */
  const by = async (actor: Actor): Promise<RequestContext> => ({ ...(await browser().asks()), actor });
  return { db, close, clock, topics, audit: audit.service, service, ways, people, browser, someone, by };
}

export type AccountsWorld = Awaited<ReturnType<typeof accountsWorld>>;

/** The secret in a link. */
export const tokenIn = (link: string): string => link.split('/').at(-1) ?? '';
