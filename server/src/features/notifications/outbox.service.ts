import type { AccountsService } from '../accounts/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { Logger } from '../../platform/log.js';
import { mailText, retryAt } from './mail.rules.js';
import type { Letter, Mailer } from './mailer.js';
import type { NoticesStore } from './notices.store.js';
import type { OutgoingMail } from './notifications.model.js';
import type { OutboxStore } from './outbox.store.js';

/** How long a mail is one node's to send. Longer than a send may take; after it the node counts as dead. */
const HELD_MS = 30_000;

interface OutboxDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accounts: Pick<AccountsService, 'contacts'>;
  readonly notices: NoticesStore;
  readonly outbox: OutboxStore;
  readonly mailer: Mailer;
  readonly publicUrl: () => string;
}

/**
 * Sends what lies in the outbox. A mail is marked as being sent before it is handed over, and as sent after; between the two a node can
 * die with nobody knowing whether the mail server took it. It is then sent again under the same Message-ID, by which receivers know it for
 * the same mail: nothing is lost, and nothing is shown twice.
 */
export class Outbox {
  constructor(private readonly deps: OutboxDeps) {}

  /** Sends until nothing is due. @returns how many the mail server took */
  async send(stopped: AbortSignal): Promise<number> {
    const { db, clock, outbox } = this.deps;
    let sent = 0;
    while (!stopped.aborted) {
      const now = clock.now();
      const mail = await db.tx(() => outbox.claim(now, new Date(now.getTime() + HELD_MS)));
      if (!mail) break;
      if (await this.deliver(mail)) sent += 1;
    }
    return sent;
  }

  private async deliver(mail: OutgoingMail): Promise<boolean> {
    const { db, clock, outbox, mailer, log } = this.deps;
    const letter = await this.letter(mail);
    if (typeof letter === 'string') {
      await db.tx(() => outbox.failed(mail, letter, null));
      return false;
    }
    const outcome = await mailer.send(letter);
    if (outcome.ok) {
      await db.tx(() => outbox.sent(mail, clock.now()));
      return true;
    }
    const again = outcome.retry === 'PERMANENT' ? null : retryAt(clock.now(), mail.attempts);
    log.warn({ mailId: mail.id, said: outcome.said, again }, 'mail not taken');
    await db.tx(() => outbox.failed(mail, outcome.said, again));
    return false;
  }

  /** The letter as it is now: the address may have changed, the account may be closed. A string says why there is none. */
  private async letter({ id, userId, kind, messageId }: OutgoingMail): Promise<Letter | string> {
    const [contact] = await this.deps.accounts.contacts([userId]);
    if (!contact) return 'the account is closed';
    const [chosen] = (await this.deps.notices.preferences([userId])).values();
    if (!chosen?.email) return 'mail is not wanted any more';
    const url = this.deps.publicUrl();
    const items = (await this.deps.notices.ofMail(id)).map(({ title, planId }) => ({ title, link: url + planHref(planId) }));
    return { to: contact.email, messageId, ...mailText(kind, items, `${url}/installningar/meddelanden`) };
  }
}

/** Where a plan is read. */
export const planHref = (planId: string): string => `/planer/${planId}`;
