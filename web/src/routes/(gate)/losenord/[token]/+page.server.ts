import { fail, redirect } from '@sveltejs/kit';
import { ResetPasswordDocument } from '#lib/api/generated/graphql.js';
import type { Actions } from './$types.js';

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await request.formData();
    const input = { token: params.token, password: String(form.get('losenord') ?? '') };
    const { resetPassword: answer } = await locals.api(ResetPasswordDocument, { input });
    if (answer.__typename === 'Refusal') return fail(400, { name: '', code: answer.code, message: answer.message, faults: answer.faults });
    redirect(303, '/oversikt');
  },
};
