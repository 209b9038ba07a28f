import type { ImportOutcome } from './import-outcome.ts'
import { hasNothingLeft } from '../../ledgers/nothing-left.ts'
import type { Service } from './service.ts'

type Listed = Pick<
  ImportOutcome,
  'id' | 'state' | 'filename' | 'rows' | 'registered' | 'refused' | 'accepted' | 'changed' | 'kind'
> & {
  createdAt: string
  sheet?: string | null
  completeFrom?: string | null
}

const STATES: Record<string, string> = {
  ...{ validating: '检查中', 'mapping-needed': '等待说明', validated: '检查完毕', applying: '登记中' },
  ...{ applied: '已登记', refused: '整个文件不能用', cancelled: '已取消', failed: '没有完成' },
  ...{ undoing: '撤回中', undone: '已撤回' },
}

/** Prints the newest imports with their numbers, which all other commands ask for. */
export async function listImports(service: Service, { json }: { json?: boolean }): Promise<void> {
  const { items } = await service.call<{ items: Listed[] }>('/v1/imports?limit=20')
  console.log(json ? JSON.stringify(items) : importLines(items))
}

export function importLines(items: readonly Listed[]): string {
  if (items.length === 0) return '还没有导入过。'
  return items.map(importLine).join('\n')
}

function importLine(one: Listed): string {
  const { id, state, filename, sheet = null, rows, registered, refused, createdAt } = one
  const name = sheet === null ? filename : `${filename}(表“${sheet}”)`
  const standing = hasNothingLeft(one) ? '没有可登记的行' : (STATES[state] ?? state)
  return `${id}  ${createdAt.slice(0, 10)}  ${name}  ${standing}  共 ${rows} 行,登记 ${registered},拒绝 ${refused}`
}
