import { In, LessThanOrEqual } from 'typeorm';
import type { Database } from '../../platform/database.js';
import { MailRow } from './notifications.entity.js';
import type { OutgoingMail } from './notifications.model.js';

/** A mail to be put in the outbox. `key` is the same however often it is put there. */
export type NewMail = Pick<MailRow, 'id' | 'key' | 'userId' | 'kind' | 'messageId' | 'createdAt'>;

export class OutboxStore {
  constructor(private readonly db: Database) {}

  /** @returns false when it was there already */
  async add(mail: NewMail): Promise<boolean> {
    if (await this.mails.existsBy({ key: mail.key })) return false;
    await this.mails.insert({ ...mail, state: 'PENDING', attempts: 0, dueAt: mail.createdAt, sentAt: null, lastError: null });
    return true;
  }

  /**
   * Takes the mail that has waited longest, for this caller alone until `until`; then it counts as dropped by a node that died, and is
   * anyone's again. null: none is due.
   */
  async claim(now: Date, until: Date): Promise<OutgoingMail | null> {
    const due = { state: In(['PENDING', 'SENDING']), dueAt: LessThanOrEqual(now) };
    const row = await this.mails.findOne({ where: due, order: { dueAt: 'ASC', id: 'ASC' } });
    if (!row) return null;
    const { id, userId, kind, messageId, state, attempts, dueAt } = row;
    const claimed = await this.mails.update({ id, state, attempts, dueAt }, { state: 'SENDING', attempts: attempts + 1, dueAt: until });
    return claimed.affected === 1 ? { id, userId, kind, messageId, attempts: attempts + 1 } : null;
  }

  async sent(mail: OutgoingMail, sentAt: Date): Promise<void> {
    await this.settle(mail, { state: 'SENT', sentAt, lastError: null });
  }

  /** @param dueAt when to try again; null: never */
  async failed(mail: OutgoingMail, lastError: string, dueAt: Date | null): Promise<void> {
    const said = lastError.slice(0, 200);
    await this.settle(mail, dueAt ? { state: 'PENDING', dueAt, lastError: said } : { state: 'FAILED', lastError: said });
  }

  /** Only by whoever holds it: one that came back late changes nothing. */
  private async settle({ id, attempts }: OutgoingMail, change: Partial<MailRow>): Promise<void> {
    await this.mails.update({ id, state: 'SENDING', attempts }, change);
  }

  private get mails() {
    return this.db.em.getRepository(MailRow);
  }
}
