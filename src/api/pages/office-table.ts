import type { OfficeCounts } from '../../services/obligations/office-counts.ts'
import type { Level, WorkQueue } from '../../domain/obligation/vocabulary.ts'
import { listAddress } from './list-address.ts'
import { html, type Html } from './shell.ts'

/** `longest`: how many working days the oldest overdue obligation is late. */
export type OfficeLine = OfficeCounts & { longest: number }

/** Where each office stands; every number links to the obligations it counts. */
export function officeTable(offices: readonly OfficeLine[]): Html {
  return html`<p class="sideways quiet">表格可以左右滑动。</p>
    <div class="scroll">
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
            <th class="num">逾期最长</th>
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

function officeRow(o: OfficeLine): Html {
  const cell = (n: number, standing: WorkQueue, words: string | Html = String(n), level?: Level | 'none') =>
    html`<td class="num">
      ${n === 0 ? '–' : html`<a href="${listAddress({ office: o.code, officeOnly: true, standing, level })}">${words}</a>`}
    </td>`
  const grave = (n: number, level: Level | 'none') => cell(n, 'to-perform', String(n), level)
  return html`<tr>
    <td><a href="${listAddress({ office: o.code, standing: 'unfinished' })}">${o.name}</a></td>
    ${grave(o.red, 'red')} ${grave(o.orange, 'orange')} ${grave(o.yellow, 'yellow')} ${grave(o.other, 'none')}
    ${cell(o.dueToday, 'due-today')}
    ${cell(o.overdue, 'overdue', html`<span class="late">▲ ${o.overdue}</span>`)}
    <td class="num">${o.overdue > 0 ? `${o.longest} 个工作日` : '–'}</td>
    ${cell(o.inReview, 'in-review')} ${cell(o.done, 'done')}
    ${cell(o.done, o.doneLate > 0 ? 'done-late' : 'done', inTime(o))}
  </tr>`
}

function inTime({ done, doneLate }: OfficeLine): string {
  return `${Math.round(((done - doneLate) / done) * 100)} %`
}
