import type { ObligationBody, ObligationDetail } from '../../contract/api/obligations.ts'
import type { ItemRow, StoryLine } from '../../services/obligations/detail.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { beijingText, type Instant } from '../../domain/time/days.ts'
import { fixedReceipt, receipt, type Receipt } from '../../domain/time/receipt.ts'
import type { Moment } from '../../domain/escalation/moments.ts'
import { clockStatus, isOver } from '../../domain/obligation/clock-status.ts'
import { isClosed, LEVEL_LABELS, STATE_LABELS, STAGE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { ShownStep } from '../obligations/history.ts'
import { html, type Html, OBLIGATIONS, type PageOptions } from './shell.ts'
import { storyTable } from './story-view.ts'
import { clockTag, levelTag } from './obligation-table.ts'

export type ItemView = {
  item: ItemRow
  /** Masked; null when there is no household, or the reader may not see it. */
  subject: ObligationBody['subject']
  /** What its import did not understand. */
  remarks: ObligationDetail['remarks']
  story: StoryLine[]
  steps: ShownStep[]
  upcoming: Moment[]
  calendar: Calendar
  now: Instant
}

/** The page of one obligation: what it is, its clock status, its history with a “now” line, and its receipt. */
export function itemPage(view: ItemView): PageOptions {
  const { item } = view
  const why = receiptOf(item, view.calendar)
  const body = html`<p class="quiet">
      <a href="/">概况</a> · <a href="${OBLIGATIONS.href}">${OBLIGATIONS.label}</a>
    </p>
    <h1>
      ${levelTag(item.level)} ${item.officeName} ${item.title}
      ${item.externalId ? html`<span class="quiet">${item.externalId}</span>` : ''}
    </h1>
    <dl>
      ${
        view.subject &&
        html`<dt>户</dt>
          <dd>${view.subject.name || '已抹去(保存期满)'}</dd>`
      }
      <dt>状态</dt>
      <dd>${statusWords(view)}</dd>
      <dt>由谁办</dt>
      <dd>${holderWords(item)}</dd>
      ${performerRow(item)} ${remarksRow(view.remarks)}
      <dt>${item.stage === 'review' ? '复核截止' : '截止'}</dt>
      <dd>${item.dueOn} 24:00 北京时间${why.provisional ? '(暂定:当年放假安排尚未公布)' : ''}</dd>
    </dl>
    ${isClosed(item.state) ? null : html`<p><a href="/app/obligations/${item.id}">去办理(签收、提交、复核、退回)</a></p>`}
    <div class="columns">
      <section>
        <h2>经过</h2>
        ${storyTable(view)}
      </section>
      <section>
        <h2>${item.stage === 'review' ? '复核' : ''}为什么是 ${item.dueOn}</h2>
        ${receiptView(why, item)}
      </section>
    </div>`
  return { title: item.title, body, refresh: 300 }
}

function receiptOf({ startOn, dueOn, workingDays }: ItemRow, calendar: Calendar): Receipt {
  return workingDays === null ? fixedReceipt(startOn, dueOn) : receipt(startOn, { workingDays }, calendar)
}

/** The state, and the clock status unless it is the same word. */
function statusWords({ item, calendar, now }: ItemView): Html {
  const [state, face] = [STATE_LABELS[item.state], clockStatus(item, calendar, now)]
  return html`${face.words === state ? null : `${state} `}${clockTag(face)}`
}

/** Nobody, once it is closed: the row of a closed obligation names its last holder. */
function holderWords(item: ItemRow): string {
  if (isClosed(item.state) || item.holderName === null) return '–'
  return `${item.holderName}${item.stage ? `(${STAGE_LABELS[item.stage]})` : ''}`
}

/**
 * During a review the reviewer's clock runs; the performer's has stopped, and the page says so
 * (src/domain/obligation/turn-clocks.ts).
 */
function performerRow({ stage, performDueOn, performDueAt, performEndedAt }: ItemRow): Html | null {
  if (stage !== 'review' || performDueOn === null || performDueAt === null || performEndedAt === null)
    return null
  const late = isOver({ dueAt: performDueAt }, performEndedAt)
  return html`<dt>承办截止</dt>
    <dd>
      ${performDueOn} 24:00 北京时间,${beijingText(performEndedAt)}
      <span class="${late ? 'soon' : 'done'}">${late ? '迟交' : '✓ 按时提交'}</span>
    </dd>`
}

/** What whoever visits the household should look after. */
function remarksRow(remarks: ItemView['remarks']): Html | null {
  if (remarks.length === 0) return null
  return html`<dt>导入备注</dt>
    ${remarks.map(({ column, message }) => html`<dd>${column}:${message}</dd>`)}`
}

function receiptView(why: Receipt, item: ItemRow): Html {
  return item.workingDays === null ? fixedDay(item) : countedDays(why, item, item.workingDays)
}

/** Nothing is counted: the document names the day. */
function fixedDay({ basis, dueOn }: ItemRow): Html {
  return html`<p>固定日期:${monthDay(dueOn)} 24:00 截止,含当日,不按工作日推算。</p>
    <dl>
      <dt>依据</dt>
      <dd>${basis ?? '登记时确定的日期'}</dd>
    </dl>`
}

function countedDays(why: Receipt, item: ItemRow, workingDays: number): Html {
  return html`<p>
      ${limitOf(item)}限 ${workingDays} 个工作日:从 ${why.start} 的次日起算,第 ${workingDays} 个工作日 24:00
      截止。
    </p>
    <dl>
      <dt>计入</dt>
      <dd>${why.counted.map((d, i) => `${monthDay(d)}${i + 1 === why.counted.length ? '' : '、'}`)}</dd>
      <dt>不计</dt>
      <dd>
        ${why.skipped.length === 0 ? '–' : why.skipped.map((s) => `${monthDay(s.day)}${s.name ? `(${s.name})` : ''} `)}
      </dd>
      <dt>调休上班</dt>
      <dd>${why.madeUp.length === 0 ? '–' : why.madeUp.map((m) => `${monthDay(m.day)}(${m.name}) `)}</dd>
      <dt>依据</dt>
      <dd>
        ${item.policyName},第 ${item.policyVersion}
        版${item.example && !item.policyName.includes('示例') ? ';示例规则,不是国家规定' : ''}
      </dd>
    </dl>`
}

/** Whose limit it is: 红色承办, 复核. */
function limitOf({ level, stage }: ItemRow): string {
  const grave = stage === 'review' || level === null ? '' : LEVEL_LABELS[level]
  return `${grave}${stage === null ? '' : STAGE_LABELS[stage]}`
}

function monthDay(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`
}
