import type { WithoutNumber } from './without-number.ts'

/** What may differ when a warning comes again. */
export const CHANGE_LABELS = {
  'level-raised': '等级升高',
  'level-lowered': '等级降低',
  town: '乡镇',
  issued: '发布时间',
  person: '姓名或身份证号',
  phone: '联系电话',
  address: '村(社区)',
  detail: '预警内容',
  cause: '致贫返贫因素',
  group: '重点人群类别',
  source: '数据来源部门',
} as const
export type ChangeCode = keyof typeof CHANGE_LABELS

/** `apply`: written as soon as the file is registered. `ask`: written once somebody has confirmed it. */
export type ChangeRule = 'apply' | 'ask'
export type ChangeRules = Record<ChangeCode, ChangeRule>
/** What a policy says of files: of rows that come again changed, and of households without a number. */
export type FileRules = Partial<ChangeRules> & { withoutNumber?: WithoutNumber }

/** What holds where a county's policy says nothing: what cannot do harm is applied, who and where is asked. */
const DEFAULT_CHANGE_RULES: ChangeRules = {
  'level-raised': 'apply',
  phone: 'apply',
  address: 'apply',
  detail: 'apply',
  cause: 'apply',
  group: 'apply',
  source: 'apply',
  issued: 'ask',
  'level-lowered': 'ask',
  town: 'ask',
  person: 'ask',
}

/** The rules of a county, completed by those that hold by default. */
export function changeRulesOf({ changes }: { changes?: FileRules | null }): ChangeRules {
  const { withoutNumber: _withoutNumber, ...rules } = changes ?? {}
  return { ...DEFAULT_CHANGE_RULES, ...rules }
}
