import type { Capability } from '#lib/api/generated/graphql.js';
import * as m from '#lib/paraglide/messages.js';

export interface NavItem {
  readonly href: string;
  readonly text: string;
  /** Shown as a badge when above zero. */
  readonly count?: number;
}

/** The menu follows what the server says the person may do; it never guesses from roles. @param provider works for an utförare: the year's round is theirs */
export function menuFor(capabilities: readonly Capability[], waiting: number, provider = false): NavItem[] {
  const can = (capability: Capability) => capabilities.includes(capability);
  return [
    { href: '/oversikt', text: m.nav_overview() },
    ...(provider && can('SEE_PLANS') ? [{ href: '/omgang', text: m.nav_round() }] : []),
    ...(can('REVIEW_PLANS') ? [{ href: '/granskning', text: m.nav_review(), count: waiting }] : []),
    ...(can('SEE_ASSESSMENT') ? [{ href: '/bedomning', text: m.nav_assessment() }] : []),
    ...(can('SEE_PLANS') ? [{ href: '/planer', text: m.nav_plans() }] : []),
    ...(can('IMPORT') ? [{ href: '/import', text: m.nav_import() }] : []),
    ...(can('MANAGE_USERS') ? [{ href: '/installningar/anvandare', text: m.nav_users() }] : []),
    ...(can('SEE_AUDIT') ? [{ href: '/handelser', text: m.nav_audit() }] : []),
  ];
}

/** Is `path` the menu item's page, or one below it? */
export const isWithin = (path: string, href: string): boolean => path === href || path.startsWith(`${href}/`);
