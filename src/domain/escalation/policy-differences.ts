import { CHANGE_LABELS, type ChangeCode } from '../obligation/change-rules.ts'
import { WITHOUT_NUMBER_LABELS } from '../obligation/without-number.ts'
import { LEVEL_LABELS, OFFICE_KIND_LABELS, ROLE_LABELS } from '../obligation/vocabulary.ts'
import { momentLabel } from './moment-label.ts'
import { isWritten } from './policy-file.ts'
import type { Approving, Policy, Reminder, Repeat, Rule, RuleLimit, RungPeople } from './policy.ts'
import { extensionRulesOf, suspensionRulesOf } from './postponement-rules.ts'

/** What one rule, or one part of a policy that all rules share, says otherwise in another version. */
export type Difference = { rule: string; changes: string[] }
type Said = Omit<Policy, 'id' | 'version'>
/** What a thing says, aspect by aspect. */
type Aspects = Record<string, string>

/** The differences of two versions in words, rule by rule; none where they say the same. */
export function differencesOf(before: Said, after: Said): Difference[] {
  const old = new Map(thingsOf(before))
  const now = new Map(thingsOf(after))
  const gone = [...old].flatMap(([key, thing]) =>
    now.has(key) ? [] : [{ rule: thing.rule, changes: ['删去'] }],
  )
  const others = [...now].flatMap(([key, thing]) => {
    const was = old.get(key)
    if (was === undefined) return [{ rule: thing.rule, changes: ['新增', ...wordsOf(thing.aspects)] }]
    const changes = changesOf(was.aspects, thing.aspects)
    return changes.length === 0 ? [] : [{ rule: thing.rule, changes }]
  })
  return [...others, ...gone]
}

function changesOf(before: Aspects, after: Aspects): string[] {
  return Object.keys({ ...before, ...after }).flatMap((aspect) => {
    const [was, is] = [before[aspect] ?? '无', after[aspect] ?? '无']
    return was === is ? [] : [`${aspect}:${was} → ${is}`]
  })
}

function wordsOf(aspects: Aspects): string[] {
  return Object.entries(aspects).map(([aspect, words]) => `${aspect}:${words}`)
}

type Thing = { rule: string; aspects: Aspects }

function thingsOf(policy: Said): [string, Thing][] {
  return [
    ...policy.rules
      .filter(isWritten)
      .map((rule): [string, Thing] => [rule.code, { rule: rule.label, aspects: ruleAspects(rule) }]),
    ['#redo', { rule: '重办', aspects: redoAspects(policy.rules) }],
    ['#suspension', { rule: '暂停', aspects: approvingAspects(suspensionRulesOf(policy)) }],
    ['#extension', { rule: '延期', aspects: extensionAspects(policy) }],
    ['#files', { rule: '导入', aspects: fileAspects(policy) }],
    ['#county', { rule: '全县', aspects: countyAspects(policy) }],
  ]
}

function ruleAspects({ label, level, limit, reminders, ladder, repeat, watch }: Rule): Aspects {
  return {
    名称: label,
    等级: level === undefined ? '不分' : LEVEL_LABELS[level],
    时限: limitWords(limit),
    提醒: reminders.map(reminderWords).join('、') || '无',
    督办: ladder.map((rung) => rungWords(rung)).join(';') || '无',
    重复督办: repeat ? repeatWords(repeat) : '无',
    盯办: watch === 'individual' ? '逐件' : '合并',
  }
}

function limitWords(limit: RuleLimit): string {
  if ('workingDays' in limit) return `${limit.workingDays} 个工作日`
  return 'fixedDay' in limit ? '固定日期' : `原时限的一半;固定日期的 ${limit.fixedDayWorkingDays} 个工作日`
}

