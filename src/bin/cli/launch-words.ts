import { BEGIN_CHOICE_LABELS } from '../../domain/obligation/begin-phase.ts'
import { beijingText } from '../../domain/time/days.ts'
import type { LaunchPreview, PreviewedItem, PreviewedPhase } from '../../services/campaigns/preview.ts'

/** What launching would do, for whoever decides it at a terminal. */
export function previewWords({ phases, firstRoundAt, mails, mailState, moved }: LaunchPreview): string[] {
  return [
    ...movedWords(moved),
    ...phases.flatMap(phaseWords),
    '',
    ...firstRoundWords({ firstRoundAt, mails }),
    ...heldWords(mailState),
  ]
}

function movedWords(moved: LaunchPreview['moved']): string[] {
  if (moved.length === 0) return []
  const lines = moved.map(
    ({ phase, item, from, to, provisional }) =>
      `    ${phase}${item === null ? '' : `:${item}`}:${from} 休息,提前到 ${to}${provisional ? '(暂定)' : ''}`,
  )
  return [`逢休息日而提前的日期 ${moved.length} 处:`, ...lines, '']
}

function phaseWords(phase: PreviewedPhase): string[] {
  return [
    `${phase.title}(${phase.code}):${phase.dueOn} 到期,${howItBegins(phase)}`,
    ...phase.items.map((item) => `    ${item.title}:${itemWords(item)}`),
  ]
}

function howItBegins({ begunAs, wordOf, originalDueOn, opensNow, opensOn }: PreviewedPhase): string {
  if (begunAs === null) return opensNow ? '正在进行,立即登记' : `${opensOn} 开始时登记`
  const word = wordOf === null ? '' : `(据 ${wordOf} 说明)`
  const original = originalDueOn === null ? '' : `(原定 ${originalDueOn})`
  return `已过期 → ${BEGIN_CHOICE_LABELS[begunAs]}${word}${original}`
}

function itemWords({ offices, dueOn, begunAs }: PreviewedItem): string {
  const how = begunAs === 'done-before' ? '登记为已办结,不发邮件' : `${dueOn} 到期`
  return `${offices} 件,${how}`
}

function firstRoundWords({ firstRoundAt, mails }: Pick<LaunchPreview, 'firstRoundAt' | 'mails'>): string[] {
  if (firstRoundAt === null) return ['两周之内没有人会因此收到邮件。']
  return [
    `第一批邮件 ${beijingText(firstRoundAt)}(北京时间),${mails.length} 人:`,
    ...mails.map(
      ({ officeName, name, lines, obligations }) => `    ${officeName} ${name}:${lines} 行,${obligations} 件`,
    ),
  ]
}

function heldWords(mailState: LaunchPreview['mailState']): string[] {
  return mailState === 'preparing' ? ['准备中:邮件尚未开放,到管理员开放以后的下一批才发出。'] : []
}
