import { commandLine, commandLineFor } from './called-as.ts'
import type { ImportOutcome } from './import-outcome.ts'
import { hasNothingLeft } from '../../ledgers/nothing-left.ts'
import type { Service } from './service.ts'

type Listed = Pick<
  ImportOutcome,
  | 'id'
  | 'state'
  | 'filename'
  | 'rows'
  | 'registered'
  | 'refused'
  | 'accepted'
  | 'duplicates'
  | 'changed'
  | 'kind'
> & {
  createdAt: string
  sheet?: string | null
  completeFrom?: string | null
}
/** Of the rows that came again changed: how many were written, and how many wait for a word. */
export type ChangesOfImport = { updated: number; asked: number }

const STATES: Record<string, string> = {
  ...{ validating: '检查中', 'mapping-needed': '等待说明', validated: '检查完毕', applying: '登记中' },
  ...{ applied: '已登记', refused: '整个文件不能用', cancelled: '已取消', failed: '没有完成' },
  ...{ undoing: '撤回中', undone: '已撤回' },
}

/** Prints the newest imports with their numbers, which all other commands ask for. */
export async function listImports(
  service: Service,
  { json, data }: { json?: boolean; data?: string },
): Promise<void> {
  const { items } = await service.call<{ items: Listed[] }>('/v1/imports?limit=20')
  if (json) return console.log(JSON.stringify(items))
  const changes = new Map<string, ChangesOfImport>()
  for (const { id, state, changed } of items)
    if (changed > 0 && state === 'applied')
      changes.set(id, await service.call<ChangesOfImport>(`/v1/imports/${id}/changes?limit=1`))
  console.log(importLines(items, changes, commandLineFor(data)))
}

export function importLines(
  items: readonly Listed[],
  changes: ReadonlyMap<string, ChangesOfImport> = new Map(),
  command: (args: string) => string = commandLine,
): string {
  if (items.length === 0) return '还没有导入过。'
  return items.flatMap((one) => importLine(one, changes.get(one.id), command)).join('\n')
}

function importLine(
  one: Listed,
  changes: ChangesOfImport | undefined,
  command: (args: string) => string,
): string[] {
  const { id, state, filename, sheet = null, createdAt } = one
  const name = sheet === null ? filename : `${filename}(表“${sheet}”)`
  const standing = hasNothingLeft(one) ? '没有可登记的行' : (STATES[state] ?? state)
  const asked = changes?.asked ?? 0
  return [
    `${id}  ${createdAt.slice(0, 10)}  ${name}  ${standing}  ${countsOf(one, changes)}`,
    ...(asked > 0 ? [`  等待确认的 ${asked} 行:${command(`import --changes ${id}`)}`] : []),
  ]
}

/** The counts that every import has, and those of the others that are not nothing. */
function countsOf(
  { rows, registered, duplicates, changed, refused }: Listed,
  changes: ChangesOfImport | undefined,
): string {
  const some = (what: string, n: number) => (n > 0 ? [`${what} ${n}`] : [])
  const came = changes
    ? [...some('更新', changes.updated), ...some('等待确认', changes.asked)]
    : some('内容有变', changed)
  return [
    ...[`共 ${rows} 行`, `登记 ${registered}`, ...came],
    ...[...some('没有变化或重复', duplicates), `拒绝 ${refused}`],
  ].join(',')
}
