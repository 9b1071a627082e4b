import { toContractAreaType, toHuvudmanType, toProviderType } from '../contracts/index.js';
import { toFindingType } from '../findings/index.js';
import type { PlanPage } from './planQueries.service.js';
import { DemandType, PlanConnection, PlanType } from './plan.types.js';
import type { DemandView, PlanView } from './planView.model.js';
import { reviewerRoles } from './acts.rules.js';

/** A plan as the API shows it; what is dear to load waits in `view` for its field resolver. */
export function toPlanType(view: PlanView): PlanType {
  const { plan, shared, openedAt, overdue, acts } = view;
  const { id, state, sharedAt, deadline, revision, lastActAt, reportedAt, verifiedAt, durabilityDue, round, diaryNumber } = plan;
  // Who may not read the text may not learn when a private draft was opened either.
  const updatedAt = view.sight.canRead ? lastActAt : view.demand.demand.issuedAt;
  return Object.assign(new PlanType(), {
    ...{ view, id, state, shared, sharedAt, openedAt, deadline, overdue, revision, acts, updatedAt },
    ...{ reportedAt, verifiedAt, durabilityDue, round, diaryNumber },
    finding: toFindingType(view.finding),
    huvudman: toHuvudmanType(view.huvudman),
    demand: toDemandType(view.demand),
    tracks: plan.tracks.map((track) => ({ ...track, reviewerRoles: reviewerRoles(track.track) })),
  });
}

/** A demand as the API shows it; its plans wait for their field resolver. */
export function toDemandType(view: DemandView): DemandType {
  const { id, year, deadline, grounds, issuedAt, issuedBy } = view.demand;
  return Object.assign(new DemandType(), {
    ...{ view, id, year, deadline, grounds, issuedAt, issuedBy },
    contractArea: toContractAreaType(view.contractArea),
    provider: toProviderType(view.provider),
  });
}

/** A page of plans as the API shows it. */
export function toPlanConnection({ nodes, totalCount, hasNextPage, endCursor }: PlanPage): PlanConnection {
  return Object.assign(new PlanConnection(), { nodes: nodes.map(toPlanType), totalCount, pageInfo: { hasNextPage, endCursor } });
}
