import type { ObligationBody } from '../../contract/api/obligations.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { type Instant, weekdayWord } from '../../domain/time/days.ts'
import { type ClockCode, type ClockStatus, clockStatus } from '../../domain/obligation/clock-status.ts'
import { LEVEL_LABELS, type Level } from '../../domain/obligation/vocabulary.ts'
import { html, type Html } from './shell.ts'

export type AsOfNow = { calendar: Calendar; now: Instant }

/** Obligations as rows, each with a link to its page. */
export function matterTable(matters: readonly ObligationBody[], asOf: AsOfNow): Html {
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
      ${matters.map((matter) => matterRow(matter, asOf))}
    </tbody>
  </table>`
}

function matterRow(m: ObligationBody, asOf: AsOfNow): Html {
  const { dueOn } = m.holder ?? m
  return html`<tr>
    <td class="quiet unbroken">${m.externalId ?? '–'}</td>
    <td>
      ${levelTag(m.level)} <a href="/obligations/${m.id}">${m.title}</a>
      ${m.subject ? html`<span class="unbroken">${m.subject.name}</span>` : null}
    </td>
    <td class="unbroken">${m.office.name}</td>
    <td class="time" data-label="截止(含当日)">
      ${dueOn} ${weekdayWord(dueOn)}${m.provisional ? '(暂定)' : ''}
    </td>
    <td class="unbroken">${clockWords(m, asOf)}</td>
    <td data-label="由谁办">${holderWords(m)}</td>
    <td class="unbroken">${m.labels.state}</td>
  </tr>`
}

export function levelTag(level: Level | null): Html | null {
  return level && html`<span class="level ${level}">${LEVEL_LABELS[level].slice(0, 1)}</span>`
}

function holderWords({ holder: held, labels }: ObligationBody): string {
  if (held === null) return '–'
  return `${held.office.name}${held.person ? ` ${held.person.name}` : ''}(${labels.assignment})`
}

function clockWords(m: ObligationBody, { calendar, now }: AsOfNow): Html {
  const { dueOn, dueAt } = m.holder ?? m
  const { state, everLate } = m
  return clockTag(clockStatus({ state, everLate, dueOn, dueAt: Date.parse(dueAt) }, calendar, now))
}

export function clockTag({ code, shape, words }: ClockStatus): Html {
  return html`<span class="${COLOUR_OF[code]}">${shape} ${words}</span>`
}

/**
 * Shape and words distinguish the states; colour only helps. What was done late stays amber, since it is no
 * success.
 */
const COLOUR_OF: Record<ClockCode, string> = {
  'not-due': 'quiet',
  'due-soon': 'soon',
  'due-today': 'soon',
  overdue: 'late',
  'review-late': 'soon',
  done: 'done',
  'done-late': 'soon',
  suspended: 'quiet',
  cancelled: 'quiet',
}
