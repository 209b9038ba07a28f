import type { ImportOutcome } from './import-outcome.ts'
import { pagesOf, type Service } from './service.ts'

type Proposed = {
  externalId: string
  row: number | null
  title: string
  reason: string | null
  office: { name: string }
  state: string
}

/** As many as fit a screen. */
const PRINTED = 20

/** What an import proposes to cancel, and how to confirm it; or what was cancelled. */
export async function printWithdrawals(
  service: Service,
  done: ImportOutcome,
  command: (args: string) => string,
): Promise<void> {
  if (!['validated', 'applied'].includes(done.state)) return
  const proposed = await pagesOf<Proposed>(service, `/v1/imports/${encodeURIComponent(done.id)}/withdrawals`)
  if (proposed.length > 0)
    console.log(
      withdrawalWords(proposed, {
        confirm: command(`import --cancel-withdrawn ${done.id}`),
        undo: command(`import --undo ${done.id}`),
        rows: registering(done),
      }).join('\n'),
    )
}

/** How many rows are registered by whatever cancels. */
function registering({ kind, accepted }: ImportOutcome): number {
  return kind === 'withdrawals' ? 0 : accepted
}

/** The commands that cancel and that take it back; how many rows the first registers. */
type Ways = { confirm: string; undo: string; rows?: number }

export function withdrawalWords(proposed: readonly Proposed[], { confirm, undo, rows = 0 }: Ways): string[] {
  const inState = (state: string) => proposed.filter((p) => p.state === state)
  const [open, cancelled, kept] = [inState('open'), inState('cancelled'), inState('kept')]
  return [
    ...(open.length > 0 ? [`平台已撤回,建议撤销 ${open.length} 件(还没有撤销):`, ...listOf(open)] : []),
    ...(open.length > 0 ? [confirmLine(open.length, confirm, rows)] : []),
    ...(cancelled.length > 0
      ? [`平台已撤回,已撤销 ${cancelled.length} 件:`, ...listOf(cancelled), takeBackWords(undo)]
      : []),
    ...(kept.length > 0 ? [`已有人办理或已办结,保留 ${kept.length} 件:`, ...listOf(kept)] : []),
  ]
}

/** How what was cancelled by mistake is restored. */
function takeBackWords(undo: string): string {
  return `  撤销错了的,整批恢复:${undo};只恢复一件,在网页上打开这件事项,点“重启”并写明原因。`
}

function confirmLine(open: number, confirm: string, rows: number): string {
  const registers = rows > 0 ? `登记 ${rows} 行,并` : ''
  return `核对后${registers}撤销这 ${open} 件:${confirm}`
}

function listOf(all: readonly Proposed[]): string[] {
  const lines = all.slice(0, PRINTED).map(({ externalId, row, title, reason, office }) => {
    const where = row === null ? '文件中没有' : `第 ${row} 行`
    return `  ${externalId} ${office.name} ${title}(${where})${reason === null ? '' : `:${reason}`}`
  })
  return all.length > PRINTED ? [...lines, '  ……'] : lines
}
