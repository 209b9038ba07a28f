import type { HoldState } from '../../services/notifications/mail-holds.ts'
import type { LatestMail } from '../../services/notifications/mail-overview.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import type { ShownClock } from '../../domain/time/clock.ts'
import { beijingText, type Instant } from '../../domain/time/days.ts'
import type { WorkQueue } from '../../domain/obligation/vocabulary.ts'
import type { ObligationPage } from '../obligations/read.ts'
import { openMailButton, PREPARING } from './mail-opening.ts'
import { listAddress } from './list-address.ts'
import { mailHoldAlarm } from './mail-hold-view.ts'
import { type AsOfNow, obligationTable } from './obligation-table.ts'
import type { OfficeLine } from '../../services/obligations/office-totals.ts'
import { officeTable } from './office-table.ts'
import { type Part, partsTable } from './parts.ts'
import type { HtmlValue } from './html.ts'
import { html, type Html, type PageOptions } from './shell.ts'
import { type PhaseView, timelineTable } from './timeline-view.ts'
import { type TrailView, trailView } from './trail-view.ts'
import type { Section } from '../../domain/people/home-sections.ts'

export type StatusView = {
  actor: Actor
  /** The sections they see, in order. */
  sections: readonly Section[]
  now: Instant
  calendar: Calendar
  clockMode: ShownClock
  demo: boolean
  /** The first county of theirs whose mail is still held. */
  preparing: { office: string; name: string; mayOpen: boolean } | null
  trialMail: boolean
  parts: Part[]
  campaign: { title: string; phases: PhaseView[] } | null
  offices: OfficeLine[]
  /** The county that `offices` are of. */
  county: string
  /** The first rows of each; null when the page does not show them. */
  held: ObligationPage | null
  late: ObligationPage | null
  trail: TrailView | null
  mails: LatestMail[]
  mailCounts: { state: string; n: number }[]
  /** The counties whose mail is held. */
  holds: HoldState[]
  gap: number | null
  pendingPokes: number
  temporalUi: string | null
}

/** So many weeks the trend of what is late goes back, this one included. */
export const TREND_WEEKS = 8
/** The period in which mails are counted; the rows below are the latest, however old. */
export const MAIL_DAYS = 7

const MAIL_STATES: Record<string, Html> = {
  queued: html`<span class="soon">◔ 待发</span>`,
  sending: html`<span class="soon">◔ 发送中</span>`,
  accepted: html`<span class="done">✓ 已送达服务器</span>`,
  failed: html`<span class="late">▲ 无法送达</span>`,
  archived: html`<span class="quiet">演示存档</span>`,
  superseded: html`<span class="quiet">↻ 已由新的一封代替</span>`,
  moot: html`<span class="quiet">– 已办结,没有再发</span>`,
}

/**
 * The first page, which differs by role: own work, late work, the timeline, mails, the audit trail, accounts.
 * For everybody it says whether anything is unwatched.
 */
export function statusPage(view: StatusView): PageOptions {
  const starting = view.parts.some((p) => p.state !== 'ready')
  const body = html`<h1>
      ${view.campaign?.title ?? '督办'}
      <span class="quiet">北京时间 ${beijingText(view.now)}${clockWords(view)}</span>
    </h1>
    ${view.preparing?.mayOpen ? openMailButton(view.preparing) : null}
    ${mailHoldAlarm(view.holds, view.actor.permissions.has('mails:manage'))}
    ${view.sections.map((section) => SECTIONS[section](view))}
    <h2>系统</h2>
    <p>${checkWords(view)}</p>
    ${starting || view.sections.includes('parts') ? partsTable(view.parts) : null}`
  return {
    title: '概况',
    here: '/',
    banner: banner(view),
    more:
      view.temporalUi && view.sections.includes('parts')
        ? [{ href: view.temporalUi, label: 'Temporal 页面' }]
        : [],
    refresh: starting ? 3 : 30,
    body,
  }
}

const SECTIONS: Record<Section, (view: StatusView) => Html | null> = {
  held: ({ held, ...asOf }) =>
    held &&
    firstRows({ title: '我要办的', none: '现在没有轮到您单位的事项。', standing: 'held', ...held }, asOf),
  late: ({ late, ...asOf }) =>
    late && firstRows({ title: '逾期的', none: '没有逾期的事项。', standing: 'overdue', ...late }, asOf),
  offices,
  timeline: ({ campaign, now }) =>
    html`<h2>阶段</h2>
      ${campaign ? timelineTable(campaign.phases, now) : emptyCampaign()}`,
  mails,
  trail: ({ trail }) => trail && trailView(trail),
  accounts: administration,
  // Shown below, with the standing check.
  parts: () => null,
}

type Few = { title: string; none: string; standing: WorkQueue } & ObligationPage

