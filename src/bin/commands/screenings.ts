import { Command } from 'commander'
import type { z } from 'zod'
import type { entriesCarried, entry, entryFile, matrix } from '../../contract/api/screenings.ts'
import { ENTRY_FINDING_LABELS } from '../../domain/obligation/screening-entry.ts'
import { choicesIn } from '../cli/choices-in.ts'
import { importList, type ListOptions, withListOptions } from '../cli/list-file.ts'
import { serviceFor, type ServiceOptions, tellList, withService } from '../cli/service-options.ts'
import { pagesOf, queryOf } from '../cli/service.ts'

type Entry = z.infer<typeof entry>
type EntryFile = z.infer<typeof entryFile>
type Matrix = z.infer<typeof matrix>
type Cell = NonNullable<Matrix['towns'][number]['cells'][number]>

export function screeningsCommand(): Command {
  const screenings = new Command('screenings').description('五个全面排查:覆盖面和逐户记录')
  withService(screenings.command('matrix').description('各镇各项的状态和覆盖面,附每项的编号'))
    .option('--campaign <行动>', '行动的编号;不写是最近的一个')
    .action(showMatrix)
  withService(screenings.command('list').description('一项排查的逐户记录,已遮盖'))
    .argument('<编号>', '排查事项的编号')
    .option('--finding <结果>', choicesIn({ ...ENTRY_FINDING_LABELS, none: '还没有走访' }))
    .action(listEntries)
  withListOptions(
    screenings.command('import').description('从文件登记逐户记录(Excel 或 CSV),与接口上传完全相同'),
  )
    .argument('<编号>', '排查事项的编号')
    .argument('<文件>', '要有姓名、走访日期、查到的情况、后续安排;还没有走访的,后三项留空')
    .action(importEntries)
  withService(screenings.command('carry-over').description('从名册带入应到户的户,已有记录的不重复'))
    .argument('<编号>', '排查事项的编号')
    .action(carryOver)
  return screenings
}

const pathOf = (id: string) => `/v1/screenings/${encodeURIComponent(id)}/entries`

async function showMatrix({ campaign, ...options }: ServiceOptions & { campaign?: string }): Promise<void> {
  const service = await serviceFor(options)
  const found = await service.call<Matrix>(`/v1/screenings/matrix${queryOf({ campaign })}`)
  if (options.json) return console.log(JSON.stringify(found))
  if (found.screenings.length === 0) return console.log('还没有排查。')
  const lines = found.towns.flatMap(({ office, cells }) =>
    cells.flatMap((cell, i) =>
      cell ? [`${office.name} ${found.screenings[i]?.title ?? ''}(${cell.id}):${cellWords(cell)}`] : [],
    ),
  )
  const totals = found.totals.map(
    (total, i) => `合计 ${found.screenings[i]?.title ?? ''}:已排查 ${total.screened}/${total.toScreen}`,
  )
  console.log([...lines, ...totals].join('\n'))
}

function cellWords({ clock, toScreen, screened, owed }: Cell): string {
  const counts = toScreen === null ? '' : `,已排查 ${screened ?? 0}/${toScreen} 户`
  return `${clock.words}${counts}${owed === 0 ? '' : `,名册上还有 ${owed} 户没有记录`}`
}

async function listEntries(
  id: string,
  { finding, ...options }: ServiceOptions & { finding?: string },
): Promise<void> {
  const items = await pagesOf<Entry>(await serviceFor(options), pathOf(id), { finding })
  const line = ({ id: entryId, subject, visitedOn, visitors, labels }: Entry) => {
    const visit =
      visitedOn === null ? '还没有走访' : `${visitedOn} ${visitors ?? ''} ${labels['finding'] ?? ''}`
    const follow = labels['follow'] === undefined ? '' : `,${labels['follow']}`
    return `${entryId} ${subject?.village ?? ''} ${subject?.name ?? '(不能看)'}:${visit}${follow}`
  }
  tellList(items, options, { line, none: '没有这样的户。' })
}

async function importEntries(id: string, file: string, options: ListOptions): Promise<void> {
  await importList<EntryFile>(`${pathOf(id)}/import`, file, options, {
    isRegistered: ({ registered }) => registered,
    words: ({ added, changed, replaced, unchanged }) => {
      const over = replaced === 0 ? '' : `(其中 ${replaced} 户已经记过走访,会被替换)`
      return [`新记录 ${added} 户,更新 ${changed} 户${over},相同 ${unchanged} 户`]
    },
  })
}

async function carryOver(id: string, options: ServiceOptions): Promise<void> {
  const service = await serviceFor(options)
  const path = `${pathOf(id)}/from-roster`
  const carried = await service.call<z.infer<typeof entriesCarried>>(path, { method: 'POST' })
  const { added, known } = carried
  console.log(options.json ? JSON.stringify(carried) : `从名册带入 ${added} 户,已有记录的 ${known} 户。`)
}
