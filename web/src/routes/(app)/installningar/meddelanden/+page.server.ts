import {
  NoticeSettingsDocument,
  RenewCalendarFeedDocument,
  RevokeCalendarFeedDocument,
  SetNoticePreferencesDocument,
} from '#lib/api/generated/graphql.js';
import { requireMe } from '#lib/api/server.js';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireMe({ locals, url });
  return locals.api(NoticeSettingsDocument);
};

export const actions: Actions = {
  val: async ({ request, locals }) => {
    const form = await request.formData();
    const on = (name: string): boolean => form.get(name) === 'ja';
    const input = { email: on('epost'), digest: on('sammanfattning'), reminders: on('paminnelser') };
    await locals.api(SetNoticePreferencesDocument, { input });
    return { saved: true };
  },
  ny: async ({ locals }) => {
    const { renewCalendarFeed } = await locals.api(RenewCalendarFeedDocument);
    return { address: renewCalendarFeed.calendarFeed.url };
  },
  stang: async ({ locals }) => {
    await locals.api(RevokeCalendarFeedDocument);
    return { revoked: true };
  },
};
