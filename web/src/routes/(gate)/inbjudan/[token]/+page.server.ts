import { fail, redirect } from '@sveltejs/kit';
import { AcceptInvitationDocument, InvitationPreviewDocument } from '#lib/api/generated/graphql.js';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => ({
  invitation: (await locals.api(InvitationPreviewDocument, { token: params.token })).invitationPreview ?? null,
});

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await request.formData();
    const name = String(form.get('namn') ?? '').trim();
    const input = { token: params.token, name, password: String(form.get('losenord') ?? '') };
    const { acceptInvitation: answer } = await locals.api(AcceptInvitationDocument, { input });
    if (answer.__typename === 'Refusal') return fail(400, { name, code: answer.code, message: answer.message, faults: answer.faults });
    redirect(303, '/oversikt');
  },
};
