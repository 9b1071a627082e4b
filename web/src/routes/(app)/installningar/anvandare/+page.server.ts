import { fail, isHttpError } from '@sveltejs/kit';
import {
  DeactivateUserDocument,
  InvitePlacesDocument,
  InviteUserDocument,
  RequestPasswordResetDocument,
  UsersDocument,
} from '#lib/api/generated/graphql.js';
import { requireCapability } from '#lib/api/server.js';
import { isRole } from '#lib/i18n/words.js';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('samsyn:users');
  const me = requireCapability({ locals, url }, 'MANAGE_USERS');
  const { users, invitations } = await locals.api(UsersDocument);
  const own = me.memberships.map(({ huvudmanId, providerId, organisation }) => ({
    value: providerId ? `utforare:${providerId}` : `huvudman:${huvudmanId}`,
    name: organisation,
  }));
  const providers = me.capabilities.includes('SEE_ASSESSMENT') ? await providersOf(locals) : [];
  const places = [...new Map([...own, ...providers].map((place) => [place.value, place])).values()];
  return { users, invitations, places };
};

/** Utförare that a huvudman's administrator may invite a verksamhetschef to; none before a year is imported. */
async function providersOf(locals: App.Locals) {
  try {
    const { assessment } = await locals.api(InvitePlacesDocument);
    const all = assessment.areas.flatMap((area) =>
      area.providers.map(({ provider }) => ({ value: `utforare:${provider.id}`, name: provider.name })),
    );
    return all.toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
  } catch (failure) {
    if (isHttpError(failure, 404)) return [];
    throw failure;
  }
}

export const actions: Actions = {
  bjudin: async ({ request, locals }) => {
    const form = await request.formData();
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const typed = { email: text('epost'), name: text('namn'), role: text('roll'), place: text('plats') };
    if (!isRole(typed.role)) return fail(400, { typed, refusal: { code: 'BAD_INPUT', message: '', faults: [] } });
    const [kind, id = ''] = typed.place.split(':');
    const place = kind === 'utforare' ? { providerId: id } : { huvudmanId: id };
    const { inviteUser } = await locals.api(InviteUserDocument, {
      input: { email: typed.email, name: typed.name, role: typed.role, ...place },
    });
    if (inviteUser.__typename === 'Refusal')
      return fail(400, { typed, refusal: { code: inviteUser.code, message: inviteUser.message, faults: inviteUser.faults } });
    return { link: { url: inviteUser.link, name: typed.name || inviteUser.invitation.email, expiresAt: inviteUser.invitation.expiresAt } };
  },
  nylank: async ({ request, locals }) => {
    const form = await request.formData();
    const { requestPasswordReset } = await locals.api(RequestPasswordResetDocument, { input: { userId: String(form.get('id') ?? '') } });
    if (requestPasswordReset.__typename === 'Refusal')
      return fail(400, { refused: { code: requestPasswordReset.code, message: requestPasswordReset.message } });
    return { link: { url: requestPasswordReset.link, name: String(form.get('namn') ?? ''), expiresAt: requestPasswordReset.expiresAt } };
  },
  stang: async ({ request, locals }) => {
    const form = await request.formData();
    const { deactivateUser } = await locals.api(DeactivateUserDocument, { input: { userId: String(form.get('id') ?? '') } });
    if (deactivateUser.__typename === 'Refusal')
      return fail(400, { refused: { code: deactivateUser.code, message: deactivateUser.message } });
    return { deactivated: deactivateUser.user.name };
  },
};
