import { Command } from 'commander'
import type { z } from 'zod'
import type { problemBurnDown, problemEntry } from '../../contract/api/problems.ts'
import { neededInTenths } from '../../domain/obligation/burn-down.ts'
import { PROBLEM_ORIGIN_LABELS, PROBLEM_TYPE_LABELS } from '../../domain/obligation/problem-words.ts'
import { STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { choicesIn } from '../cli/choices-in.ts'
import { pagesOf, queryOf } from '../cli/service.ts'
import { importList, type ListAnswer, type ListOptions, withListOptions } from '../cli/list-file.ts'
import { serviceFor, type ServiceOptions, tellList, withService } from '../cli/service-options.ts'

type Answer = ListAnswer & { problems: number; registered: number | null }
type Entry = z.infer<typeof problemEntry>
type BurnDown = z.infer<typeof problemBurnDown>
type Asked = ServiceOptions & { office?: string; state?: string; origin?: string; type?: string }

export function problemsCommand(): Command {
  const problems = new Command('problems').description('问题清单和整改')
  withListOptions(
    problems.command('import').description('从文件登记问题清单(Excel 或 CSV),同一个文件不会重复登记'),
  )
    .argument('<文件>', '要有整改单位、问题来源、问题类型、具体问题、整改期限')
    .option('--county <单位>', '县局的单位代码;只有一个县时可不写')
    .action(importProblems)
  withService(problems.command('list').description('问题清单和整改台账'))
    .option('--office <单位>', '只要这个单位的')
    .option('--state <状态>', `如 ${Object.keys(STATE_LABELS).join('、')}`)
    .option('--origin <来源>', choicesIn(PROBLEM_ORIGIN_LABELS))
    .option('--type <类型>', choicesIn(PROBLEM_TYPE_LABELS))
    .action(listProblems)
  withService(problems.command('status').description('各单位的销号进度:还剩几件,每天要办结几件,实际几件'))
    .option('--campaign <编号>', '哪一次行动的;不写是最近的一次')
    .action(showBurnDown)
  return problems
}

async function listProblems({ office, state, origin, type, ...options }: Asked): Promise<void> {
  const service = await serviceFor(options)
  const items = await pagesOf<Entry>(service, '/v1/problems', { office, state, origin, type })
  tellList(items, options, { line: problemWords, none: '没有这样的问题。' })
}

function problemWords({ id, office, labels, title, state, dueOn, overdue, strikeOff }: Entry): string {
  const how = strikeOff ?? `${STATE_LABELS[state]},${dueOn} 到期${overdue ? ',已逾期' : ''}`
  return `${id} ${office.name} ${labels['origin'] ?? ''} ${title}:${how}`
}

async function showBurnDown({ campaign, ...options }: ServiceOptions & { campaign?: string }): Promise<void> {
  const service = await serviceFor(options)
  const found = await service.call<BurnDown>(`/v1/problems/burn-down${queryOf({ campaign })}`)
  if (options.json) return console.log(JSON.stringify(found))
  const lines = found.items.map((item) => `${item.office.name}:${paceWords(item)}`)
  console.log([...lines, `合计:${paceWords(found)}`].join('\n'))
}

function paceWords(of: Omit<BurnDown['items'][number], 'office'>): string {
  const { registered, struckOff, remaining, neededPerDay, actualPerDay, expectedOn } = of
  const told = `登记 ${registered} 件,已销号 ${struckOff},还剩 ${remaining}`
  if (remaining === 0) return told
  const needed = neededPerDay === null ? '-' : neededInTenths(neededPerDay)
  const end = expectedOn === null ? '照此看不到哪天清零' : `照此 ${expectedOn} 清零`
  return `${told},每个工作日要 ${needed} 件,实际 ${actualPerDay.toFixed(1)} 件,${end}`
}

async function importProblems(file: string, options: ListOptions): Promise<void> {
  await importList<Answer>('/v1/problems/import', file, options, {
    isRegistered: ({ registered }) => registered !== null,
    words: ({ problems, registered }) => [
      registered === null ? `没有问题的行是 ${problems} 件` : `已登记 ${registered} 件`,
    ],
  })
}
