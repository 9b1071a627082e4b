import * as m from '#lib/paraglide/messages.js';

/** Formal acts by their stable names. An act we have no words for yet is shown by its name. */
const acts: Record<string, () => string> = {
  'plan.open': m.audit_act_plan_open,
  'plan.share': m.audit_act_plan_share,
  'plan.submit': m.audit_act_plan_submit,
  'plan.takeBack': m.audit_act_plan_takeBack,
  'plan.beginReview': m.audit_act_plan_beginReview,
  'plan.return': m.audit_act_plan_return,
  'plan.approve': m.audit_act_plan_approve,
  'plan.withdraw': m.audit_act_plan_withdraw,
  'plan.setDeadline': m.audit_act_plan_setDeadline,
  'demand.issue': m.audit_act_demand_issue,
  'assessment.decideGrade': m.audit_act_assessment_decideGrade,
  'assessment.fix': m.audit_act_assessment_fix,
  'import.apply': m.audit_act_import_apply,
  'user.invite': m.audit_act_user_invite,
  'user.acceptInvitation': m.audit_act_user_acceptInvitation,
  'user.deactivate': m.audit_act_user_deactivate,
  'user.requestPasswordReset': m.audit_act_user_requestPasswordReset,
  'user.resetPassword': m.audit_act_user_resetPassword,
};

export const auditActs: readonly string[] = Object.keys(acts);
export const auditActWord = (act: string): string => acts[act]?.() ?? act;
