import type { ObligationBody } from '../../contract/api/obligations.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { dayOf, type Instant, weekdayWord } from '../../domain/time/days.ts'
import { provisionalMark } from '../../domain/time/provisional.ts'
import { type ClockCode, type ClockStatus, clockStatus } from '../../domain/obligation/clock-status.ts'
import { LEVEL_LABELS, type Level } from '../../domain/obligation/vocabulary.ts'
import type { DaySort } from '../../services/obligations/search.ts'
import { html, type Html } from './shell.ts'

export type AsOfNow = { calendar: Calendar; now: Instant }
/** `sort`: the order the rows are in. `resort`: the address of the same rows in another order, where the page has one. */
export type TableOrder = {
  sort: DaySort
  resort?: (sort: 'dueAt' | '-dueAt' | 'issuedAt' | '-issuedAt') => string
}

/** Obligations as rows, each with a link to its page. The column of days is the one that the rows are sorted by. */
export function obligationTable(
  obligations: readonly ObligationBody[],
  asOf: AsOfNow,
  order: TableOrder,
): Html {
  return html`<table class="cards">
    <thead>
      <tr>
        <th scope="col">编号</th>
        <th scope="col">事项</th>
        <th scope="col">单位</th>
        ${dayHead(order)}
        <th scope="col">时限</th>
        <th scope="col">由谁办</th>
        <th scope="col">状态</th>
      </tr>
    </thead>
    <tbody>
      ${obligations.map((obligation) => obligationRow(obligation, asOf, order))}
    </tbody>
  </table>`
}

const DAY_HEADS = { holderDueAt: '截止(含当日)', dueAt: '事项截止(含当日)', issuedAt: '签发' } as const
type DayColumn = keyof typeof DAY_HEADS

function dayColumn({ sort }: TableOrder): DayColumn {
  return sort.replace('-', '') as DayColumn
}

/** The arrow says which way; where another order can be asked for, the head leads to the opposite one. */
function dayHead(order: TableOrder): Html {
  const column = dayColumn(order)
  const down = order.sort.startsWith('-')
  const words = `${DAY_HEADS[column]} ${down ? '↓' : '↑'}`
  const opposite = column === 'holderDueAt' ? '-dueAt' : down ? column : (`-${column}` as const)
  const head = order.resort ? html`<a href="${order.resort(opposite)}">${words}</a>` : words
  return html`<th scope="col" aria-sort="${down ? 'descending' : 'ascending'}">${head}</th>`
}

function obligationRow(obligation: ObligationBody, asOf: AsOfNow, order: TableOrder): Html {
  return html`<tr>
    <td class="quiet unbroken">${obligation.externalId ?? '–'}</td>
    <td>
      ${levelTag(obligation.level)} <a href="/obligations/${obligation.id}">${obligation.title}</a>
      ${obligation.subject ? html`<span class="unbroken">${obligation.subject.name}</span>` : null}
    </td>
    <td class="unbroken">${obligation.office.name}</td>
    ${dayCell(obligation, asOf, dayColumn(order))}
    <td class="unbroken">${clockWords(obligation, asOf)}</td>
    <td data-label="由谁办">${holderWords(obligation)}</td>
    <td class="unbroken">${obligation.labels.state}</td>
  </tr>`
}

/** Where the rows are sorted by the obligation's own day and whoever holds it has another one, that stands below. */
function dayCell(obligation: ObligationBody, { calendar }: AsOfNow, column: DayColumn): Html {
  const { holder: held, dueOn, provisional } = obligation
  const day = (shown: string, moves: boolean) =>
    `${shown} ${weekdayWord(shown)}${moves ? provisionalMark(shown, calendar) : ''}`
  const own = held && column === 'holderDueAt' ? held : { dueOn, provisional }
  const shown =
    column === 'issuedAt'
      ? day(dayOf(Date.parse(obligation.issuedAt)), false)
      : day(own.dueOn, own.provisional)
  const other = column === 'dueAt' && held && held.dueOn !== dueOn ? held : null
  return html`<td class="time" data-label="${DAY_HEADS[column]}">
    ${shown}${other && html`<br />${obligation.labels.assignment} ${day(other.dueOn, other.provisional)}`}
  </td>`
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
