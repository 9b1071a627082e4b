import type { AccountsService } from '../accounts/index.js';
import type { ContractsService } from '../contracts/index.js';
import type { FindingsService } from '../findings/index.js';
import type { OpenPlan, PlanEvent, PlanRecords } from '../handlingsplaner/index.js';
import { addDays, swedishDate, type Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { newId } from '../../platform/ids.js';
import type { Topics } from '../../platform/topics.js';
import { daysBetween, digestClock, digestDay, dutiesOf, stageOf, type Duty } from './due.rules.js';
import { announcementOf, mailingOf, PROVIDER_ROLES, reminderTitle, REVIEWER_ROLES, type Audience, type PlanName } from './notices.rules.js';
import type { NoticesStore } from './notices.store.js';
import type { NewNotice } from './notifications.model.js';
import { noticesTopic } from './notifications.topics.js';
import type { OutboxStore } from './outbox.store.js';

export interface AnnouncementsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly accounts: Pick<AccountsService, 'usersFor'>;
  readonly contracts: Pick<ContractsService, 'huvudman' | 'contractArea'>;
  readonly findings: Pick<FindingsService, 'finding'>;
  readonly plans: Pick<PlanRecords, 'plan' | 'open'>;
  readonly notices: NoticesStore;
  readonly outbox: OutboxStore;
  /** The domain of our Message-IDs; null: no mail, notices in the app only. */
  readonly mailDomain: string | null;
}

type PlanRef = Pick<OpenPlan, 'huvudmanId' | 'contractAreaId' | 'year' | 'findingId' | 'providerId'>;
/** A notice for whoever it concerns, before its readers are known. */
type Draft = Pick<NewNotice, 'key' | 'kind' | 'planId' | 'title' | 'digestOn'> & { readonly urgent: boolean };

/** Makes notices: of formal acts, in the act's own transaction, and of deadlines, when their days come. */
export class Announcements {
  constructor(private readonly deps: AnnouncementsDeps) {}

  /** In the transaction of the act: the notices and their mail are written with it or not at all. Whoever acted isn't told. */
  async onPlanEvent(event: PlanEvent): Promise<void> {
    const plan = await this.deps.plans.plan(event.planId);
    if (!plan) throw new Error('an act on a plan that is not there');
    const announcement = announcementOf(event, plan.tracks.map(({ track }) => track), await this.nameOf(event)); // prettier-ignore
    if (!announcement) return;
    const { kind, title, urgent, audience } = announcement;
    const readers = (await this.readers(audience, event)).filter((userId) => userId !== event.by.userId);
    await this.tell(
      readers,
      { key: `act:${event.id}`, kind, planId: event.planId, title, urgent, digestOn: digestDay(event.at) },
      event.at,
    );
  }

  /** Makes the reminders that are due today and not made before. Run it as often as you like. @returns how many were made */
  async remind(): Promise<number> {
    const now = this.deps.clock.now();
    const { today } = digestClock(now);
    let made = 0;
    for (const duty of await this.duties()) {
      const daysLeft = daysBetween(today, duty.on);
      const stage = stageOf(daysLeft);
      if (stage) made += await this.deps.db.tx(() => this.remindOf(duty, stage, daysLeft, now));
    }
    return made;
  }

  /** Everything that is owed now, by anybody. */
  async duties(): Promise<Duty[]> {
    const duties: Duty[] = [];
    for (const plan of await this.deps.plans.open()) {
      const huvudman = plan.submittedAt ? await this.deps.contracts.huvudman(plan.huvudmanId) : null;
      const reviewBy = plan.submittedAt && huvudman ? addDays(swedishDate(plan.submittedAt), huvudman.reviewReminderDays) : null;
      duties.push(...dutiesOf(plan, { reviewBy }));
    }
    return duties;
  }

  /** What a plan is called in notices. */
  async nameOf(plan: PlanRef): Promise<PlanName> {
    const { contracts, findings } = this.deps;
    const huvudman = await contracts.huvudman(plan.huvudmanId);
    const area = await contracts.contractArea(plan.contractAreaId, plan.year);
    const finding = await findings.finding(plan.findingId);
    if (!huvudman || !area || !finding) throw new Error('a plan without its huvudman, area or finding');
    return { planWord: huvudman.planWord, place: `${area.name}, ${huvudman.shortName} (${finding.key})` };
  }

  private async remindOf({ plan, kind, on, audience }: Duty, stage: string, daysLeft: number, now: Date): Promise<number> {
    const key = `due:${plan.id}:${kind}:${on}:${stage}`;
    const preferences = await this.deps.notices.preferences(await this.readers(audience, plan));
    const wanting = [...preferences].filter(([, chosen]) => chosen.reminders).map(([userId]) => userId);
    const told = await this.deps.notices.told([key]);
    const readers = wanting.filter((userId) => !told.has(`${userId} ${key}`));
    if (readers.length === 0) return 0;
    const title = reminderTitle(kind, on, daysLeft, await this.nameOf(plan));
    const digestOn = digestClock(now).today;
    await this.tell(readers, { key, kind: daysLeft < 0 ? 'OVERDUE' : 'REMINDER', planId: plan.id, title, urgent: false, digestOn }, now);
    return readers.length;
  }

  private async readers(audience: Audience, { huvudmanId, providerId }: Pick<PlanRef, 'huvudmanId' | 'providerId'>): Promise<string[]> {
    const { accounts } = this.deps;
    if (audience.side === 'PROVIDER') return (await accounts.usersFor({ providerId }, PROVIDER_ROLES)).map(({ userId }) => userId);
    const roles = audience.tracks.flatMap((track) => REVIEWER_ROLES[track]);
    return (await accounts.usersFor({ huvudmanId }, roles)).map(({ userId }) => userId);
  }

  private async tell(readers: readonly string[], { urgent, ...draft }: Draft, at: Date): Promise<void> {
    const { db, notices, topics, mailDomain } = this.deps;
    const preferences = await notices.preferences(readers);
    for (const [userId, chosen] of preferences) {
      const mailing = mailingOf(urgent, chosen, mailDomain !== null);
      const mailId = mailing === 'AT_ONCE' ? await this.post('NOTICE', userId, `${draft.key}:${userId}`, at) : null;
      await notices.add({ ...draft, userId, at, mailing }, mailId);
      db.afterCommit(() => topics.publish(noticesTopic(userId), { at: at.toISOString() }));
    }
  }

  /** Makes the digests of the day once it has struck seven, one for each person who has something waiting. @returns how many */
  async digest(): Promise<number> {
    const now = this.deps.clock.now();
    const { today, struck } = digestClock(now);
    if (!struck || this.deps.mailDomain === null) return 0;
    let made = 0;
    for (const userId of await this.deps.notices.awaitingDigest(today)) {
      made += await this.deps.db.tx(async () => {
        const mailId = await this.post('DIGEST', userId, `digest:${today}:${userId}`, now);
        if (mailId === null) return 0;
        await this.deps.notices.putInDigest(userId, today, mailId);
        return 1;
      });
    }
    return made;
  }

  /** @returns the mail's id; null: there is one with that key already */
  private async post(kind: 'NOTICE' | 'DIGEST', userId: string, key: string, createdAt: Date): Promise<string | null> {
    const id = newId();
    const messageId = `<${id}@${this.deps.mailDomain ?? ''}>`;
    return (await this.deps.outbox.add({ id, key, userId, kind, messageId, createdAt })) ? id : null;
  }
}
