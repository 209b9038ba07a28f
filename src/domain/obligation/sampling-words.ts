import { SOURCE_LABELS } from './vocabulary.ts'

/** How the county looks for itself (R18). */
export const CHECK_METHOD_LABELS = {
  phone: '电话核查',
  unannounced: '暗访',
  concentrated: '集中核查',
} as const
export type CheckMethod = keyof typeof CHECK_METHOD_LABELS

const { discovery: _, ...departments } = SOURCE_LABELS
/** With whom the county verifies in a concentrated way. */
export const DEPARTMENT_LABELS = departments
export type Department = keyof typeof DEPARTMENT_LABELS

/** What a check found otherwise than it was handed in. */
export const DIFFERENCE_LABELS = {
  'should-be-covered': '应保未保',
  'not-visited': '没有入户',
  income: '收入财产与核查不符',
  members: '家庭成员与核查不符',
  materials: '材料与实际不符',
  other: '其他',
} as const
export type Difference = keyof typeof DIFFERENCE_LABELS

/** Why another household is looked at in the place of one that was drawn. */
export const REPLACEMENT_LABELS = {
  moved: '已迁出本县',
  deceased: '已去世',
  unreachable: '多次联系不上',
  refused: '拒绝核查',
  covered: '已在保障范围',
} as const
export type Replacement = keyof typeof REPLACEMENT_LABELS
