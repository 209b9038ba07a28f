import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDay } from '../../domain/time/days.ts'
import { CliError } from './cli-error.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import { progressLine } from './progress-line.ts'
import type { SaidMapping } from './said-mapping.ts'
import type { Service } from './service.ts'

/** Whoever waits for more seconds is told what it may be. */
const STARTING = 20
const STARTING_WORDS = ' 服务刚启动的,要等演示数据生成完'
const RUNNING: Record<string, string> = { validating: '检查', applying: '登记', undoing: '撤回' }

type Wishes = {
  dryRun?: boolean
  silent?: boolean
  withdrawals?: boolean
  complete?: string
  comparison?: string
}

/** @throws CliError where there is no such file */
export async function mustBeFile(file: string): Promise<void> {
  const info = await stat(file).catch(() => null)
  if (!info?.isFile()) throw new CliError(`没有文件 ${file}`)
}

/** Uploads a file with what is said of it. */
export async function uploadFile(
  service: Service,
  file: string,
  { dryRun = false, silent = false, withdrawals = false, complete, comparison }: Wishes,
  { columns, words, sheet, without = [], refuseUnknown = false }: SaidMapping,
): Promise<MappedOutcome> {
  const form = new FormData()
  if (Object.keys(columns).length > 0) form.append('columns', JSON.stringify(columns))
  if (without.length > 0) form.append('without', JSON.stringify(without))
  if (Object.keys(words).length > 0) form.append('words', JSON.stringify(words))
  if (sheet !== undefined) form.append('sheet', sheet)
  form.append('file', await openAsBlob(file), basename(file))
  const query = new URLSearchParams({
    ...{ dryRun: String(dryRun), silent: String(silent), refuseUnknown: String(refuseUnknown) },
    ...(withdrawals ? { kind: 'withdrawals' } : {}),
    ...(complete === undefined ? {} : spanOf(complete)),
    ...(comparison === undefined ? {} : { comparison }),
  })
  return service.call<MappedOutcome>(`/v1/imports?${query}`, { method: 'POST', body: form })
}

/** @throws CliError for what is no span of days */
function spanOf(text: string): { complete: string; from: string; until: string } {
  const [from = '', until = '', ...more] = text.split('..')
  if (![from, until].every((day) => isDay(day)) || more.length > 0)
    throw new CliError('--complete 写成 2022-06-01..2022-06-30 这样:文件含有从哪天到哪天签发的全部预警。')
  return { complete: 'true', from, until }
}

export function actOnImport(service: Service, id: string, action: object): Promise<MappedOutcome> {
  return service.call<MappedOutcome>(`/v1/imports/${encodeURIComponent(id)}/actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(action),
  })
}

export function getImport(service: Service, id: string): Promise<MappedOutcome> {
  return service.call<MappedOutcome>(`/v1/imports/${encodeURIComponent(id)}`)
}

/** Waits until the import has nothing left to do by itself. */
export async function followImport(
  service: Service,
  started: MappedOutcome,
  show: boolean,
): Promise<MappedOutcome> {
  const progress = progressLine(show && process.stderr.isTTY ? process.stderr : null)
  const since = performance.now()
  for (let last = started; ;) {
    const doing = RUNNING[last.state]
    if (doing === undefined) {
      progress.clear()
      return last
    }
    const seconds = Math.floor((performance.now() - since) / 1000)
    progress.say(`${doing}:${last.rows} 行(${seconds} 秒)${seconds < STARTING ? '' : STARTING_WORDS}`)
    await sleep(300)
    last = await getImport(service, last.id)
  }
}
