import { toContractAreaType, toHuvudmanType, toProviderType } from '../contracts/index.js';
import type { AreaAssessment, AssessmentYear, LiveStanding } from './assessment.model.js';
import { AreaAssessmentType, AssessmentYearType, LiveStandingType } from './assessment.types.js';

/** An area's assessment as the API shows it. */
export function toAreaAssessmentType(view: AreaAssessment): AreaAssessmentType {
  const { year, contractArea, fixed, grounds, earlier, yearsInRow, findingCount, planCount, proposal } = view;
  return Object.assign(new AreaAssessmentType(), {
    ...{ id: `${contractArea.id}-${year}`, year, fixed, grounds, yearsInRow, findingCount, planCount },
    contractArea: toContractAreaType(contractArea),
    live: toLiveStandingType(view.live),
    earlier: [...earlier],
    providerCount: contractArea.providerCount,
    unitCount: contractArea.unitCount,
    providers: view.providers.map((each) => ({ ...each, provider: toProviderType(each.provider), live: toLiveStandingType(each.live) })),
    proposal: { grade: proposal.grade, reasons: [...proposal.reasons] },
  });
}

/** A year's assessment as the API shows it. */
export function toAssessmentYearType(view: AssessmentYear): AssessmentYearType {
  const { year, decidedOn, firstReportOn, planFollowUpOn, fixedAt } = view.state;
  return Object.assign(new AssessmentYearType(), {
    ...{ year, decidedOn, firstReportOn, planFollowUpOn, decided: fixedAt !== null, updatedAt: view.updatedAt },
    huvudman: toHuvudmanType(view.huvudman),
    areas: view.areas.map(toAreaAssessmentType),
    totals: [...view.totals],
    contradictions: [...view.contradictions],
    years: [...view.years],
  });
}

function toLiveStandingType({ colour, remedied, step, counts, changedAt }: LiveStanding): LiveStandingType {
  return Object.assign(new LiveStandingType(), { colour, remedied, step, counts: [...counts], changedAt });
}
