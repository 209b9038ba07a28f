/** Why an obligation is suspended: what nobody of its office can do anything about. */
export const SUSPENSION_REASON_LABELS = {
  disaster: '灾害、疫情等不可抗力',
  'away-for-now': '当事人外出或住院,暂时无法入户',
  'waiting-for-department': '等待部门或上级答复',
  disputed: '政策或权属有争议,待上级认定',
  'office-hindered': '单位突发情况,一时无人能办',
  'other-reason': '其他原因',
} as const
export type SuspensionReason = keyof typeof SUSPENSION_REASON_LABELS

/** What became of a request for more time. `lapsed`: the work was handed in or cancelled before anybody answered. */
export const EXTENSION_STATE_LABELS = {
  pending: '待答复',
  granted: '已批准',
  refused: '未批准',
  lapsed: '已失效',
} as const
export type ExtensionState = keyof typeof EXTENSION_STATE_LABELS

/** What became of an offer. `lapsed`: the work ended, or a correction sent it elsewhere, before anybody answered. */
export const HAND_OVER_STATE_LABELS = {
  pending: '待答复',
  accepted: '已接收',
  refused: '未接收',
  withdrawn: '已撤回',
  lapsed: '已失效',
} as const
export type HandOverState = keyof typeof HAND_OVER_STATE_LABELS

/** How somebody was told of an obligation beside the mails. */
export const CONTACT_MEANS_LABELS = { telephone: '打电话', visit: '上门' } as const
export type ContactMeans = keyof typeof CONTACT_MEANS_LABELS
