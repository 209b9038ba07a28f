/** By what a household of the roster is covered (R16). */
export const COVER_LABELS = {
  dibao: '低保',
  tekun: '特困',
  marginal: '低保边缘',
  none: '未纳入保障',
} as const
export type Cover = keyof typeof COVER_LABELS

/** How far the year's work has come to a household of the roster (R18, R20). */
export const REACH_LABELS = {
  covered: '已纳入保障',
  reached: '已到户',
  owed: '应由排查到户,还没有到',
  unreached: '没有任何工作到户',
} as const
export type Reach = keyof typeof REACH_LABELS