/** The most urgent rows of the whole list. */
function firstRows({ title, none, standing, items, nextCursor }: Few, asOf: AsOfNow): Html {
  const more = nextCursor === null ? '在列表中查看' : '查看全部'
  return html`<h2>${title} <span class="quiet">最早到期的在前</span></h2>
    ${items.length > 0 ? obligationTable(items, asOf, { sort: 'holderDueAt' }) : html`<p class="quiet">${none}</p>`}
    <p class="more bar">
      ${items.length > 0 ? html`<a href="${listAddress({ standing })}">${more}</a>` : null}
      <a href="${listAddress({ standing: 'unfinished' })}">全部未办结的</a>
    </p>`
}

function offices(view: StatusView): Html {
  return html`<h2>各单位 ${scopeWords(view)}</h2>
    ${view.offices.length > 0 ? officeTable(view.offices, view.county, TREND_WEEKS) : html`<p class="quiet">还没有督办事项。导入平台预警(<code>npm run duban -- import 文件.csv</code>)或等阶段开始。</p>`}`
}

function mails(view: StatusView): Html {
  return html`<h2>最近的邮件 <span class="quiet">${mailSummary(view.mailCounts)}</span></h2>
    ${view.mails.length > 0 ? mailTable(view.mails) : html`<p class="quiet">还没有邮件。</p>`}`
}

/** A town's counts and gates are its own; the page says so, lest somebody take them for the county's. */
function scopeWords({ actor }: StatusView): Html | null {
  const whole = actor.scope.counties.every((county) => actor.scope.offices.includes(county))
  return whole ? null : html`<span class="quiet">件数和关口只含您范围内的事项</span>`
}

/** The administrator configures and sees no household. */
function administration({ parts }: StatusView): Html {
  return html`${parts.filter(({ attention }) => attention).map(({ detail }) => html`<p class="soon" role="note">◔ ${detail ?? ''}</p>`)}
    <p>您的角色管理人员、密钥和配置,看不到督办事项和困难群众的信息。</p>
    <ul>
      <li>
        <a href="/users">人员账号</a>:新建、角色、停用、重设密码;也可以用 <code>/v1/users</code> 或
        <code>npm run duban -- user</code>
      </li>
      <li>接口密钥:<code>GET /v1/api-keys</code> 或 <code>npm run duban -- api-key list</code></li>
    </ul>`
}

function banner({ demo, trialMail, clockMode, preparing }: StatusView): string | undefined {
  const said = [
    demo ? '演示数据:人和户都是虚构的' : '',
    preparing ? PREPARING : '',
    clockMode === 'behind'
      ? '开始演示的那天休息,显示的是前一个工作日的情况,工作日重新启动后回到真实时间'
      : '',
    trialMail ? '试用模式:邮件并未真正发出' : '',
  ].filter(Boolean)
  return said.length > 0 ? `${said.join(';')}。` : undefined
}

function clockWords({ clockMode }: StatusView): string {
  return { wall: '', rate: '(加速时钟)', stepped: '(步进时钟)', behind: '(演示时间)' }[clockMode]
}

function emptyCampaign(): Html {
  return html`<p class="quiet">还没有行动。用 <code>POST /v1/campaigns</code> 按模板新建一年。</p>`
}

function mailSummary(counts: StatusView['mailCounts']): Html {
  return html`${counts.length > 0 ? `近 ${MAIL_DAYS} 天:` : null}${counts.map((c) => html`${MAIL_STATES[c.state]} ${c.n} 封 `)}`
}

function mailTable(mails: readonly LatestMail[]): Html {
  return html`<table class="cards">
    <thead>
      <tr>
        <th>时间</th>
        <th>收件人</th>
        <th>主题</th>
        <th>结果</th>
        <th class="wide">对方服务器答复</th>
      </tr>
    </thead>
    <tbody>
      ${mails.map(
        (m) =>
          html`<tr>
            <td class="time">${beijingText(m.composedAt)}</td>
            <td class="unbroken">${m.toName}</td>
            <td><a href="/mails/${m.id}">${m.subject}</a></td>
            <td class="unbroken">${mailState(m)}</td>
            <td class="quiet wide">${m.reply ?? ''}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** A mail that the server had taken and that came back is said as such; so is one refused for what is in it. */
function mailState({ state, bouncedAt, refusalAbout }: LatestMail): HtmlValue {
  if (bouncedAt !== null) return html`<span class="late">▲ 已退回</span>`
  if (state === 'failed' && refusalAbout === 'mail') return html`<span class="late">▲ 这封邮件被拒收</span>`
  if (state === 'queued' && refusalAbout === 'reader')
    return html`<span class="soon">◔ 对方邮箱暂不收,继续投递</span>`
  return MAIL_STATES[state] ?? state
}

function checkWords({ gap, pendingPokes }: StatusView): Html {
  const waiting =
    pendingPokes > 0 ? html` <span class="soon">有 ${pendingPokes} 条变动等待引擎处理。</span>` : ''
  if (gap === null) return html`<span class="soon">◔ 常态核查尚未运行。</span>${waiting}`
  if (gap > 0) return html`<span class="late">▲ 常态核查:${gap} 项一度无人盯,已重新盯上。</span>${waiting}`
  return html`<span class="done">✓ 常态核查:全部在办事项均有人盯、有时限。</span>${waiting}`
}
