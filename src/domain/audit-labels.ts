import { ACTION_LABELS } from './words.ts'

export const OUTCOME_OF_ATTEMPT_LABELS = { done: '已完成', refused: '被拒绝' } as const
export type AttemptOutcome = keyof typeof OUTCOME_OF_ATTEMPT_LABELS

/** Actions with a name of their own: `thing.what`. */
const NAMED: Record<string, string> = {
  'audit.prune': '清理过期审计记录',
  'audit.publish': '公布审计封存',
  ...Object.fromEntries(
    Object.entries(ACTION_LABELS).map(([code, label]) => [`obligation.${code}`, `事项:${label}`]),
  ),
}

const VERBS: Record<string, string> = {
  GET: '查看',
  POST: '提交',
  PUT: '修改',
  PATCH: '修改',
  DELETE: '删除',
}
const RESOURCES: Record<string, string> = {
  obligations: '督办事项',
  imports: '导入',
  campaigns: '行动',
  deadlines: '时限',
  mails: '邮件',
  'not-reached': '未送达',
  offices: '单位',
  people: '人员',
  calendar: '日历',
  'time-limits': '时限试算',
  policies: '规则',
  audit: '审计记录',
  session: '登录',
  sessions: '登录',
  me: '本人登录',
  password: '密码',
  keys: '接口密钥',
  users: '人员账号',
}
/** `POST /v1/imports/:id/actions` */
const ROUTE = /^([A-Z]+) \/v1\/([a-z-]+)(\/.*)?$/
const PARTS: [RegExp, string][] = [
  [/\/reveal$/, '查看完整信息'],
  [/\/actions$/, '办理'],
  [/\/history$/, '办理经过'],
  [/\/timeline$/, '时间表'],
  [/\/errors\.csv$/, '错误清单'],
  [/\/receipt$/, '回执'],
]

/** What an entry of the trail says was done, for people; the code itself where nobody gave it a word. */
export function auditActionLabel(action: string): string {
  const named = NAMED[action]
  if (named) return named
  const [, method = '', resource = '', rest = ''] = ROUTE.exec(action) ?? []
  const verb = VERBS[method]
  const noun = RESOURCES[resource]
  if (!verb || !noun) return action
  const part = PARTS.find(([pattern]) => pattern.test(rest))
  return part ? `${noun}:${part[1]}` : `${verb}${noun}`
}
