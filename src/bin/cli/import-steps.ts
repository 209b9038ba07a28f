import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDay } from '../../domain/time/days.ts'
import { commandLine } from './called-as.ts'
import { CliError } from './cli-error.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import { progressLine } from './progress-line.ts'
import type { SaidMapping } from './said-mapping.ts'
import type { Service } from './service.ts'

const RUNNING: Record<string, string> = { validating: '检查', applying: '登记', undoing: '撤回' }

type Wishes = {
  dryRun?: boolean
  silent?: boolean
  withdrawals?: boolean
  complete?: string
  comparison?: string
}

/** Uploads a file with what is said of it. @throws CliError when there is no such file */
export async function uploadFile(
  service: Service,
  file: string | undefined,
  { dryRun = false, silent = false, withdrawals = false, complete, comparison }: Wishes,
  { columns, words, sheet, without = [], refuseUnknown = false }: SaidMapping,
): Promise<MappedOutcome> {
  if (!file) throw new CliError(`要导入哪个文件?例如:${commandLine('import 预警.csv')}`)
  const info = await stat(file).catch(() => null)
  if (!info?.isFile()) throw new CliError(`没有文件 ${file}`)
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
  for (let last = started; ;) {
    const doing = RUNNING[last.state]
    if (doing === undefined) {
      progress.clear()
      return last
    }
    progress.say(`${doing}:${last.rows} 行`)
    await sleep(300)
    last = await getImport(service, last.id)
  }
}
