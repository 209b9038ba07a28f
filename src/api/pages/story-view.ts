import type { StoryLine } from '../../services/obligations/detail.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { beijingText, type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { momentLabel, momentSeriesLabel } from '../../domain/escalation/moment-label.ts'
import { provisionalMark } from '../../domain/time/provisional.ts'
import type { Moment } from '../../domain/escalation/moments.ts'
import { eventLabel } from '../../domain/obligation/action-labels.ts'
import { CONTENT_LABELS, type ContentField } from '../../domain/obligation/changes.ts'
import { type Level, LEVEL_LABELS, OUTCOME_LABELS, type Outcome } from '../../domain/obligation/vocabulary.ts'
import type { ShownStep } from '../obligations/history.ts'
import { html, type Html } from './shell.ts'

export type Told = {
  story: readonly StoryLine[]
  steps: readonly ShownStep[]
  upcoming: readonly Moment[]
  now: Instant
  calendar: Calendar
}

/**
 * `series`: the row of like lines it belongs to. `lost`: a mail was not delivered. `said`: the words given with
 * the step.
 */
type Line = { at: Instant; words: string; series: string; lost: boolean; said: readonly string[] }

/** This many like lines in a row are shown; more are folded. */
const READ_SINGLY = 2

/**
 * What happened, who was told, and what comes next, with a “now” line. Runs of like lines are folded; none is
 * left out.
 */
export function storyTable({ story, steps, upcoming, now, calendar }: Told): Html {
  const stepOf = new Map(steps.map((step) => [step.id, step]))
  return html`<table>
      <tbody>
        ${runsOf(story.map((line) => lineOf(line, stepOf.get(line.nth)))).map((run) => rowsOf(run))}
        <tr>
          <td class="time">${beijingText(now)}</td>
          <td><b>━ 现在 ━</b></td>
        </tr>
        ${runsOf(upcoming.map((moment) => lineAhead(moment, calendar))).map((run) => rowsOf(run, 'quiet'))}
      </tbody>
    </table>
    <p class="quiet">✉ 后面是通知到的人:✓ 邮件服务器已收下,✗ 没有送达。</p>`
}

function lineOf({ at, form, name, actor, told }: StoryLine, step: ShownStep | undefined): Line {
  if (form)
    return {
      at,
      words: `${momentLabel(form)} ✉ ${told ?? '无人需知会'}`,
      series: momentSeriesLabel(form),
      lost: told?.includes('✗') ?? false,
      said: [],
    }
  const words = `${eventLabel(name)}(${actor ?? ''})`
  return { at, words, series: words, lost: false, said: step ? saidWith(step) : [] }
}

type Detail = {
  outcome?: Outcome
  counts?: Record<string, number>
  /** How it began in the middle of a year (src/services/campaigns/begin-items.ts). */
  wordOf?: string
  originalDueOn?: Day
  /** What a file corrected (src/services/imports/apply-changes.ts). */
  import?: string
  fields?: { field: ContentField; before: string | null; after: string | null }[]
}

/** The outcome, the counts, and the words of whoever acted. */
function saidWith({ detail, text }: ShownStep): string[] {
  const { outcome, counts = {}, wordOf, originalDueOn, fields = [] } = detail as Detail
  const counted = Object.entries(counts).map(([name, n]) => `${name} ${n}`)
  return [
    ...(outcome ? [`结论:${OUTCOME_LABELS[outcome]}`] : []),
    ...(counted.length > 0 ? [counted.join('、')] : []),
    ...(wordOf ? [`据 ${wordOf} 说明`] : []),
    ...(originalDueOn ? [`原定 ${originalDueOn} 到期`] : []),
    ...fields.map(correctedWords),
    ...(text ? [text] : []),
  ]
}

/** A moment ahead is counted in working days, so it may move until its year's notice is known. */
function lineAhead({ at, form }: Moment, calendar: Calendar): Line {
  const mark = provisionalMark(dayOf(at), calendar)
  return {
    at,
    words: `将:${momentLabel(form)}${mark}`,
    series: `将:${momentSeriesLabel(form)}${mark}`,
    lost: false,
    said: [],
  }
}

/** Words that somebody gave are never folded away. */
function runsOf(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = []
  for (const line of lines) {
    const run = runs.at(-1)
    const like = run?.[0]?.series === line.series && run.at(-1)?.said.length === 0
    if (like && line.said.length === 0) run.push(line)
    else runs.push([line])
  }
  return runs
}

function rowsOf(run: readonly Line[], look = ''): Html | Html[] {
  return run.length > READ_SINGLY ? foldedRow(run, look) : run.map((line) => lineRow(line, look))
}

function lineRow({ at, words, said }: Line, look: string): Html {
  return html`<tr class="${look}">
    <td class="time">${beijingText(at)}</td>
    <td>${words}${said.map((text) => html`<div class="said">${text}</div>`)}</td>
  </tr>`
}

/** A failed delivery is never folded away. */
function foldedRow(run: readonly Line[], look: string): Html {
  const [first, last] = [run[0] as Line, run.at(-1) as Line]
  const lost = run.filter((line) => line.lost).length
  return html`<tr class="${look}">
    <td class="time">${beijingText(first.at)}<br />至 ${beijingText(last.at)}</td>
    <td>
      <details>
        <summary>
          ${first.series} ${run.length}
          次${lost > 0 ? html`,<span class="late">${lost} 次有人未送达</span>` : null}
        </summary>
        <table class="cards">
          <tbody>
            ${run.map((line) => lineRow(line, look))}
          </tbody>
        </table>
      </details>
    </td>
  </tr>`
}

/** A level old and new; of all else that it changed. */
function correctedWords({ field, before, after }: NonNullable<Detail['fields']>[number]): string {
  if (field === 'level' && before !== null && after !== null)
    return `${CONTENT_LABELS.level}由${LEVEL_LABELS[before as Level]}改为${LEVEL_LABELS[after as Level]}`
  if (field === 'issued' && before !== null && after !== null) return `发布时间由 ${before} 改为 ${after}`
  return `${CONTENT_LABELS[field]}有变`
}
