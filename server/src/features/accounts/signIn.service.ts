import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { Refused } from '../../platform/outcome.js';
import type { UserRow } from './accounts.entity.js';
import { tooManyAttempts, wrongCredentials } from './accounts.refusals.js';
import { normaliseEmail } from './email.rules.js';
import type { PasswordHasher } from './passwordHash.js';
import type { SessionsService } from './sessions.service.js';
import type { SignInLimit } from './signInLimit.js';
import type { UsersStore } from './users.store.js';

/** The browser that asks: where it is, and the session it may already have (which a sign-in ends). */
export interface Caller {
  readonly address: string;
  readonly sessionToken: string | null;
}

/** The new session's secret, for the cookie. */
export interface SignedIn {
  readonly token: string;
}

/** What of an account a proof of its password was about. */
export type Proved = Pick<UserRow, 'id' | 'name' | 'passwordHash'>;

/** Signing in, and proving a password. */
export class SignInService {
  constructor(
    private readonly db: Database,
    private readonly users: UsersStore,
    private readonly sessions: SessionsService,
    private readonly hasher: PasswordHasher,
    private readonly limit: SignInLimit,
    private readonly clock: Clock,
    private readonly demo: boolean,
  ) {}

  /** By address and password. An unknown address, a wrong password and a closed account answer alike, after the same work. */
  async signIn(given: { email: string; password: string }, caller: Caller): Promise<SignedIn | Refused> {
    const user = await this.prove(normaliseEmail(given.email), given.password, caller);
    return user instanceof Refused ? user : this.db.tx(() => this.enter(user, caller));
  }

  /** By a button of the demo. Outside demo mode there is no such account. */
  async signInDemo(key: string, caller: Caller): Promise<SignedIn | Refused> {
    const user = this.demo ? await this.users.byDemoKey(key) : null;
    return user ? this.db.tx(() => this.enter(user, caller)) : wrongCredentials();
  }

  /** Counts an attempt that comes with a link, before any hashing is done for it. null: go on. */
  async admit(caller: Caller): Promise<Refused | null> {
    const minutes = await this.limit.takeAddress(caller.address);
    return minutes > 0 ? tooManyAttempts(minutes) : null;
  }

  /** The account that the address and the password prove, its hash brought up to today's cost. Outside `tx`: it takes its time. */
  async prove(email: string, password: string, caller: Caller): Promise<Proved | Refused> {
    const minutes = await this.limit.take(email, caller.address);
    if (minutes > 0) return tooManyAttempts(minutes);
    const user = await this.users.byEmail(email);
    const { matches, stale } = await this.hasher.check(user?.active ? user.passwordHash : null, password);
    if (!user || user.passwordHash === null || !matches) return wrongCredentials();
    await this.limit.forgive(email, caller.address);
    if (!stale) return user;
    const { id, name, passwordHash: old } = user;
    const passwordHash = await this.hasher.hash(password);
    await this.db.tx(() => this.users.replaceHash(id, old, passwordHash));
    return { id, name, passwordHash };
  }

  /** Whether what was proved still holds: the account may have been closed, or its password changed, meanwhile. In `tx`. */
  async stands(proved: Proved): Promise<boolean> {
    const user = await this.users.byId(proved.id);
    return user !== null && user.active && user.passwordHash === proved.passwordHash;
  }

  /** Starts a session for the account, if its proof still stands, and ends the one that the browser had. In `tx`. */
  async enter(proved: Proved, caller: Caller): Promise<SignedIn | Refused> {
    if (!(await this.stands(proved))) return wrongCredentials();
    await this.sessions.end(caller.sessionToken);
    await this.users.change(proved.id, { lastSignInAt: this.clock.now() });
    return { token: await this.sessions.start(proved.id) };
  }
}
