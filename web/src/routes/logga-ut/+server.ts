import { redirect } from '@sveltejs/kit';
import { SignOutDocument } from '#lib/api/generated/graphql.js';
import type { RequestHandler } from './$types.js';

export const POST: RequestHandler = async ({ locals }) => {
  if (locals.me) await locals.api(SignOutDocument);
  redirect(303, '/logga-in');
};
