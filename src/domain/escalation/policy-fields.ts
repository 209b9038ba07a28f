import type { PolicyContent } from './policy.ts'

/** The parts of a file: those of a policy, and two that a policy keeps within others. */
export type FilePart = keyof PolicyContent | 'redo' | 'households'

const PART_WORDS: Readonly<Record<FilePart, string>> = {
  ...{ name: '名称', example: '是否示例', rules: '规则', redo: '重办', standing: '每周概览' },
  ...{ deferral: '退信时限', changes: '内容有变', households: '户', monitoring: '监测走访' },
  ...{ suspension: '暂停', extension: '延期', handOver: '移交', standingCheck: '每日核对', override: '放行' },
}

const FIELD_WORDS: Readonly<Record<string, string>> = {
  ...PART_WORDS,
  ...{
    code: '代码',
    label: '规则名称',
    kinds: '种类',
    level: '等级',
    groups: '重点人群',
    causes: '致贫返贫因素',
    levels: '等级',
    stage: '环节',
    limit: '时限',
  },
  ...{
    workingDays: '工作日数',
    fixedDay: '固定日期',
    reminders: '提醒',
    when: '节点',
    urgent: '是否立即',
    time: '时间',
  },
  ...{
    ladder: '督办层级',
    afterWorkingDays: '逾期工作日',
    roles: '角色',
    whom: '通知谁',
    cc: '抄送',
    onlyFor: '只用于',
  },
  ...{
    repeat: '重复督办',
    everyWorkingDays: '间隔工作日',
    watch: '盯办方式',
    fixedDayWorkingDays: '固定日期的重办工作日',
  },
  ...{
    approvers: '审批人',
    upTo: '前几次',
    most: '最多',
    times: '次数',
    beyond: '超出后由谁',
    answer: '答复',
  },
  ...{
    urgentOfficeMinutes: '紧急的办公分钟',
    rounds: '批次',
    withoutNumber: '没有号码的户',
    everyDays: '间隔天数',
  },
}

/** `规则第 3 条·时限·工作日数` */
export function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) =>
      typeof step === 'number' ? `第 ${step + 1} 条` : `·${FIELD_WORDS[String(step)] ?? String(step)}`,
    )
    .join('')
    .replace(/^·/, '')
}
