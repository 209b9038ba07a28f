import type { z } from 'zod'
import type { timeline } from '../../contract/api/campaigns.ts'
import { PHASE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { beijingText } from '../../domain/time/days.ts'
import { type FileTable, plainTable } from '../../ledgers/file-table.ts'

type Phase = z.infer<typeof timeline>['phases'][number]

const STATES: Readonly<Record<Phase['state'], string>> = {
  planned: '未开始',
  open: '进行中',
  overdue: '已过期',
  closed: '已关闭',
}
const COLUMNS = [
  ...([
    ['阶段', 14],
    ['文件中的名称', 24],
    ['依据', 12],
    ['开始', 12],
    ['到期', 12],
    ['状态', 10],
  ] as const),
  ...([
    ['应办', 8],
    ['已办结', 8],
    ['放行前待办结', 14],
    ['结转', 8],
  ] as const),
  ...([
    ['放行人', 12],
    ['放行时间', 18],
    ['放行理由', 40],
    ['放行时未办结', 14],
    ['告知了谁', 24],
  ] as const),
] as const

/** The phases of a year with their gates: what each waits for, and who opened it over what, and why (R12–R15). */
export function gatesTable(phases: readonly Phase[]): FileTable {
  return plainTable('阶段和放行', COLUMNS, phases.map(lineOf))
}

function lineOf({ code, title, clause, opensOn, dueOn, state, total, done, gate, override }: Phase) {
  const opened = override && {
    ...override,
    at: override.at === null ? null : beijingText(Date.parse(override.at)),
    told: override.told?.join('、') ?? null,
  }
  return [
    ...[
      PHASE_LABELS[code],
      title,
      clause,
      opensOn,
      dueOn,
      STATES[state],
      total,
      done,
      gate.blockerCount,
      gate.carriedOver,
    ],
    ...[opened?.by ?? null, opened?.at ?? null, opened?.reason ?? null, opened?.blockers ?? null],
    opened?.told ?? null,
  ]
}
