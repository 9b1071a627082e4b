import { redirect } from '@sveltejs/kit';
import { cookieMaxAge, cookieName, isLocale } from '#lib/paraglide/runtime.js';
import { safePath } from '#lib/safePath.js';
import type { RequestHandler } from './$types.js';

/** Changes the language and goes back; a plain form post, so it works without script. */
export const POST: RequestHandler = async ({ request, cookies }) => {
  const form = await request.formData();
  const language = form.get('sprak');
  if (isLocale(language)) cookies.set(cookieName, language, { path: '/', maxAge: cookieMaxAge, httpOnly: false, sameSite: 'lax' });
  redirect(303, safePath(form.get('till')));
};
