import type { StandingPartsFragment } from '#lib/api/generated/graphql.js';

export type { Grade } from '#lib/api/generated/graphql.js';
export type LiveStanding = StandingPartsFragment;
