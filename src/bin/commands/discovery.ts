import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import type { z } from 'zod'
import type { twin } from '../../contract/api/households.ts'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import { STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { IMPORTED_KIND } from '../../kinds/kinds.ts'
import { CliError } from '../cli/cli-error.ts'
import { mustBeFile } from '../cli/import-steps.ts'
import { serviceFor, type ServiceOptions, tellList, withService } from '../cli/service-options.ts'
import { pagesOf, type Service } from '../cli/service.ts'

type Twin = z.infer<typeof twin>
type Found = Record<string, unknown> & { office: unknown; person: Record<string, unknown> }

/** Households found by grid workers themselves 主动发现 (R5). Who they are comes from a file: a command line stays in the history of a terminal. */
export function discoveryCommand(): Command {
  const discovery = new Command('discovery').description('主动发现:登记一户,和主动发现的台账')
  withService(discovery.command('list').description('主动发现的户,已遮盖'))
    .option('--office <单位>', '只要这个单位的')
    .action(list)
  withService(discovery.command('add').description('登记一户;先列出可能的同一户,有的就不登记'))
    .argument('<文件>', 'JSON:office、level、person(name、idNo、phone、village、detail),可以有 cause、group')
    .option('--twins-seen', '可能的同一户看过了,照样登记')
    .action(add)
  return discovery
}

async function list({ office, ...options }: ServiceOptions & { office?: string }): Promise<void> {
  const asked = { kind: IMPORTED_KIND.code, source: 'discovery', office }
  const items = await pagesOf<ObligationBody>(await serviceFor(options), '/v1/obligations', asked)
  const line = ({ id, office: { name }, subject, title, state, dueOn }: ObligationBody) =>
    `${id} ${name} ${subject?.village ?? ''} ${subject?.name ?? '(不能看)'} ${title}:${STATE_LABELS[state]},${dueOn} 到期`
  tellList(items, options, { line, none: '还没有主动发现的户。' })
}

async function add(
  file: string,
  { twinsSeen = false, ...options }: ServiceOptions & { twinsSeen?: boolean },
): Promise<void> {
  const service = await serviceFor(options)
  const found = await readFound(file)
  const twins = twinsSeen ? [] : await twinsOf(service, found)
  if (twins.length > 0) {
    process.exitCode = 1
    if (options.json) return console.log(JSON.stringify({ twins }))
    const lines = twins.map(
      ({ obligation, labels }) => `  ${obligation.id} ${obligation.title}:${labels.join('、')}`,
    )
    return console.log(
      ['可能已经登记过,没有登记:', ...lines, '看过了,不是同一户的,加 --twins-seen。'].join('\n'),
    )
  }
  const made = await service.call<ObligationBody>(
    '/v1/obligations',
    post({ ...found, kind: IMPORTED_KIND.code }),
  )
  console.log(options.json ? JSON.stringify(made) : `已登记 ${made.id},${made.dueOn} 前核查。`)
}

async function twinsOf(service: Service, { office, person }: Found): Promise<Twin[]> {
  const { detail: _, ...asked } = person
  return (await service.call<{ items: Twin[] }>('/v1/households/twins', post({ office, person: asked })))
    .items
}

/** @throws CliError for a file that is not there, cannot be read, or is no household */
async function readFound(file: string): Promise<Found> {
  await mustBeFile(file)
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CliError(`不能读文件 ${file}:${error.message}`)
  })
  const found = parsed(text)
  if (!isFound(found)) throw new CliError(`${file} 不是一户:要是 JSON 对象,有 office 和 person。`)
  return found
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is wanted is said by whoever asks.
    return null
  }
}

function isFound(value: unknown): value is Found {
  if (typeof value !== 'object' || value === null || !('office' in value) || !('person' in value))
    return false
  return typeof value.person === 'object' && value.person !== null
}

function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
