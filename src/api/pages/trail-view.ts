import type { AuditRow } from '../../services/audit/queries.ts'
import { auditActionLabel, OUTCOME_OF_ATTEMPT_LABELS } from '../../domain/audit/labels.ts'
import { beijingText, type Instant } from '../../domain/time/days.ts'
import { html, type Html } from './shell.ts'

export type TrailView = {
  latest: readonly AuditRow[]
  /** The newest block of the chain; null while nothing is sealed. */
  sealed: { number: number; at: Instant } | null
  /** The head published last, by mail or in the file of heads; null when there is none. */
  published: { number: number; at: Instant } | null
}

/** The end of the audit trail, for auditors: the last entries, and how far it is sealed. */
export function trailView({ latest, sealed, published }: TrailView): Html {
  return html`<h2>审计记录 <span class="quiet">您只查看,不办理</span></h2>
    <p>
      ${sealed ? html`已封存到第 ${sealed.number} 块(${beijingText(sealed.at)})` : '还没有封存'};${
        published
          ? html`摘要最近一次公布:第 ${published.number} 块(${beijingText(published.at)})`
          : '摘要还没有公布'
      }。逐条核对用 <code>npm run duban -- audit verify</code>。
    </p>
    ${latest.length > 0 ? trailTable(latest) : html`<p class="quiet">还没有记录。</p>`}
    <p class="more">
      全部记录、按人或事项查询:接口 <code>GET /v1/audit</code>(说明见<a href="/docs">接口文档</a>)。
    </p>`
}

function trailTable(latest: readonly AuditRow[]): Html {
  return html`<table class="cards">
    <thead>
      <tr>
        <th>时间</th>
        <th>谁</th>
        <th>做了什么</th>
        <th>结果</th>
        <th class="wide">对象</th>
      </tr>
    </thead>
    <tbody>
      ${latest.map(
        (e) =>
          html`<tr>
            <td class="time">${beijingText(e.at)}</td>
            <td class="unbroken">${e.actorName ?? e.actor}${e.behalfName ? `(代${e.behalfName})` : ''}</td>
            <td>${auditActionLabel(e.action)}</td>
            <td class="unbroken">
              <span class="${e.outcome === 'refused' ? 'soon' : 'quiet'}"
                >${OUTCOME_OF_ATTEMPT_LABELS[e.outcome]}</span
              >
            </td>
            <td class="quiet wide">${e.subject ?? ''}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
