import { addLine, type OfficeLine } from '../../services/obligations/office-totals.ts'
import { ON_TIME_RULE, onTimeWords } from '../../domain/obligation/on-time.ts'
import {
  type Lateness,
  latenessWords,
  type Ranked,
  rankWorst,
  WORST_RULE,
} from '../../domain/obligation/worst-offices.ts'
import { LEVEL_FILTER_LABELS, type Level, type WorkQueue } from '../../domain/obligation/vocabulary.ts'
import { listAddress } from './list-address.ts'
import { html, type Html } from './shell.ts'
import { sparkline } from './sparkline.ts'

type Line = Ranked<OfficeLine>
type LevelKey = Level | 'none'
const LEVELS: readonly LevelKey[] = ['red', 'orange', 'yellow', 'none']

/** Where each office stands, the worst first, after the totals; every number links to the obligations it counts. */
export function officeTable(offices: readonly OfficeLine[], county: string, weeks: number): Html {
  const ranked = rankWorst(offices, latenessOf)
  return html`${worstWords(ranked)}
    <p class="sideways quiet">表格可以左右滑动。</p>
    <div class="scroll">
      <table>
        ${tableHead(weeks)}
        <tbody>
          ${ranked.length > 1 ? totalsRow(totalsOf(ranked), county, ranked.length) : null}
          ${ranked.map(officeRow)}
        </tbody>
      </table>
    </div>
    <p class="quiet">名次:${WORST_RULE}。按期率:${ON_TIME_RULE}。</p>`
}

function latenessOf({ overdue, overdueRed, longest }: OfficeLine): Lateness {
  return { count: overdue, red: overdueRed, longest }
}

/** Who is worst and why, in words; tied offices are named together. */
function worstWords(ranked: readonly Line[]): Html | null {
  const [worst] = ranked
  if (!worst || worst.place === null) return null
  const first = ranked.filter(({ place }) => place === 1)
  const names = first.map(({ name }) => name).join('、')
  return html`<p>
    ${first.length > 1 ? '并列最需督办' : '最需督办'}:<b>${names}</b>(${first.length > 1 ? '各' : ''}${latenessWords(latenessOf(worst))})
  </p>`
}

function tableHead(weeks: number): Html {
  return html`<thead>
    <tr>
      <th rowspan="2" scope="col">名次</th>
      <th rowspan="2" scope="col">单位</th>
      <th colspan="5" scope="colgroup" class="group">在办事项(按预警等级)</th>
      <th colspan="4" scope="colgroup" class="group">在办事项(按时限)</th>
      <th rowspan="2" scope="col" class="num">待复核</th>
      <th rowspan="2" scope="col" class="num">已办结</th>
      <th rowspan="2" scope="col" class="num" title="${ON_TIME_RULE}">按期率</th>
      <th rowspan="2" scope="col" class="num">近 ${weeks} 周逾期</th>
    </tr>
    <tr>
      ${LEVELS.map((level) => html`<th scope="col" class="num">${LEVEL_FILTER_LABELS[level]}</th>`)}
      <th scope="col" class="num">合计</th>
      <th scope="col" class="num">今日到期</th>
      <th scope="col" class="num">本周到期</th>
      <th scope="col" class="num">逾期</th>
      <th scope="col" class="num">逾期最长</th>
    </tr>
  </thead>`
}

function officeRow(o: Line): Html {
  const place = o.place === null ? '–' : `${o.tied ? '并列 ' : ''}${o.place}`
  const link = (standing: WorkQueue, level?: LevelKey) =>
    listAddress({ office: o.code, officeOnly: true, standing, level })
  return html`<tr>
    <td class="unbroken">${place}</td>
    <td><a href="${listAddress({ office: o.code, standing: 'unfinished' })}">${o.name}</a></td>
    ${numberCells(o, link)}
  </tr>`
}

/** Whoever sees several counties is led to the obligations of this one. */
function totalsRow(sum: OfficeLine, county: string, offices: number): Html {
  const link = (standing: WorkQueue, level?: LevelKey) => listAddress({ office: county, standing, level })
  return html`<tr class="sum">
    <td></td>
    <td><a href="${listAddress({ office: county, standing: 'unfinished' })}">合计(${offices} 个单位)</a></td>
    ${numberCells(sum, link)}
  </tr>`
}

type LinkTo = (standing: WorkQueue, level?: LevelKey) => string

function numberCells(o: OfficeLine, link: LinkTo): Html[] {
  const cell = (n: number, to: string, words: string | Html = String(n)) =>
    html`<td class="num">${n === 0 ? '–' : html`<a href="${to}">${words}</a>`}</td>`
  const inHand = { red: o.red, orange: o.orange, yellow: o.yellow, none: o.other }
  const all = o.red + o.orange + o.yellow + o.other
  return [
    ...LEVELS.map((level) => cell(inHand[level], link('to-perform', level))),
    cell(all, link('to-perform')),
    cell(o.dueToday, link('due-today')),
    cell(o.dueThisWeek, link('due-this-week')),
    cell(o.overdue, link('overdue'), html`<span class="late">▲ ${o.overdue}</span>`),
    html`<td class="num unbroken">${longestWords(o)}</td>`,
    cell(o.inReview, link('in-review')),
    cell(o.done, link('done')),
    html`<td class="num unbroken">${onTimeWords(o)}</td>`,
    html`<td class="num unbroken">${sparkline(o.trend)}</td>`,
  ]
}

/** What fell due on the last working day is late, though not yet by a working day. */
function longestWords({ overdue, longest }: OfficeLine): string {
  if (overdue === 0) return '–'
  return longest === 0 ? '不满 1 个工作日' : `${longest} 个工作日`
}

/** All lines as one. */
function totalsOf(lines: readonly OfficeLine[]): OfficeLine {
  const [first, ...others] = lines as [OfficeLine, ...OfficeLine[]]
  return others.reduce(addLine, first)
}