function reminderWords(reminder: Reminder): string {
  switch (reminder.when) {
    case 'accepted':
      return '通过通知'
    case 'before':
      return momentLabel({ series: 'before', workingDays: reminder.workingDays })
    case 'due-day':
      return momentLabel({ series: 'due-day', ...(reminder.time !== undefined && { time: reminder.time }) })
    default:
      return `${momentLabel({ series: reminder.when })}${reminder.urgent ? '(立即)' : ''}`
  }
}

function rungWords(rung: Rule['ladder'][number]): string {
  const only = rung.onlyFor
    ? `(只用于${rung.onlyFor.map((kind) => OFFICE_KIND_LABELS[kind]).join('、')})`
    : ''
  return `逾期 ${rung.afterWorkingDays} 个工作日${peopleWords(rung)}${only}`
}

function repeatWords(repeat: Repeat): string {
  return `每 ${repeat.everyWorkingDays} 个工作日${peopleWords(repeat)}`
}

function peopleWords({ roles, whom, cc = [] }: RungPeople): string {
  const copied = cc.map((to) => (to === 'performer' ? '承办人' : ROLE_LABELS[to]))
  const first = whom === 'first' ? '(只找第一位)' : ''
  return `找${roles.map((role) => ROLE_LABELS[role]).join('、')}${first}${copied.length > 0 ? `,抄送${copied.join('、')}` : ''}`
}

function redoAspects(rules: readonly Rule[]): Aspects {
  const redo = rules.find(({ stage }) => stage === 'redo')
  return redo
    ? { 时限: limitWords(redo.limit), 提醒: redo.reminders.map(reminderWords).join('、') || '无' }
    : {}
}

function approvingAspects({
  approvers,
  most,
  beyond,
  ...rest
}: Approving & { reminders?: Reminder[] }): Aspects {
  const approver = ({ levels, upTo, roles }: Approving['approvers'][number]) =>
    `${levels ? levels.map((level) => LEVEL_LABELS[level]).join('、') : ''}${upTo ? `前 ${upTo} 次` : ''}由${rolesWords(roles)}批`
  return {
    审批: approvers.map(approver).join(';'),
    每件最多: `${most.times} 次、${most.workingDays} 个工作日`,
    超出后: `由${rolesWords(beyond)}决定`,
    ...(rest.reminders && { 提醒: rest.reminders.map(reminderWords).join('、') || '无' }),
  }
}

function rolesWords(roles: readonly (keyof typeof ROLE_LABELS)[]): string {
  return roles.map((role) => ROLE_LABELS[role]).join('或')
}

function extensionAspects(policy: Said): Aspects {
  const { answer, ...approving } = extensionRulesOf(policy)
  return {
    ...approvingAspects(approving),
    答复时限: `${answer.workingDays} 个工作日`,
    答复提醒: answer.reminders.map(reminderWords).join('、') || '无',
    不答复: answer.ladder.map((rung) => rungWords(rung)).join(';') || '无',
    重复督办: answer.repeat ? repeatWords(answer.repeat) : '无',
  }
}

function fileAspects({ changes }: Said): Aspects {
  const { withoutNumber, ...rules } = changes ?? {}
  const said = Object.entries(rules) as [ChangeCode, 'apply' | 'ask'][]
  return {
    ...Object.fromEntries(
      said.map(([code, how]) => [CHANGE_LABELS[code], how === 'apply' ? '直接更新' : '先问']),
    ),
    ...(withoutNumber && { 没有号码的户: WITHOUT_NUMBER_LABELS[withoutNumber] }),
  }
}

function countyAspects({ name, example, standing, deferral, monitoring }: Said): Aspects {
  return {
    名称: name,
    性质: example ? '示例' : '本县规则',
    每周概览: standing ? rolesWords(standing.roles) : '不发',
    ...(deferral && { 退信时限: `紧急的 ${deferral.urgentOfficeMinutes} 分钟、其余 ${deferral.rounds} 批` }),
    ...(monitoring && { 监测走访: `每 ${monitoring.everyDays} 天` }),
  }
}
