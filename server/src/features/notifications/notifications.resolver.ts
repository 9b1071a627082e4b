import { Arg, Ctx, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { requireActor, type RequestContext } from '../../transport/context.js';
import type { CalendarService } from './calendar.service.js';
import type { NoticesService } from './notices.service.js';
import type { NoticesHint } from './notifications.topics.js';
import {
  CalendarFeedType,
  MarkNoticesReadInput,
  MarkNoticesReadPayload,
  NoticeConnection,
  NoticePreferences,
  NoticesChanged,
  RenewCalendarFeedPayload,
  RevokeCalendarFeedPayload,
  SetNoticePreferencesInput,
  SetNoticePreferencesPayload,
  toNoticeType,
} from './notifications.types.js';
import { planHref } from './outbox.service.js';

/** A class made around the services: type-graphql calls `subscribe` without an instance, so there is no `this` to reach them by. */
export function notificationsResolver(notices: NoticesService, calendar: CalendarService): object {
  @Resolver()
  class NotificationsResolver {
    @Query(() => NoticeConnection, { description: 'Dina notiser.' })
    async notices(
      @Ctx() context: RequestContext,
      @Arg('first', () => Int, { defaultValue: 50 }) first: number,
      @Arg('after', () => String, { nullable: true }) after: string | null,
    ): Promise<NoticeConnection> {
      const { nodes, unread, hasNextPage, endCursor } = await notices.list(requireActor(context), first, after ?? null);
      return { nodes: nodes.map((notice) => toNoticeType(notice, planHref(notice.planId))), unread, pageInfo: { hasNextPage, endCursor } };
    }

    @Mutation(() => MarkNoticesReadPayload)
    async markNoticesRead(
      @Ctx() context: RequestContext,
      @Arg('input', () => MarkNoticesReadInput) { ids }: MarkNoticesReadInput,
    ): Promise<MarkNoticesReadPayload> {
      return { unread: await notices.markRead(requireActor(context), ids) };
    }

    @Query(() => NoticePreferences)
    noticePreferences(@Ctx() context: RequestContext): Promise<NoticePreferences> {
      return notices.preferences(requireActor(context));
    }

    @Mutation(() => SetNoticePreferencesPayload)
    async setNoticePreferences(
      @Ctx() context: RequestContext,
      @Arg('input', () => SetNoticePreferencesInput) { email, digest, reminders }: SetNoticePreferencesInput,
    ): Promise<SetNoticePreferencesPayload> {
      return { preferences: await notices.setPreferences(requireActor(context), { email, digest, reminders }) };
    }

    @Query(() => CalendarFeedType, { nullable: true, description: 'null: du har ingen kalenderadress.' })
    calendarFeed(@Ctx() context: RequestContext): Promise<CalendarFeedType | null> {
      return calendar.of(requireActor(context));
    }

    @Mutation(() => RenewCalendarFeedPayload, { description: 'Gör en ny hemlig adress. Den gamla slutar gälla.' })
    async renewCalendarFeed(@Ctx() context: RequestContext): Promise<RenewCalendarFeedPayload> {
      return { calendarFeed: await calendar.renew(requireActor(context)) };
    }

    @Mutation(() => RevokeCalendarFeedPayload)
    async revokeCalendarFeed(@Ctx() context: RequestContext): Promise<RevokeCalendarFeedPayload> {
      return { revoked: await calendar.revoke(requireActor(context)) };
    }

    @Subscription(() => NoticesChanged, {
      subscribe: ({ context }: { context: RequestContext }) => notices.watch(requireActor(context)),
    })
    async noticesChanged(@Ctx() context: RequestContext, @Root() hint: NoticesHint): Promise<NoticesChanged> {
      return { unread: await notices.unread(requireActor(context)), at: new Date(hint.at) };
    }
  }
  return new NotificationsResolver();
}
