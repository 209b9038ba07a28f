import { Command } from 'commander'
import type { z } from 'zod'
import type { comparisonLine, quota } from '../../contract/api/comparisons.ts'
import { PERIOD_LABELS } from '../../domain/obligation/result-words.ts'
import { SOURCE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { choicesIn } from '../cli/choices-in.ts'
import { serviceFor, type ServiceOptions, tellList, withService } from '../cli/service-options.ts'
import { queryOf } from '../cli/service.ts'

type Line = z.infer<typeof comparisonLine>
type Quota = z.infer<typeof quota>
type Asked = ServiceOptions & { campaign?: string; office?: string; partner?: string; period?: string }

/** The ledger of comparisons and the yearly plan (R3, R4). Their hits come with `import 文件 --comparison 编号`. */
export function comparisonsCommand(): Command {
  const comparisons = new Command('comparisons').description('数据比对:工作台账和全年配额')
  withService(
    comparisons.command('list').description('数据比对工作台账;命中名单用 import 文件 --comparison 编号 登记'),
  )
    .option('--campaign <行动>', '行动的编号;不写是最近的一个')
    .option('--office <单位>', '只要这个单位的')
    .option('--partner <部门>', choicesIn(SOURCE_LABELS))
    .option('--period <期次>', choicesIn(PERIOD_LABELS))
    .action(listComparisons)
  withService(comparisons.command('quota').description('全年配额:各部门各期次要求、已完成、预计缺口'))
    .option('--campaign <行动>', '行动的编号;不写是最近的一个')
    .action(showQuota)
  return comparisons
}

async function listComparisons({ campaign, office, partner, period, ...options }: Asked): Promise<void> {
  const service = await serviceFor(options)
  const path = `/v1/comparisons${queryOf({ campaign, office, partner, period })}`
  const { items } = await service.call<{ items: Line[] }>(path)
  tellList(items, options, { line: comparisonWords, none: '还没有数据比对。' })
}

function comparisonWords({
  id,
  office,
  title,
  labels,
  clock,
  day,
  compared,
  hits,
  raised,
  files,
}: Line): string {
  const done = day === null ? '' : `;${day} 比对 ${compared} 条,命中 ${hits},产生预警 ${raised}`
  const lists = files.map(({ filename, registered }) => `${filename}(登记 ${registered} 条)`)
  const listed = lists.length === 0 ? '' : `;命中名单 ${lists.join('、')}`
  return `${id} ${office.name}(${labels['level'] ?? ''})${title}:${labels['state'] ?? ''},${clock.words}${done}${listed}`
}

async function showQuota({ campaign, ...options }: Asked): Promise<void> {
  const service = await serviceFor(options)
  const found = await service.call<Quota>(`/v1/comparisons/quota${queryOf({ campaign })}`)
  if (options.json) return console.log(JSON.stringify(found))
  if (found.campaignId === null) return console.log('还没有行动。')
  const short = found.shortfall === 0 ? '照现在的安排,配额完得成。' : `预计还缺 ${found.shortfall} 次。`
  console.log([...found.items.map(quotaWords), short].join('\n'))
}

function quotaWords({
  labels,
  required,
  done,
  planned,
  late,
  projectedShortfall,
  told,
}: Quota['items'][number]) {
  const short = projectedShortfall === 0 ? '' : `,预计缺 ${projectedShortfall}`
  const who = told.length === 0 ? '' : `,已知会 ${told.map(({ name }) => name).join('、')}`
  const counts = `要求 ${required},已完成 ${done},已安排 ${planned},逾期 ${late}`
  return `${labels['partner'] ?? ''}${labels['period'] ?? ''}:${counts}${short}${who}`
}
