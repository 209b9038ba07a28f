import { EVENT_LABELS } from '../obligation/event-labels.ts'

export const OUTCOME_OF_ATTEMPT_LABELS = { done: '已完成', refused: '被拒绝' } as const
export type AttemptOutcome = keyof typeof OUTCOME_OF_ATTEMPT_LABELS

/** Actions named `thing.verb`. */
const THINGS: Record<string, string> = {
  attachment: '附件',
  audit: '审计记录',
  'bulk-run': '批量办理',
  campaign: '行动',
  county: '县',
  calendar: '日历',
  household: '户信息',
  import: '导入',
  key: '加密密钥',
  mail: '邮件',
  mapping: '列和词的对应',
  obligation: '督办事项',
  office: '单位',
  password: '密码',
  screening: '排查',
  policy: '规则',
  problem: '问题清单',
  roster: '名册',
  sample: '抽样',
  session: '登录',
  statistic: '统计表',
  totp: '动态口令',
  upload: '上传的文件',
  user: '人员账号',
}
const DEEDS: Record<string, string> = {
  ...EVENT_LABELS,
  absent: '登记离岗',
  activate: '启用',
  add: '新增',
  anonymise: '到期匿名化',
  'apply-changes': '采用内容有变的行',
  back: '返岗',
  begin: '登录',
  confirm: '启用',
  contact: '修改联系方式',
  destroy: '销毁',
  'entry-add': '记录一户',
  'entry-change': '修改一户的记录',
  'entry-remove': '去掉一户的记录',
  'entries-carry': '从名册带入',
  'entries-import': '从文件登记逐户记录',
  'undo-file': '撤回文件',
  change: '修改',
  check: '核对封存',
  join: '认定为同一户',
  'keep-apart': '认定为不同的户',
  'undo-link': '取消认定',
  disable: '停用',
  'dismiss-changes': '不采用内容有变的行',
  draw: '抽取',
  drop: '到期删除',
  end: '退出',
  import: '从文件登记',
  enable: '恢复',
  export: '导出',
  'encrypt-texts': '加密早先明文存放的文字',
  launch: '启动',
  'move-phase': '改阶段的日期',
  'preview-move': '预览改阶段的日期',
  load: '写入单位和规则',
  pack: '制作迎检资料包',
  'give-up': '没有办完',
  'fall-to-bureau': '没有单位承担的工作归县局',
  look: '打开失效的链接',
  lookup: '按号码查找',
  master: '更换主密钥',
  'open-mail': '开放邮件',
  prune: '清理到期的',
  publish: '公布封存',
  issue: '发布新一版',
  rebase: '改按新规则',
  read: '下载',
  remember: '记住',
  remove: '移除',
  rename: '改名',
  duties: '改承担的工作',
  replace: '替换',
  resend: '重发一封',
  reset: '重置',
  retry: '立即重发',
  reveal: '查看完整信息',
  revoke: '吊销',
  role: '变更角色',
  set: '设置',
  start: '发起',
  stop: '停止',
  restore: '恢复',
  'test-mail': '发测试邮件',
  withdraw: '按平台撤销',
}

/** Actions named by their route: `POST /v1/imports/:id/actions`. */
const ROUTE = /^([A-Z]+) \/v1\/([a-z-]+)(\/.*)?$/
const VERBS: Record<string, string> = {
  GET: '查看',
  POST: '提交',
  PUT: '修改',
  PATCH: '修改',
  DELETE: '删除',
}
const RESOURCES: Record<string, string> = {
  ...{
    attachments: '附件',
    audit: '审计记录',
    'bulk-runs': '批量办理',
    calendar: '日历',
    campaigns: '行动',
    counties: '县',
    deadlines: '时限',
    households: '户信息',
  },
  ...{
    imports: '导入',
    'import-mappings': '记住的列和词',
    'api-keys': '接口密钥',
    mails: '邮件',
    me: '本人账号',
    'not-reached': '未送达',
  },
  ...{
    obligations: '督办事项',
    offices: '单位',
    passwords: '密码',
    'password-links': '密码链接',
    'password-resets': '密码重置',
    people: '人员',
    policies: '规则',
    problems: '问题清单',
    roster: '名册',
    samples: '抽样',
    statistics: '统计',
  },
  beginning: '启用前的准备',
  ...{ 'list-views': '保存的视图', 'shared-views': '共用的视图', seen: '看过的记号' },
  ...{ comparisons: '数据比对', screenings: '全面排查' },
  ...{ session: '登录', sessions: '登录', 'time-limits': '时限试算', users: '人员账号' },
}
const PARTS: [RegExp, string][] = [
  [/\/absence$/, '离岗和代理'],
  [/\/bounces$/, '退信'],
  [/\/changes\b/, '内容有变的行'],
  [/\/consistency\b/, '一致性核对'],
  [/\/resend$/, '重发一封'],
  [/\/export\.csv$/, '导出'],
  [/\/retry$/, '重发'],
  [/\/test-mail$/, '测试邮件'],
  [/\/actions$/, '办理'],
  [/\/attachments$/, '附件'],
  [/\/burn-down$/, '销号进度'],
  [/\/errors\.csv$/, '错误清单'],
  [/\/history$/, '办理经过'],
  [/\/links?\b/, '密码链接'],
  [/\/lookup$/, '按号码查找'],
  [/\/mail\/open$/, '开放邮件'],
  [/\/pack$/, '迎检资料包'],
  [/\/password\b/, '密码'],
  [/\/preview$/, '试算'],
  [/\/receipt$/, '回执'],
  [/\/replacements$/, '替换'],
  [/\/reset\b/, '重置'],
  [/\/reveal$/, '查看完整信息'],
  [/\/timeline$/, '时间表'],
  [/\/totp\b/, '动态口令'],
  [/\/withdrawals$/, '平台撤回'],
]

/** Says in Chinese what an audit event records; falls back to the code itself. */
export function auditActionLabel(action: string): string {
  return namedLabel(action) ?? routeLabel(action) ?? action
}

function namedLabel(action: string): string | null {
  const [thing = '', deed = ''] = action.split('.')
  const [noun, verb] = [THINGS[thing], DEEDS[deed]]
  return noun && verb ? `${noun}:${verb}` : null
}

function routeLabel(action: string): string | null {
  const [, method = '', resource = '', rest = ''] = ROUTE.exec(action) ?? []
  const [verb, noun] = [VERBS[method], RESOURCES[resource]]
  if (!verb || !noun) return null
  const part = PARTS.find(([pattern]) => pattern.test(rest))
  return part ? `${noun}:${part[1]}` : `${verb}${noun}`
}
