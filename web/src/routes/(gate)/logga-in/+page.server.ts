import { fail, isHttpError, redirect } from '@sveltejs/kit';
import { DemoAccountsDocument, SignInDemoDocument, SignInDocument } from '#lib/api/generated/graphql.js';
import { safePath } from '#lib/safePath.js';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
  const till = safePath(url.searchParams.get('till'), '/oversikt');
  // In the demo a signed-in person comes here to change role.
  if (locals.me && !locals.demo) redirect(303, till);
  return { till, accounts: locals.demo ? (await locals.api(DemoAccountsDocument)).demoAccounts : [] };
};

export const actions: Actions = {
  demo: async ({ request, locals }) => {
    const form = await request.formData();
    const { signInDemo } = await locals.api(SignInDemoDocument, { input: { key: String(form.get('roll') ?? '') } });
    if (signInDemo.__typename === 'Refusal')
      return fail(400, { email: '', refusal: { code: signInDemo.code, message: signInDemo.message } });
    redirect(303, safePath(form.get('till'), '/oversikt'));
  },
  konto: async ({ request, locals }) => {
    const form = await request.formData();
    const email = String(form.get('epost') ?? '').trim();
    const password = String(form.get('losenord') ?? '');
    if (!email || !password) return fail(400, { email, refusal: { code: 'MISSING', message: '' } });
    try {
      const { signIn } = await locals.api(SignInDocument, { input: { email, password } });
      if (signIn.__typename === 'Refusal')
        return fail(signIn.code === 'RATE_LIMITED' ? 429 : 400, { email, refusal: { code: signIn.code, message: signIn.message } });
    } catch (failure) {
      if (isHttpError(failure, 429)) return fail(429, { email, refusal: { code: 'RATE_LIMITED', message: '' } });
      throw failure;
    }
    redirect(303, safePath(form.get('till'), '/oversikt'));
  },
};
