import { CAUSE_LABELS, GROUP_LABELS, OFFICE_KIND_LABELS, ROLE_LABELS } from '../obligation/vocabulary.ts'
import { momentLabel } from './moment-label.ts'
import type { Reminder, Repeat, Rule, RuleLimit, RungPeople } from './policy.ts'

/** Whom a rule is for: `脱贫不稳定人口、突发严重困难户·因病`; empty where it is for all. */
export function categoryWords({ groups, causes }: Pick<Rule, 'groups' | 'causes'>): string {
  return [groups?.map((group) => GROUP_LABELS[group]), causes?.map((cause) => CAUSE_LABELS[cause])]
    .flatMap((words) => (words ? [words.join('、')] : []))
    .join('·')
}

/** The name of a rule, with its category where its own name has not got it: `红色预警核查(脱贫不稳定人口)`. */
export function ruleTitle(rule: Pick<Rule, 'label' | 'groups' | 'causes'>): string {
  return withCategory(rule.label, rule)
}

/** @param label what the work is called */
export function withCategory(label: string, rule: Pick<Rule, 'groups' | 'causes'>): string {
  const words = categoryWords(rule)
  return words === '' || label.includes(words) ? label : `${label}(${words})`
}

/** `5 个工作日` */
export function limitWords(limit: RuleLimit): string {
  if ('workingDays' in limit) return `${limit.workingDays} 个工作日`
  return 'fixedDay' in limit ? '固定日期' : `原时限的一半;固定日期的 ${limit.fixedDayWorkingDays} 个工作日`
}

export function reminderWords(reminder: Reminder): string {
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

/** `逾期 3 个工作日找镇分管领导` */
export function rungWords(rung: Rule['ladder'][number]): string {
  const only = rung.onlyFor
    ? `(只用于${rung.onlyFor.map((kind) => OFFICE_KIND_LABELS[kind]).join('、')})`
    : ''
  return `逾期 ${rung.afterWorkingDays} 个工作日${peopleWords(rung)}${only}`
}

export function repeatWords(repeat: Repeat): string {
  return `每 ${repeat.everyWorkingDays} 个工作日${peopleWords(repeat)}`
}

function peopleWords({ roles, whom, cc = [] }: RungPeople): string {
  const copied = cc.map((to) => (to === 'performer' ? '承办人' : ROLE_LABELS[to]))
  const first = whom === 'first' ? '(只找第一位)' : ''
  return `找${roles.map((role) => ROLE_LABELS[role]).join('、')}${first}${copied.length > 0 ? `,抄送${copied.join('、')}` : ''}`
}

/** `救助中心或分管局领导` */
export function rolesWords(roles: readonly (keyof typeof ROLE_LABELS)[]): string {
  return roles.map((role) => ROLE_LABELS[role]).join('或')
}
