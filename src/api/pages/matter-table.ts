import type { ObligationBody } from '../../contract/api/obligations.ts'
import { type Day, weekday } from '../../domain/days.ts'
import { SOON_WORKING_DAYS } from '../../domain/standing.ts'
import { isPerforming } from '../../domain/two-clocks.ts'
import { LEVEL_LABELS, type Level } from '../../domain/words.ts'
import { html, type Html } from './shell.ts'

/** Matters as rows, each leading to its page. */
export function matterTable(matters: readonly ObligationBody[], today: Day): Html {
  return html`<table class="cards">
    <thead>
      <tr>
        <th>编号</th>
        <th>事项</th>
        <th>单位</th>
        <th>截止(含当日)</th>
        <th>时限</th>
        <th>由谁办</th>
        <th>状态</th>
      </tr>
    </thead>
    <tbody>
      ${matters.map((matter) => matterRow(matter, today))}
    </tbody>
  </table>`
}

function matterRow(m: ObligationBody, today: Day): Html {
  const { dueOn } = m.holder ?? m
  return html`<tr>
    <td class="quiet unbroken">${m.externalId ?? '–'}</td>
    <td>
      ${levelTag(m.level)} <a href="/obligations/${m.id}">${m.title}</a>
      ${m.subject ? html`<span class="unbroken">${m.subject.name}</span>` : null}
    </td>
    <td class="unbroken">${m.office.name}</td>
    <td class="time" data-label="截止(含当日)">
      ${dueOn} ${WEEKDAYS[weekday(dueOn)]}${m.provisional ? '(暂定)' : ''}
    </td>
    <td class="unbroken">${standing(m, today)}</td>
    <td data-label="由谁办">${holder(m)}</td>
    <td class="unbroken">${m.labels.state}</td>
  </tr>`
}

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

export function levelTag(level: Level | null): Html | null {
  return level && html`<span class="level ${level}">${LEVEL_LABELS[level].slice(0, 1)}</span>`
}

function holder({ holder: held, labels }: ObligationBody): string {
  if (held === null) return '–'
  return `${held.office.name}${held.person ? ` ${held.person.name}` : ''}(${labels.assignment})`
}

/** Shape and words, never colour alone. A late review is the reviewer's: it does not make the matter overdue. */
function standing(m: ObligationBody, today: Day): Html {
  if (m.state === 'accepted')
    return m.everLate ? html`<span class="soon">✓ 迟办</span>` : html`<span class="done">✓ 按期办结</span>`
  if (m.holder === null) return html`<span class="quiet">–</span>`
  if (m.overdue)
    return html`<span class="late"
      >▲ ${m.overdueWorkingDays > 0 ? `逾期 ${m.overdueWorkingDays} 个工作日` : '已逾期'}</span
    >`
  const { dueOn, assignment } = m.holder
  const review = isPerforming(assignment) ? '' : '复核'
  if (dueOn < today) return html`<span class="soon">◔ ${review}已过期限</span>`
  if (dueOn === today) return html`<span class="soon">◔ ${review}今日到期</span>`
  const left = m.remainingWorkingDays
  const words = left > 0 ? `${review}还剩 ${left} 个工作日` : `${review}假日到期`
  return left > SOON_WORKING_DAYS
    ? html`<span class="quiet">○ ${words}</span>`
    : html`<span class="soon">◔ ${words}</span>`
}
