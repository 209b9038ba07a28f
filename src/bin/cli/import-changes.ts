import { setTimeout as sleep } from 'node:timers/promises'
import { CONTENT_LABELS } from '../../domain/obligation/changes.ts'
import { CliError } from './cli-error.ts'
import { getImport } from './import-steps.ts'
import { pagesOf, type Service } from './service.ts'
import type { ShownChange } from './shown-change.ts'

export type ChangeOptions = {
  changes?: string
  applyChanges?: string
  dismissChanges?: string
  rows?: string
  json?: boolean
}
type Answer = { decided: number; refused: { row: number; message: string }[] }

/** Shows or decides what came again changed. @returns false where none of that was asked */
export async function handleChanges(service: Service, options: ChangeOptions): Promise<boolean> {
  const id = options.changes ?? options.applyChanges ?? options.dismissChanges
  if (id === undefined) {
    if (options.rows !== undefined)
      throw new CliError('--rows 与 --apply-changes 或 --dismiss-changes 一起用。')
    return false
  }
  const path = `/v1/imports/${encodeURIComponent(id)}/changes`
  if (options.changes === undefined) await decide(service, id, options)
  const changes = await pagesOf<ShownChange>(service, path)
  console.log(options.json ? JSON.stringify(changes) : changesWords(changes))
  return true
}

async function decide(service: Service, id: string, options: ChangeOptions): Promise<void> {
  const action = options.applyChanges === undefined ? 'dismiss' : 'apply'
  const { decided, refused } = await decideRows(service, id, { action, ...rowsOf(options.rows) })
  if (options.json) return
  console.log(`${action === 'apply' ? '采用' : '不采用'} ${decided} 行。`)
  for (const { row, message } of refused) console.log(`  第 ${row} 行没有办成:${message}`)
}

/** Decides about rows; what is taken over stands in the ledger afterwards. @throws CliError when it could not be written */
export async function decideRows(
  service: Service,
  id: string,
  decision: { action: 'apply' | 'dismiss' } & ({ all: true } | { rows: number[] }),
): Promise<Answer> {
  const path = `/v1/imports/${encodeURIComponent(id)}/changes`
  const answer = await service.call<Answer>(`${path}/actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(decision),
  })
  if (decision.action === 'apply') await written(service, id, path)
  return answer
}

/** @throws CliError for what is no list of rows */
export function rowsOf(text: string | undefined): { all: true } | { rows: number[] } {
  if (text === undefined) return { all: true }
  const rows = text.split(/[,,、]/).map((part) => Number(part.trim()))
  if (rows.some((row) => !Number.isInteger(row) || row < 1))
    throw new CliError('--rows 写文件的行号,用逗号隔开,例如 --rows 3,5。')
  return { rows }
}

/** Waits until what was confirmed stands in the ledger. @throws CliError when it could not be written */
async function written(service: Service, id: string, path: string): Promise<void> {
  const waiting = `${path}?state=applying&limit=1`
  while ((await service.call<{ items: ShownChange[] }>(waiting)).items.length > 0) await sleep(300)
  const { problem } = await getImport(service, id)
  if (problem?.code === 'changes-failed') throw new CliError(problem.message)
}

const STATES: Record<string, string> = {
  open: '待处理',
  applying: '正在写入',
  applied: '已更新',
  dismissed: '不采用',
}
const HAPPENS: Record<string, string> = {
  asked: '要先确认',
  refused: '事项已经结束,先重启再确认',
}

/** Old and new side by side, field by field. */
export function changesWords(changes: readonly ShownChange[]): string {
  if (changes.length === 0) return '没有内容有变的行。'
  const lines = changes.flatMap((change) => [
    `第 ${change.row} 行 ${change.externalId} ${STATES[change.state] ?? change.state}`,
    ...changeLines(change).map((line) => `  ${line}`),
  ])
  return [...lines, ...(changes.some(isHidden) ? [HIDDEN] : [])].join('\n')
}

/** A row in one line. */
export function changeLine(change: ShownChange): string {
  return `第 ${change.row} 行 ${change.externalId} ${changeLines(change).join(';')}`
}

/** A line for each field; where the due day moves, it stands behind the first that moves it. */
export function changeLines({ fields, state, due }: ShownChange): string[] {
  const mover = fields.findIndex(({ label }) => MOVERS.has(label))
  return fields.map((field, i) => fieldWords(field, state, i === mover && due ? dueWords(due) : ''))
}

const MOVERS: ReadonlySet<string> = new Set([
  CONTENT_LABELS.level,
  CONTENT_LABELS.town,
  CONTENT_LABELS.issued,
])

/** `到期 12-02 → 11-30` */
function dueWords({ from, to }: NonNullable<ShownChange['due']>): string {
  return from === to ? `,到期日不变(${dayWords(to)})` : `,到期 ${dayWords(from)} → ${dayWords(to)}`
}

function dayWords(day: string): string {
  return day.slice(5)
}

export const HIDDEN =
  '遮盖后看不出改了什么的,请对照原文件的这一行,和网页事项页上的明文(查看会留下记录),再决定。'

/** Whether somebody has to decide about values that look the same once they are masked. */
export function isHidden({ state, fields }: ShownChange): boolean {
  return state === 'open' && fields.some(({ before, after }) => before === after)
}

function fieldWords(
  { label, before, after, happens }: ShownChange['fields'][number],
  state: string,
  due: string,
): string {
  const hint = state === 'open' ? (HAPPENS[happens] ?? (happens === 'applied' ? '自动更新' : '')) : ''
  const values = before === null && after === null ? '有变' : `${before || '(空)'} → ${after || '(空)'}`
  return `${label}:${values}${due}${hint === '' ? '' : `(${hint})`}`
}
