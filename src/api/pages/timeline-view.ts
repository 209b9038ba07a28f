import { type Day, endOfDay, type Instant } from '../../domain/time/days.ts'
import { BEGIN_CHOICE_LABELS, type BeginChoice, type Phase } from '../../domain/obligation/vocabulary.ts'
import { html, type Html } from './shell.ts'

export type PhaseView = {
  code: Phase
  title: string
  opensOn: Day
  dueOn: Day
  /** How it began, where it was past at the launch; and the day the plan had fixed, where another was set. */
  begunAs: BeginChoice | null
  originalDueOn: Day | null
  state: 'planned' | 'open' | 'overdue' | 'closed'
  /** What its gate waits for, from this phase and from others. */
  blockers: { phase: Phase | null; office: string }[]
  carriedOver: number
  /** This phase's own work. */
  total: number
  done: number
}

const NAMED = 5

const STATES = {
  planned: html`<span class="quiet">○ 未开始</span>`,
  open: html`<span class="soon">◔ 进行中</span>`,
  overdue: html`<span class="late">▲ 到期未清</span>`,
  closed: html`<span class="done">✓ 已关闭</span>`,
} as const

/** The timeline: each phase, its days, its progress, and what keeps it from closing (R12–R15). */
export function timelineTable(phases: readonly PhaseView[], now: Instant): Html {
  return html`<table class="cards">
    <thead>
      <tr>
        <th>阶段</th>
        <th>开始</th>
        <th>截止(含当日)</th>
        <th>状态</th>
        <th>本阶段事项</th>
        <th>关口</th>
      </tr>
    </thead>
    <tbody>
      ${phases.map(
        (p) =>
          html`<tr>
            <td>${p.title}</td>
            <td class="time" data-label="开始">${p.opensOn}</td>
            <td class="time" data-label="截止(含当日)">${p.dueOn}${begunWords(p)}</td>
            <td class="unbroken">${STATES[p.state]}</td>
            <td class="unbroken" data-label="本阶段事项">${ownWork(p)}</td>
            <td>${gateWords(p, now)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function begunWords({ begunAs, originalDueOn }: PhaseView): Html | null {
  if (begunAs === null) return null
  const original = originalDueOn === null ? '' : `,原定 ${originalDueOn}`
  return html`<br /><span class="quiet">${BEGIN_CHOICE_LABELS[begunAs]}${original}</span>`
}

/** Of a closed phase, as it stood when it closed. */
function ownWork({ total, done, state }: PhaseView): string {
  if (total === 0) return '–'
  return `${state === 'closed' ? '关闭时 ' : ''}${total} 件中办结 ${done} 件`
}

/** What the gate waits for, by phase. What is carried over blocks nothing, and the page says so. */
function gateWords(p: PhaseView, now: Instant): Html {
  if (p.state === 'planned') return html`<span class="quiet">–</span>`
  if (p.state === 'closed') return html`<span class="quiet">${stillCarried(p)}</span>`
  const carried = p.carriedOver > 0 ? html`<br /><span class="quiet">${carriedWords(p)}</span>` : null
  if (p.blockers.length === 0) return html`<span class="quiet">已具备关闭条件</span>${carried}`
  const waits = blockerWords(p)
  return html`${now >= endOfDay(p.dueOn) ? html`<span class="late">${waits}</span>` : waits}${carried}`
}

function blockerWords({ code, blockers }: PhaseView): string {
  const own = blockers.filter(({ phase }) => phase === code).length
  const parts = [
    own > 0 ? `本阶段 ${own} 件` : '',
    own < blockers.length ? `本阶段以外 ${blockers.length - own} 件` : '',
  ]
  const offices = [...new Set(blockers.map(({ office }) => office))]
  const named = `${offices.slice(0, NAMED).join('、')}${offices.length > NAMED ? '等' : ''}`
  return `要等 ${blockers.length} 件办结才能关闭:${parts.filter(Boolean).join('、')}(${named})`
}

function stillCarried({ code, carriedOver }: PhaseView): string {
  if (carriedOver === 0) return '–'
  return `关闭时 ${carriedOver} 件未办结,${code === 'zero-out' ? '行动结束后继续' : '转入后面的阶段'}`
}

function carriedWords({ code, carriedOver }: PhaseView): string {
  return code === 'zero-out'
    ? `另有监测走访 ${carriedOver} 件在行动之后继续,不影响关闭`
    : `另有 ${carriedOver} 件到期在本阶段截止之后,结转到后面的阶段,不影响关闭`
}
