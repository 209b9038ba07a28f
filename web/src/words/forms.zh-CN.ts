import { ENTRY_FINDING_LABELS, ENTRY_FOLLOW_LABELS } from '../../../src/domain/obligation/screening-entry.ts'
import { NO_EVIDENCE_LABELS } from '../../../src/domain/obligation/problem-words.ts'
import {
  CHECK_METHOD_LABELS,
  DEPARTMENT_LABELS,
  DIFFERENCE_LABELS,
} from '../../../src/domain/obligation/sampling-words.ts'
import {
  LOOK_BACK_POLICY_LABELS,
  METHOD_LABELS,
  SCREENING_COUNT_LABELS,
} from '../../../src/domain/obligation/result-words.ts'

const how: Record<keyof typeof METHOD_LABELS, string> = METHOD_LABELS
const policy: Record<keyof typeof LOOK_BACK_POLICY_LABELS, string> = LOOK_BACK_POLICY_LABELS
const finding: Record<keyof typeof ENTRY_FINDING_LABELS, string> = ENTRY_FINDING_LABELS
const noEvidence: Record<keyof typeof NO_EVIDENCE_LABELS, string> = NO_EVIDENCE_LABELS
const method: Record<keyof typeof CHECK_METHOD_LABELS, string> = CHECK_METHOD_LABELS
const differs: Record<keyof typeof DIFFERENCE_LABELS, string> = DIFFERENCE_LABELS
const departments: Record<keyof typeof DEPARTMENT_LABELS, string> = DEPARTMENT_LABELS
const follow: Record<keyof typeof ENTRY_FOLLOW_LABELS, string> = ENTRY_FOLLOW_LABELS

/** The fields of results, and the words of their codes. A field that is not here has the name the API gives it. */
export const formsZhCN = {
  optional: '{name}(可不填)',
  choose: '请选择',
  missing: '请填写{name}。',
  needsNetwork: '没有网络:这里要用的内容还没有读到,连上后自动读取。',
  add: '加一行',
  remove: '去掉第 {nth} 行',
  row: '{name} {nth}',
  overall: '总的情况',
  handedIn: '报送内容',
  yes: '是',
  no: '否',
  field: {
    outcome: '核查结论',
    note: '说明',
    reason: '原因',
    day: '开展日期',
    compared: '比对条数',
    hits: '命中条数',
    raised: '产生预警条数',
    how: '比对方式',
    digest: '文件校验值',
    toScreen: `${SCREENING_COUNT_LABELS.toScreen}户数`,
    screened: `${SCREENING_COUNT_LABELS.screened}户数`,
    eligible: `${SCREENING_COUNT_LABELS.eligible}户数`,
    enrolled: `${SCREENING_COUNT_LABELS.enrolled}户数`,
    monitored: `${SCREENING_COUNT_LABELS.monitored}户数`,
    lookBack: '回头望',
    policy: '政策',
    finding: '查到的情况',
    problem: '有问题',
    name: '户主姓名',
    idNo: '身份证号',
    phone: '联系电话',
    village: '村(社区)',
    detail: '基本情况和需求',
    visitedOn: '走访日期',
    visitors: '走访人员',
    follow: '后续安排',
    noEvidence: '没有附件的原因',
    method: '核查方式',
    agrees: '与镇报送的一致',
    differs: '不一致的地方',
    departments: '联合部门',
  },
  choice: { how, policy, finding, follow, noEvidence, method, differs, departments },
}
