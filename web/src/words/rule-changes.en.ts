import type { MomentForm } from '../../../src/domain/escalation/moment-form.ts'
import { momentLabel } from '../../../src/domain/escalation/moment-label.ts'
import { counted } from './fill.ts'
import { phraseEn } from './phrases.en.ts'
import { momentEn } from './server.en.ts'

/** What a part of the rules is called where two versions are compared (domain/escalation/policy-differences.ts). */
const ASPECTS_EN: Readonly<Record<string, string>> = {
  ...{ 名称: 'Name', 种类: 'Kinds', 等级: 'Level', 环节: 'Stage', 时限: 'Limit', 提醒: 'Reminders' },
  ...{ 重点人群: 'Key groups', 致贫返贫因素: 'Causes' },
  ...{ 督办: 'Escalation', 重复督办: 'Repeated', 盯办: 'Watched', 审批: 'Decided by', 超出后: 'Beyond that' },
  ...{ 每件最多: 'At most for each', 答复时限: 'Limit of the answer', 答复提醒: 'Reminders of the answer' },
  ...{ 不答复: 'Without an answer', 没有号码的户: 'Households without a number', 性质: 'What it is' },
  ...{ 每周概览: 'Weekly mail of how things stand', 退信时限: 'Mail that is not taken' },
  ...{ 监测走访: 'Monitoring visits', 每日核对: 'Daily check', 放行通知: 'Told of overrides' },
}

/** What stands for a whole value, or for a rule that has no name of its own. */
const VALUES_EN: Readonly<Record<string, string>> = {
  ...{ 删去: 'removed', 新增: 'new', 无: 'none', 不分: 'any', 不发: 'not sent', 固定日期: 'a fixed day' },
  ...{ 逐件: 'one by one', 合并: 'together', 直接更新: 'written at once', 先问: 'asked first' },
  ...{ 示例: 'an example', 本县规则: 'the county’s rules', 承办人: 'the performer' },
  ...{ 重办: 'Redo', 延期: 'Extension', 移交: 'Hand-over', 导入: 'Files', 全县: 'The whole county' },
}

type Parts = Readonly<Record<string, string>>
const working = (days: string | undefined) => counted(days, 'working day', 'working days')
const FORMS: readonly [RegExp, (of: Parts) => string][] = [
  [
    /^原时限的一半;固定日期的 (?<days>\d+) 个工作日$/,
    ({ days }) => `half of the first limit; ${working(days)} for a fixed day`,
  ],
  [/^(?<reminder>.+)\(立即\)$/, ({ reminder = '' }) => `${phraseEn(reminder)}, at once`],
  [
    /^(?<when>[^找]+)找(?<roles>[^,(]+)(?<first>\(只找第一位\))?(?:,抄送(?<cc>[^(]+))?(?:\(只用于(?<only>.+)\))?$/,
    ({ when = '', roles = '', first, cc, only }) =>
      [
        `${valueEn(when)}: ${listEn(roles)}${first ? ' (the first of them)' : ''}`,
        ...(cc ? [`copy to ${listEn(cc)}`] : []),
        ...(only ? [`for ${listEn(only)} alone`] : []),
      ].join(', '),
  ],
  [/^逾期 (?<days>\d+) 个工作日$/, ({ days }) => `${working(days)} late`],
  [/^每 (?<days>\d+) 个工作日$/, ({ days }) => `every ${working(days)}`],
  [/^每 (?<days>\d+) 天$/, ({ days }) => `every ${counted(days, 'day', 'days')}`],
  [/^(?<days>\d+) 个工作日$/, ({ days }) => working(days)],
  [
    /^(?<times>\d+) 次、(?<days>\d+) 个工作日$/,
    ({ times, days }) => `${counted(times, 'time', 'times')}, ${working(days)}`,
  ],
  [/^由(?<roles>.+)决定$/, ({ roles = '' }) => `decided by ${listEn(roles)}`],
  [
    /^(?<levels>[^由前]*)(?:前 (?<times>\d+) 次)?由(?<roles>.+)批$/,
    ({ levels, times, roles = '' }) =>
      [...(levels ? [listEn(levels)] : []), ...(times ? [`the first ${times}`] : []), listEn(roles)].join(
        ': ',
      ),
  ],
  [
    /^紧急的 (?<minutes>\d+) 分钟、其余 (?<rounds>\d+) 批$/,
    ({ minutes, rounds }) =>
      `urgent ones ${counted(minutes, 'minute', 'minutes')}, others ${counted(rounds, 'round', 'rounds')}`,
  ],
]

/** One line of a comparison: `时限:5 个工作日 → 7 个工作日`. What the county wrote itself, such as names, stays. */
export function ruleChangeEn(change: string): string {
  const [aspect = '', ...values] = change.split(':')
  const said = ASPECTS_EN[aspect] ?? phraseEn(aspect)
  if (values.length === 0 || said === aspect) return valueEn(change)
  return `${said}: ${values.join(':').split(' → ').map(valueEn).join(' → ')}`
}

/**
 * What a mail is about: `毛坝镇 橙色预警核查:第 1 级督办`. null where it is about no moment of a deadline.
 */
export function occasionEn({ what, moment, office }: Occasion): string | null {
  if (moment === null || office === null) return null
  const form = moment as MomentForm
  const rule = what.slice(office.name.length + 1, -momentLabel(form).length - 1)
  return `${office.name} ${ruleNameEn(rule)}: ${momentEn(form)}`
}
type Occasion = { what: string; moment: Record<string, unknown> | null; office: { name: string } | null }

/** The name of a rule, or of a part that all rules share. */
export function ruleNameEn(name: string): string {
  const { rule, stage } = OF_STAGE.exec(name)?.groups ?? {}
  if (rule !== undefined && stage !== undefined) return `${ruleNameEn(rule)}, ${bracketEn(stage)}`
  return VALUES_EN[name] ?? phraseEn(name)
}
/** A stage, or the category that a rule is for: `脱贫不稳定人口、突发严重困难户·因病`. */
function bracketEn(words: string): string {
  const said = ruleNameEn(words)
  return (said === words ? words.split('·').map(listEn).join('; ') : said).toLowerCase()
}

/** A rule that comes of another: `黄色预警核查(重办)`; or one for a category: `红色预警核查(脱贫不稳定人口)`. */
const OF_STAGE = /^(?<rule>.+)\((?<stage>[^()]+)\)$/

function valueEn(value: string): string {
  return wholeEn(value) ?? value.split(';').map(listEn).join('; ')
}

/** Of several, each; of one, itself. */
function listEn(list: string): string {
  return (
    wholeEn(list) ??
    list
      .split(/、|或/)
      .map((part) => wholeEn(part) ?? part)
      .join(', ')
  )
}

function wholeEn(value: string): string | null {
  const same = VALUES_EN[value]
  if (same !== undefined) return same
  for (const [matches, text] of FORMS) {
    const found = matches.exec(value)
    if (found) return text(found.groups ?? {})
  }
  const said = phraseEn(value)
  return said === value ? null : said
}
