import { beijingText, type Instant } from '../../domain/days.ts'
import type { LatestMail, OfficeCounts } from '../../db/overview-store.ts'
import { type Part, partsTable } from './parts.ts'
import type { Actor } from '../../domain/access.ts'
import { html, type Html, type PageOptions } from './shell.ts'
import { type PhaseView, timelineTable } from './timeline-view.ts'

export type StatusView = {
  actor: Actor
  now: Instant
  clockMode: 'wall' | 'rate' | 'stepped'
  demo: boolean
  trialMail: boolean
  parts: Part[]
  campaign: { title: string; phases: PhaseView[] } | null
  offices: (OfficeCounts & { longest: number })[]
  mails: LatestMail[]
  mailCounts: { state: string; n: number }[]
  gap: number | null
  pendingPokes: number
  temporalUi: string | null
}

const MAIL_STATES: Record<string, Html> = {
  queued: html`<span class="soon">◔ 待发</span>`,
  sending: html`<span class="soon">◔ 发送中</span>`,
  accepted: html`<span class="done">✓ 已送达服务器</span>`,
  failed: html`<span class="late">▲ 无法送达</span>`,
  archived: html`<span class="quiet">演示存档</span>`,
}

/** The first page: what runs, where the year stands, who is late, what mail went out, and whether anything is unwatched. */
export function statusPage(view: StatusView): PageOptions {
  const starting = view.parts.some((p) => p.state !== 'ready')
  const body = html`<h1>
      ${view.campaign?.title ?? '督办'}
      <span class="quiet">北京时间 ${beijingText(view.now)}${clockWords(view)}</span>
    </h1>
    ${view.actor.permissions.has('obligations:read') ? work(view) : administration()}
    <h2>系统</h2>
    <p>${checkWords(view)}</p>
    ${partsTable(view.parts)}`
  return {
    title: '概况',
    here: '/',
    banner: banner(view),
    more: view.temporalUi ? [{ href: view.temporalUi, label: 'Temporal 页面' }] : [],
    refresh: starting ? 3 : 30,
    body,
  }
}

function work(view: StatusView): Html {
  return html`${view.campaign ? timelineTable(view.campaign.phases, view.now) : emptyCampaign()}
    <h2>各单位 ${scopeWords(view)}</h2>
    ${view.offices.length > 0 ? officeTable(view.offices) : html`<p class="quiet">还没有督办事项。导入平台预警(<code>npm run duban -- import 文件.csv</code>)或等阶段开始。</p>`}
    <h2>最近的邮件 <span class="quiet">${mailSummary(view.mailCounts)}</span></h2>
    ${view.mails.length > 0 ? mailTable(view.mails) : html`<p class="quiet">还没有邮件。</p>`}`
}

/** A town's counts and gates are its own; said, so that nobody takes them for the county's. */
function scopeWords({ actor }: StatusView): Html | null {
  const whole = actor.scope.counties.every((county) => actor.scope.offices.includes(county))
  return whole ? null : html`<span class="quiet">件数和关口只含您范围内的事项</span>`
}

/** The administrator configures and sees no household. */
function administration(): Html {
  return html`<p>您的角色管理人员、密钥和配置,看不到督办事项和困难群众的信息。</p>
    <ul>
      <li>
        <a href="/users">人员账号</a>:新建、角色、停用、重设密码;也可以用 <code>/v1/users</code> 或
        <code>npm run duban -- user</code>
      </li>
      <li>接口密钥:<code>GET /v1/api-keys</code> 或 <code>npm run duban -- key list</code></li>
    </ul>`
}

function banner({ demo, trialMail }: StatusView): string | undefined {
  const said = [demo ? '演示数据:人和户都是虚构的' : '', trialMail ? '试用模式:邮件并未真正发出' : ''].filter(
    Boolean,
  )
  return said.length > 0 ? `${said.join(';')}。` : undefined
}

function clockWords({ clockMode }: StatusView): string {
  return { wall: '', rate: '(加速时钟)', stepped: '(步进时钟)' }[clockMode]
}

function emptyCampaign(): Html {
  return html`<p class="quiet">还没有行动。用 <code>POST /v1/campaigns</code> 按模板新建一年。</p>`
}

function officeTable(offices: StatusView['offices']): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>单位</th>
          <th class="num">红</th>
          <th class="num">橙</th>
          <th class="num">黄</th>
          <th class="num">其他</th>
          <th class="num">今日到期</th>
          <th class="num">逾期</th>
          <th class="num">最长</th>
          <th class="num">待复核</th>
          <th class="num">已办结</th>
          <th class="num">按期率</th>
        </tr>
      </thead>
      <tbody>
        ${offices.map(officeRow)}
      </tbody>
    </table>
  </div>`
}

function officeRow(o: StatusView['offices'][number]): Html {
  return html`<tr>
    <td>${o.name}</td>
    ${[o.red, o.orange, o.yellow, o.other, o.dueToday].map((n) => html`<td class="num">${dash(n)}</td>`)}
    <td class="num">${o.overdue > 0 ? html`<span class="late">▲ ${o.overdue}</span>` : '–'}</td>
    <td class="num">${o.overdue > 0 ? `${o.longest} 日` : '–'}</td>
    <td class="num">${dash(o.inReview)}</td>
    <td class="num">${dash(o.done)}</td>
    <td class="num">${o.done > 0 ? `${Math.round(((o.done - o.doneLate) / o.done) * 100)} %` : '–'}</td>
  </tr>`
}

function dash(n: number): string | number {
  return n === 0 ? '–' : n
}

function mailSummary(counts: StatusView['mailCounts']): Html {
  return html`${counts.map((c) => html`${MAIL_STATES[c.state]} ${c.n} 封 `)}`
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
            <td class="unbroken">${MAIL_STATES[m.state] ?? m.state}</td>
            <td class="quiet wide">${m.reply ?? ''}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function checkWords({ gap, pendingPokes }: StatusView): Html {
  const waiting =
    pendingPokes > 0 ? html` <span class="soon">有 ${pendingPokes} 条变动等待引擎处理。</span>` : ''
  if (gap === null) return html`<span class="soon">◔ 常态核查尚未运行。</span>${waiting}`
  if (gap > 0) return html`<span class="late">▲ 常态核查:${gap} 项一度无人盯,已重新盯上。</span>${waiting}`
  return html`<span class="done">✓ 常态核查:全部在办事项均有人盯、有时限。</span>${waiting}`
}
