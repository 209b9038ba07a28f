import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import type { BulkRunBody } from '../../contract/api/bulk-actions.ts'
import { isAtWork } from '../../domain/obligation/bulk-run.ts'
import {
  type BulkAnswer,
  answerWords,
  bodyOf,
  type BulkChoice,
  isInVain,
  progressWords,
  runWords,
} from '../cli/bulk-words.ts'
import { commandLine, commandLineFor } from '../cli/called-as.ts'
import { CliError } from '../cli/cli-error.ts'
import { type ServiceOptions, serviceFor, withService } from '../cli/service-options.ts'
import { progressLine } from '../cli/progress-line.ts'
import type { Service } from '../cli/service.ts'

type Options = ServiceOptions & BulkChoice & { dryRun?: boolean; undo?: string }
const POLL_MS = 500

export function actOnCommand(): Command {
  const pairs = (value: string, all: string[] = []) => [...all, value]
  return withService(
    new Command('act-on').description('一次办理多件事:签收、通过、撤销、移交……,办完 10 分钟内可以整批撤回'),
  )
    .argument('[动作]', '如 acknowledge、accept、cancel;各动作见 docs/rules.md')
    .argument('[编号...]', '事项的编号;不写的用 --filter 选')
    .option('--filter <条件=值>', '按条件选,如 state=open、office=sn.ak.zy.maoba(可写多次)', pairs)
    .option('--expect <件数>', '试算时看到的件数;不同的不办')
    .option('--set <字段=值>', '随动作填写的,如 reason=重复登记、days=5(可写多次)', pairs)
    .option('--dry-run', '只看多少件、哪些办不成,不改动')
    .option('--undo <批次>', '整批撤回,写办理时显示的批次编号')
    .action(actOn)
}

async function actOn(action: string | undefined, ids: string[], options: Options): Promise<void> {
  const service = await serviceFor(options)
  if (options.undo !== undefined) return undo(service, options.undo, options)
  if (action === undefined)
    throw new CliError(`请写明动作,如 ${commandLine('act-on acknowledge --filter state=open --dry-run')}`)
  const { filter, ...choice } = bodyOf(action, ids, options)
  const expectedCount = filter && (await expectedOf(service, filter, options))
  const body = JSON.stringify({ ...choice, ...(filter && { filter, expectedCount }) })
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  const query = options.dryRun ? '?dryRun=true' : ''
  const answer = await service.call<BulkAnswer>(`/v1/obligations/actions${query}`, asked)
  const run = answer.run && (await follow(service, answer.run, options))
  if (!options.dryRun && isInVain(run)) process.exitCode = 1
  if (options.json) return console.log(JSON.stringify({ ...answer, run }))
  if (options.dryRun) return console.log(answerWords(answer, expectedCount ?? ids.length))
  console.log(runWords(answer, run, commandLineFor(options.data, options.url)))
}

/** A dry run asks how many there are; what is done has to name what was seen. */
async function expectedOf(
  service: Service,
  filter: Record<string, unknown>,
  { expect, dryRun = false }: Options,
): Promise<number> {
  if (expect !== undefined && /^\d+$/.test(expect)) return Number(expect)
  if (!dryRun) throw new CliError('请先加上 --dry-run 试算,再加 --expect 写试算时看到的件数。')
  const query = new URLSearchParams(
    Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
  )
  return (await service.call<{ count: number }>(`/v1/obligations/count?${query}`)).count
}

async function undo(service: Service, id: string, options: Options): Promise<void> {
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"action":"undo"}' }
  const begun = await service.call<BulkRunBody>(`/v1/bulk-runs/${encodeURIComponent(id)}/actions`, asked)
  const run = await follow(service, begun, options)
  if (isInVain(run)) process.exitCode = 1
  const command = commandLineFor(options.data, options.url)
  console.log(options.json ? JSON.stringify(run) : runWords({ items: [], run }, run, command))
}

/** Shows how far it is until nothing is left. */
async function follow(service: Service, begun: BulkRunBody, { json }: Options): Promise<BulkRunBody> {
  const line = progressLine(json ? null : process.stderr)
  let run = begun
  while (isAtWork(run.state)) {
    line.say(progressWords(run))
    await sleep(POLL_MS)
    run = await service.call<BulkRunBody>(`/v1/bulk-runs/${run.id}`)
  }
  line.clear()
  return run
}
