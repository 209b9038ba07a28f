import type { ObligationBody } from '../../contract/api/obligations.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { type Instant, weekdayWord } from '../../domain/time/days.ts'
import { provisionalMark } from '../../domain/time/provisional.ts'
import { type ClockCode, type ClockStatus, clockStatus } from '../../domain/obligation/clock-status.ts'
import { LEVEL_LABELS, type Level } from '../../domain/obligation/vocabulary.ts'
import { html, type Html } from './shell.ts'

export type AsOfNow = { calendar: Calendar; now: Instant }

/** Obligations as rows, each with a link to its page. */
export function obligationTable(obligations: readonly ObligationBody[], asOf: AsOfNow): Html {
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
      ${obligations.map((obligation) => obligationRow(obligation, asOf))}
    </tbody>
  </table>`
}

function obligationRow(obligation: ObligationBody, asOf: AsOfNow): Html {
  const { dueOn, provisional } = obligation.holder ?? obligation
  return html`<tr>
    <td class="quiet unbroken">${obligation.externalId ?? '–'}</td>
    <td>
      ${levelTag(obligation.level)} <a href="/obligations/${obligation.id}">${obligation.title}</a>
      ${obligation.subject ? html`<span class="unbroken">${obligation.subject.name}</span>` : null}
    </td>
    <td class="unbroken">${obligation.office.name}</td>
    <td class="time" data-label="截止(含当日)">
      ${dueOn} ${weekdayWord(dueOn)}${provisional ? provisionalMark(dueOn, asOf.calendar) : ''}
    </td>
    <td class="unbroken">${clockWords(obligation, asOf)}</td>
    <td data-label="由谁办">${holderWords(obligation)}</td>
    <td class="unbroken">${obligation.labels.state}</td>
  </tr>`
}

export function levelTag(level: Level | null): Html | null {
  return level && html`<span class="level ${level}">${LEVEL_LABELS[level].slice(0, 1)}</span>`
}

function holderWords({ holder: held, labels }: ObligationBody): string {
  if (held === null) return '–'
  return `${held.office.name}${held.person ? ` ${held.person.name}` : ''}(${labels.assignment})`
}

function clockWords(obligation: ObligationBody, { calendar, now }: AsOfNow): Html {
  const { dueOn, dueAt } = obligation.holder ?? obligation
  const { state, everLate } = obligation
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
