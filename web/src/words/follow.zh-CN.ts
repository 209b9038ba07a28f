import {
  EXIT_REASON_LABELS,
  FOLLOW_UP_STEP_LABELS,
  VISIT_FINDING_LABELS,
} from '../../../src/domain/obligation/result-words.ts'

/** The words of a table, free to be written in another language. */
const words = <K extends string>(labels: Record<K, string>): Record<K, string> => labels

/** What is handed in: the fields of each kind, the codes they may have, and the steps of a follow-up. */
export const followWords = {
  field: {
    outcome: '核查结论',
    exitReason: '退出原因',
    decidedBy: '由谁决定退出',
    finding: '走访结果',
    visitedOn: '走访日期',
    visitedBy: '走访人',
    on: '办理日期',
    by: '办理人',
  },
  choice: { finding: words(VISIT_FINDING_LABELS), exitReason: words(EXIT_REASON_LABELS) },
  step: words(FOLLOW_UP_STEP_LABELS),
  discovery: {
    unknown: '不清楚',
    noGroup: '不属于',
    title: '发现一户',
    about: '镇、村自己发现的困难户,登记后按预警办理,期限相同。保存以前先查一遍台账里可能的同一户。',
    office: '所在乡镇',
    name: '姓名',
    idNo: '身份证号(没有的不填)',
    phone: '联系电话',
    village: '村(社区)',
    level: '等级',
    cause: '致贫返贫因素',
    group: '重点人群类别',
    detail: '发现的情况',
    nameless: '请写明姓名。',
    choose: '请选择',
    unchosen: '请选择后再登记。',
    registered: '已登记,限时从今天起算。',
    save: '登记',
    saveAnyway: '看过了,仍要登记',
    twins: '台账里有 {count} 件可能是同一户',
    decide: '是同一户、已经在办的,请在那一件上办理,不必再登记;不是的,可以登记,两件不会合并。',
    alike: { idNo: '身份证号相同', phone: '联系电话相同', 'name-and-village': '同村同名' },
  },
}
