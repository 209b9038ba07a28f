import { Command } from 'commander'
import type { z } from 'zod'
import type { rosterEntry, rosterImport } from '../../contract/api/roster.ts'
import { COVER_LABELS, REACH_LABELS } from '../../domain/obligation/roster-words.ts'
import { GROUP_LABELS } from '../../domain/obligation/vocabulary.ts'
import { beijingText } from '../../domain/time/days.ts'
import { choicesIn } from '../cli/choices-in.ts'
import { pagesOf } from '../cli/service.ts'
import { importList, type ListAnswer, type ListOptions, withListOptions } from '../cli/list-file.ts'
import { serviceFor, type ServiceOptions, tellList, withService } from '../cli/service-options.ts'

type Answer = ListAnswer & { id: string | null; added: number; changed: number; unchanged: number }
type Undone = { removed: number; restored: number; kept: number }
type Numbers = { total: number; covered: number; reached: number; owed: number; unreached: number }
type Entry = z.infer<typeof rosterEntry>
type File = z.infer<typeof rosterImport>
type Asked = ServiceOptions & { office?: string; group?: string; cover?: string; reach?: string }
type Count = Numbers & { office: { name: string } }

export function rosterCommand(): Command {
  const roster = new Command('roster').description('四类重点人群名册')
  withListOptions(roster.command('import').description('从文件登记名册(Excel 或 CSV),与接口上传完全相同'))
    .argument('<文件>', '要有乡镇、姓名、重点人群类别、保障情况')
    .option('--county <单位>', '县局的单位代码;只有一个县时可不写')
    .action(importRoster)
  withService(roster.command('undo').description('撤回一个名册文件'))
    .argument('<编号>', '登记时说的编号')
    .action(undoRoster)
  withService(roster.command('status').description('各镇的工作到户了没有')).action(showRoster)
  withService(roster.command('list').description('名册上的户,已遮盖'))
    .option('--office <单位>', '只要这个单位的')
    .option('--group <类别>', choicesIn(GROUP_LABELS))
    .option('--cover <保障>', choicesIn(COVER_LABELS))
    .option('--reach <情况>', choicesIn(REACH_LABELS))
    .action(listRoster)
  withService(roster.command('files').description('登记过的名册文件,撤回时用它们的编号')).action(listFiles)
  return roster
}

async function listRoster({ office, group, cover, reach, ...options }: Asked): Promise<void> {
  const service = await serviceFor(options)
  const items = await pagesOf<Entry>(service, '/v1/roster', { office, group, cover, reach })
  const line = ({ id, office: { name }, subject, labels }: Entry) =>
    `${id} ${name} ${subject?.village ?? ''} ${subject?.name ?? '(不能看)'}:${labels['group'] ?? ''},${labels['cover'] ?? ''},${labels['reach'] ?? ''}`
  tellList(items, options, { line, none: '名册上没有这样的户。' })
}

async function listFiles(options: ServiceOptions): Promise<void> {
  const { items } = await (await serviceFor(options)).call<{ items: File[] }>('/v1/roster/imports')
  const line = ({ id, createdAt, added, changed, undoneAt }: File) =>
    `${id} ${beijingText(Date.parse(createdAt))}:新登记 ${added} 户,更改 ${changed} 户${undoneAt === null ? '' : `,${beijingText(Date.parse(undoneAt))} 撤回`}`
  tellList(items, options, { line, none: '还没有登记过名册文件。' })
}

async function importRoster(file: string, options: ListOptions): Promise<void> {
  await importList<Answer>('/v1/roster/import', file, options, {
    isRegistered: ({ id }) => id !== null,
    words: ({ added, changed, unchanged, id }) => [
      `名册上没有的 ${added} 户,内容不同的 ${changed} 户,相同的 ${unchanged} 户`,
      ...(id === null ? [] : [`已登记,撤回用 roster undo ${id}`]),
    ],
  })
}

async function undoRoster(id: string, options: ServiceOptions): Promise<void> {
  const service = await serviceFor(options)
  const undone = await service.call<Undone>(`/v1/roster/imports/${encodeURIComponent(id)}/undo`, {
    method: 'POST',
  })
  const { removed, restored, kept } = undone
  const words = `已撤回:去掉 ${removed} 户,恢复原样 ${restored} 户,后来有人改过或用过而保留 ${kept} 户。`
  console.log(options.json ? JSON.stringify(undone) : words)
}

async function showRoster(options: ServiceOptions): Promise<void> {
  const service = await serviceFor(options)
  const { counts } = await service.call<{ counts: Count[] }>('/v1/roster?limit=1')
  const byOffice = new Map<string, Numbers>()
  for (const { office, ...numbers } of counts)
    byOffice.set(office.name, sumOf(byOffice.get(office.name), numbers))
  if (options.json) return console.log(JSON.stringify(Object.fromEntries(byOffice)))
  if (byOffice.size === 0) return console.log('还没有名册。')
  for (const [name, { total, covered, reached, owed, unreached }] of byOffice)
    console.log(
      `${name}:共 ${total} 户,已保障 ${covered},已到户 ${reached},应由排查到户 ${owed},没有工作到户 ${unreached}`,
    )
}

function sumOf(before: Numbers | undefined, more: Numbers): Numbers {
  if (!before) return more
  return {
    total: before.total + more.total,
    covered: before.covered + more.covered,
    reached: before.reached + more.reached,
    owed: before.owed + more.owed,
    unreached: before.unreached + more.unreached,
  }
}
