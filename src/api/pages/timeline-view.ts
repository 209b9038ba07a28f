import { type Day, endOfDay, type Instant } from '../../domain/days.ts'
import { html, type Html } from './shell.ts'

export type PhaseView = {
  title: string
  opensOn: Day
  dueOn: Day
  state: 'planned' | 'open' | 'overdue' | 'closed'
  blockers: { title: string; office: string; dueOn: Day }[]
  carriedOver: number
  total: number
  done: number
}

const STATES = {
  planned: html`<span class="quiet">○ 未开始</span>`,
  open: html`<span class="soon">◔ 进行中</span>`,
  overdue: html`<span class="late">▲ 到期未清</span>`,
  closed: html`<span class="done">✓ 已关闭</span>`,
} as const

/** The line of the year: each phase, its days, how far it is, and what stands in the way of its closing (R12–R15). */
export function timelineTable(phases: readonly PhaseView[], now: Instant): Html {
  return html`<table class="cards">
    <thead>
      <tr>
        <th>阶段</th>
        <th>开始</th>
        <th>截止(含当日)</th>
        <th>状态</th>
        <th class="num">办结 / 总数</th>
        <th>关口</th>
      </tr>
    </thead>
    <tbody>
      ${phases.map(
        (p) =>
          html`<tr>
            <td>${p.title}</td>
            <td class="time" data-label="开始">${p.opensOn}</td>
            <td class="time" data-label="截止(含当日)">${p.dueOn}</td>
            <td>${STATES[p.state]}</td>
            <td class="num" data-label="办结 / 总数">${p.total === 0 ? '–' : `${p.done} / ${p.total}`}</td>
            <td>${gateWords(p, now)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function gateWords(p: PhaseView, now: Instant): Html {
  if (p.state === 'planned') return html`<span class="quiet">–</span>`
  const carried = p.carriedOver > 0 ? `结转 ${p.carriedOver} 件` : ''
  if (p.state === 'closed') return html`<span class="quiet">${carried || '–'}</span>`
  if (p.blockers.length === 0)
    return html`<span class="quiet">已具备关闭条件${carried && `,${carried}`}</span>`
  const named = [...new Set(p.blockers.map((b) => b.office))].slice(0, 5).join('、')
  const rest = html`还差 ${p.blockers.length}
  件(${named}${new Set(p.blockers.map((b) => b.office)).size > 5 ? '等' : ''})`
  return now >= endOfDay(p.dueOn) ? html`<span class="late">${rest}</span>` : rest
}
